using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>What is not run, where it stands, and that it is said with the code that its page explains.</summary>
internal sealed class RefusalTests
{
    private static readonly KqlFunction Vip = new("VipUsers", [], [new("Upn", "string")]);

    [TestCase("print a = 1 | reduce by tostring(a)", "CSK1001", "reduce by tostring(a)")]
    [TestCase("print rand()", "CSK1002", "rand")]
    [TestCase("print 1 | make-series count() on print_0 in range(0, 1, 1)", "CSK1003", "make-series count() on print_0 in range(0, 1, 1)")]
    [TestCase("Events_CL | where Name matches regex strcat(Name, '')", "CSK1004", "strcat(Name, '')")]
    [TestCase("print 'a' matches regex '(?=a)'", "CSK1005", "'(?=a)'")]
    [TestCase("Unread_CL | count", "CSK1006", "Unread_CL")]
    [TestCase("VipUsers | where Upn == 'a'", "CSK1007", "VipUsers")]
    [TestCase("Events_CL | where strlen() > 1", "CSK1008", "strlen")]
    public async Task A_query_is_refused_with_a_code_and_a_place(string query, string code, string place)
    {
        var analysis = await AnalyzeAsync(query);
        var body = (await AnalyzeAsync("print Upn = 'a'")) with { Tree = null };
        var outcome = await new LocalEngine().RunAsync(
            new(query, analysis), Evaluated.Workspace with { Functions = [new(Vip, body)] }, CancellationToken.None);
        var problem = outcome.Problem!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.Code, Is.EqualTo(code), problem.Message);
            Assert.That(query.Substring(problem.Start, problem.Length), Is.EqualTo(place));
            Assert.That(problem.NotRunnable, Is.True);
            Assert.That(outcome.Result, Is.Null);
            Assert.That(FindingPages.Find(code), Is.Not.Null);
        }
    }

    [Test]
    public async Task Columns_that_differ_from_those_of_Kusto_Language_are_no_result()
    {
        const string query = "Events_CL | where N > 1";
        var table = new EvaluationTable("Events_CL", [new("N", "long")], [[Value.Of(2L)]]);
        var compiled = CompiledQuery.Compile(await AnalyzeAsync(query), Evaluated.Workspace with { Tables = [table] });
        Assert.That(compiled.Refusal!.Code, Is.EqualTo("CSK1009"));
        Assert.That(compiled.Refusal.Message, Does.Contain("the columns N:long of this, and Kusto.Language Name:string, N:long, Data:dynamic"));
    }

    [TestCase("print array_split(dynamic([1]), 2)")]
    [TestCase("datatable(d:dynamic, a:long)[dynamic({'a':1}), 2] | evaluate bag_unpack(d)")]
    public async Task A_query_that_stops_has_run(string query)
    {
        var outcome = await new LocalEngine().RunAsync(new(query, await AnalyzeAsync(query)), Evaluated.Workspace, CancellationToken.None);
        var problem = outcome.Problem!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.Code, Is.EqualTo("CSK1010"));
            Assert.That((problem.Start, problem.Length, problem.NotRunnable), Is.EqualTo((0, query.Length, false)));
            var finding = problem.At(new SourceFile("a.yaml", query).All);
            Assert.That((finding.Code, finding.Severity, finding.Message), Is.EqualTo((problem.Code, FindingSeverity.Error, problem.Message)));
        }
    }

    [Test]
    public async Task Rows_that_give_a_plugin_its_columns_are_counted_once()
    {
        var compiled = CompiledQuery.Compile(await AnalyzeAsync("Events_CL | where N > 1 | project Data = bag_pack('a', N) | evaluate bag_unpack(Data) | where a > 2"), Evaluated.Workspace, countRows: true);
        Assert.That(compiled.Run().Stages.Select(stage => (stage.Operator, stage.Rows)), Is.EqualTo(new[] { ("FilterOperator", 2L), ("ProjectOperator", 2L), ("EvaluateOperator", 2L), ("FilterOperator", 1L) }));
    }

    [Test]
    public async Task A_query_that_takes_too_long_or_too_much_stops()
    {
        const string query = "range a from 1 to 3000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 3000 step 1 | extend k = 1) on k | summarize count()";
        var analysis = await AnalyzeAsync(query);
        var late = await new LocalEngine(limits: new(TimeSpan.Zero, long.MaxValue)).RunAsync(new(query, analysis), Evaluated.Workspace, CancellationToken.None);
        var large = await new LocalEngine(limits: new(TimeSpan.FromHours(1), 0)).RunAsync(new(query, analysis), Evaluated.Workspace, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((late.Problem!.Code, late.Problem.Message), Is.EqualTo(("CSK1010", "The query takes longer than 0 seconds. Give it fewer rows, or filter before it joins and expands.")));
            Assert.That((large.Problem!.Code, large.Problem.Message), Is.EqualTo(("CSK1010", "The query needs more than 0 MiB of memory. Give it fewer rows, or filter before it joins and expands.")));
        }
    }

    [Test]
    public async Task A_query_that_is_cancelled_stops()
    {
        const string query = "range a from 1 to 10000000 step 1 | mv-expand b = range(1, 1000) | where b > 1001 | count";
        var analysis = await AnalyzeAsync(query);
        using var cancellation = new CancellationTokenSource();
        var compiled = CompiledQuery.Compile(analysis, Evaluated.Workspace);
        var run = Task.Run(() => compiled.Run(cancellation.Token));
        await cancellation.CancelAsync();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Externaldata_reads_the_rows_that_are_given_for_its_address()
    {
        const string query = "externaldata(Ip:string, Score:long, Note:string)['https://example.com/list.csv'] with (format='csv') | where Score > 1";
        var analysis = await AnalyzeAsync(query);
        var file = new EvaluationTable("https://example.com/list.csv", [new("Score", "string"), new("Ip", "string")], [[Value.Of("5"), Value.Of("10.0.0.1")], [Value.Of("1"), Value.Of("10.0.0.2")]]);
        var outcome = await new LocalEngine().RunAsync(new(query, analysis), Evaluated.Workspace with { External = [file] }, CancellationToken.None);
        var without = await new LocalEngine().RunAsync(new(query, analysis), Evaluated.Workspace, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Result!.Rows.Single(), Is.EqualTo(new[] { Value.Of("10.0.0.1"), Value.Of(5L), Value.Empty }));
            Assert.That(without.Problem!.Code, Is.EqualTo("CSK1006"));
        }
    }

    private static async Task<KqlAnalysis> AnalyzeAsync(string query)
    {
        ImmutableArray<KqlTable> tables = [.. Evaluated.Workspace.Tables.Select(table => new KqlTable(table.Name, table.Columns)), new("Unread_CL", Evaluated.Workspace.Tables[0].Columns)];
        return (await SharedHost.Analyzer.AnalyzeAsync(new(SharedHost.Catalog, tables, [Vip], []), [new(query, [], WithTree: true)], null, CancellationToken.None)).Single();
    }
}
