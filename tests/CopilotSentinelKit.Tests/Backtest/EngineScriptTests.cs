using System.Collections.Immutable;
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Backtest;

[Parallelizable(ParallelScope.All)]
internal sealed class EngineScriptTests
{
    [TestCase("Events_CL")]
    [TestCase("Empty_CL | union Events_CL | where TimeGenerated > ago(1d) // and so on")]
    [TestCase("Events_CL | extend At = now(), Then = now(-1h), Nested = ago(now() - ago(1h)), Literal = datetime()")]
    [TestCase("Events_CL | where TimeGenerated between (ago(6h) .. now()) | summarize count(), max(N) by bin(TimeGenerated, 1h)")]
    [TestCase("print now(), x = ago(1d), tostring(now())")]
    [TestCase("range At from ago(3h) to now() step 1h")]
    [TestCase("Events_CL | make-series count() on TimeGenerated from ago(1d) to now() step 6h by Name")]
    [TestCase("Recent | project Name, N")]
    [TestCase("Recent() | join kind=inner (Recent(least = 2)) on Name | project Name, N, N1")]
    [TestCase("Recent(ago(2d), 0) | count")]
    [TestCase("Named | where Late")]
    [TestCase("let Events_CL = Events_CL | where N > 1; Recent() | union Events_CL | summarize count() by Name")]
    [TestCase("let Recent = toscalar(Recent() | count); Events_CL | where N == Recent")]
    [TestCase("let Since = 2d; let Of = (t:datetime) { Events_CL | where TimeGenerated > t }; Of(ago(Since)) | count")]
    [TestCase("let Old = (t:(TimeGenerated:datetime)) { t | where TimeGenerated < ago(1d) }; Old(Events_CL) | count")]
    [TestCase("let Some = (t:(*)) { t | where N > 1 and TimeGenerated > ago(1d) }; Some(Events_CL) | count")]
    [TestCase("table('Events_CL') | where Name in (_GetWatchlist('My \"list\"') | project SearchKey)")]
    [TestCase("Events_CL | lookup kind=leftouter (_GetWatchlist(\"My \\\"list\\\"\")) on Name | project Name, SearchKey")]
    [TestCase("['Odd name'] | where isnan(['real']) or isnull(['real']) | project ['it\\'s'], ['real']")]
    [TestCase("union Events*, (Empty_CL | where N > 0) | count")]
    [TestCase("union isfuzzy=true (Events_CL | project Name), (Absent_CL | project Name)")]
    [TestCase("Events_CL | where ingestion_time() > ago(2h)")]
    [TestCase("Events_CL | where N > 1 | extend Delay = ingestion_time() - TimeGenerated | where ingestion_time() > ago(30h) | join kind=inner (Events_CL) on Name")]
    [TestCase("(Events_CL | where N > 0) | project Name, At = coalesce(ingestion_time(), TimeGenerated) | summarize arg_max(At, *) by Name")]
    [TestCase("Empty_CL | union (Events_CL | summarize At = max(ingestion_time()) by Name)")]
    [TestCase("Events_CL | mv-expand Data | where ingestion_time() > ago(30h) | project tostring(Data)")]
    [TestCase("Events_CL | project ['let'], D = tostring(Data), N")]
    [TestCase("Events_CL | where Name has 'now()' or Name == 'Events_CL' or Name == 'a' // ago(1d)")]
    [TestCase("Events_CL | as Again | join kind=inner (Again | where N == 1) on Name")]
    [TestCase("let Fix = materialize(Events_CL | where TimeGenerated > ago(1d)); Fix | union (Fix) | count")]
    [TestCase("Events_CL | where toscalar(Events_CL | where ingestion_time() > ago(1h) | count) == 2 | count")]
    [TestCase("Events_CL | mv-apply Item = Data.y on (where isnotnull(Item) | project Text = tostring(Item), Now = now()) | project Name, Text, Now")]
    [TestCase("Events_CL | where N > 0 | render timechart")]
    public async Task The_script_gives_what_the_query_gives(string text)
    {
        var workspace = await Scripted.WorkspaceAsync();
        var query = await Scripted.QueryAsync(text);
        var direct = await new LocalEngine().RunAsync(query, workspace, CancellationToken.None);
        Assert.That(direct.Problem, Is.Null);
        var scripted = await Scripted.RunScriptAsync(query, workspace);
        Assert.That(scripted.Problem, Is.Null, () => EngineScript.Of(query, workspace));
        Assert.That(Scripted.Lines(scripted.Result!), Is.EqualTo(Scripted.Lines(direct.Result!)));
        Assert.That(direct.Result!.Rows, Is.Not.Empty, "the case proves nothing");
    }

    [Test]
    public async Task Shipped_rules_and_hunts_give_the_same_by_their_scripts()
    {
        var pack = await ShippedWorkspace.GetAsync();
        var queries = pack.Queries;
        Assert.That(queries, Has.Length.GreaterThan(20));
        var scripts = queries.Select(entry => new KqlRequest(EngineScript.Of(entry.Query, pack.Workspace), [], WithTree: true)).ToImmutableArray();
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(new(SharedHost.Catalog, [], [], []), scripts, null, CancellationToken.None);
        var withRows = 0;
        for (var i = 0; i < scripts.Length; i++)
        {
            var name = queries[i].Item.FileName;
            var direct = await new LocalEngine().RunAsync(queries[i].Query, pack.Workspace, CancellationToken.None);
            Assert.That(analyses[i].Tables.Concat(analyses[i].Functions), Is.Empty, name);
            var scripted = await new LocalEngine().RunAsync(new(scripts[i].Text, analyses[i]), Scripted.Nothing, CancellationToken.None);
            Assert.That(direct.Problem ?? scripted.Problem, Is.Null, name);
            Assert.That(Scripted.Lines(scripted.Result!), Is.EqualTo(Scripted.Lines(direct.Result!)), name);
            withRows += direct.Result!.Rows.IsEmpty ? 0 : 1;
        }

        Assert.That(withRows, Is.GreaterThan(5), "rules and hunts that have rows to compare");
    }

    [TestCase("Events_CL | where", "CSK1181")]
    [TestCase("Unknown | count", "CSK1182", "Unknown")]
    [TestCase("Circle | count", "CSK1180", "Circle")]
    [TestCase("Absent_CL | count", "CSK1183", "Absent_CL")]
    [TestCase("_GetWatchlist('Other') | count", "CSK1183", "_GetWatchlist('Other')")]
    [TestCase("union Absent* | count", "CSK1183", "Absent*")]
    [TestCase("union isfuzzy=true Events_CL, Never_CL", "CSK1183", "Never_CL")]
    [TestCase("search 'a'", "CSK1180", "search 'a'")]
    [TestCase("find where Name == 'a'", "CSK1180")]
    [TestCase("union withsource=T Events_CL, Empty_CL", "CSK1180", "T")]
    [TestCase("externaldata(a:string)['https://example.com/x.csv']", "CSK1180")]
    [TestCase("print current_principal()", "CSK1180", "current_principal()")]
    [TestCase("set notruncation; Events_CL", "CSK1180", "set notruncation")]
    [TestCase("Events_CL; Empty_CL", "CSK1180")]
    [TestCase("let T = Events_CL; T | where ingestion_time() > ago(1d)", "CSK1184", "ingestion_time()")]
    [TestCase("Events_CL | project Name | where ingestion_time() > ago(1d)", "CSK1184", "ingestion_time()")]
    [TestCase("Events_CL | summarize arg_max(ingestion_time(), *) by Name", "CSK1184", "ingestion_time()")]
    [TestCase("Events_CL | extend All = pack_all() | where ingestion_time() > ago(1d)", "CSK1184", "ingestion_time()")]
    [TestCase("Events_CL | project ingestion_time()", "CSK1184", "ingestion_time()")]
    [TestCase("let New = () { ingestion_time() > ago(1d) }; Events_CL | where New()", "CSK1184", "ingestion_time()")]
    public async Task What_cannot_be_sent_is_named(string text, string code, string underlined = "")
    {
        var query = await Scripted.QueryAsync(text);
        var problem = Assert.Throws<NotSendableException>(() => EngineScript.Of(query, Scripted.WorkspaceAsync().Result))!.Problem;
        Assert.That(problem, Has.Property("Code").EqualTo(code).And.Property("NotRunnable").True);
        Assert.That(problem.Source, Is.AnyOf("", "Circle"));
        Assert.That(text.Substring(problem.Start, problem.Length), underlined.Length > 0 ? Is.EqualTo(underlined) : Is.Not.Null);
    }

    [Test]
    public async Task A_value_without_a_literal_is_refused()
    {
        var table = new EvaluationTable("Events_CL", [new("Name", "string")], [[Value.Of("half \ud83d")]]);
        var query = await Scripted.QueryAsync("Events_CL | project Name");
        var fault = Assert.Throws<NotSendableException>(() => EngineScript.Of(query, Scripted.Nothing with { Tables = [table] }))!;
        Assert.That(fault.Problem.Code, Is.EqualTo("CSK1185"));
        Assert.That(fault.Message, Does.Contain("\"Name\" of \"Events_CL\""));
    }

    [Test]
    public async Task Only_what_is_read_is_in_the_script()
    {
        var script = EngineScript.Of(await Scripted.QueryAsync("Empty_CL | count"), await Scripted.WorkspaceAsync());
        Assert.That(script, Is.EqualTo("let Empty_CL = datatable(['TimeGenerated']:datetime)[];\nEmpty_CL | count").Or.StartsWith("let Empty_CL = datatable(TimeGenerated:datetime, Name:string, N:long, Data:dynamic, ['let']:string)[];\nEmpty_CL"));
    }

    [Test]
    public async Task Every_kind_of_value_survives()
    {
        ImmutableArray<Column> columns =
        [
            new("B", "bool"), new("I", "int"), new("L", "long"), new("R", "real"), new("C", "decimal"), new("D", "datetime"), new("T", "timespan"), new("G", "guid"), new("S", "string"), new("Y", "dynamic"),
        ];
        var nested = Value.Of(DynamicBag.From([new("a \"b\"", Value.Of(new DynamicArray([Value.Of(1L), Value.Of(1.0), Value.Null, Value.Of("\u2028"), Value.Of(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)), Value.Of(TimeSpan.FromTicks(-1)), Value.Of(double.NaN), Value.Of(Guid.Empty)])))]));
        ImmutableArray<ImmutableArray<Value>> rows =
        [
            [Value.Of(true), Value.OfInt(int.MinValue), Value.Of(long.MaxValue), Value.Of(-1.5e-10), Value.Of(-1.50m), Value.Of(DateTime.MaxValue), Value.Of(TimeSpan.FromDays(-1.5)), Value.Of(new Guid("74be27de-1e4e-49d9-b579-fe0b331d3642")), Value.Of("\u0000\r\n\t\u200f😀'\"\\"), nested],
            [Value.Of(false), Value.OfInt(0), Value.Of(0L), Value.Of(double.NegativeInfinity), Value.Of(0m), Value.Of(DateTime.MinValue), Value.Of(TimeSpan.Zero), Value.Of(Guid.Empty), Value.Empty, Value.Of("{}")],
            [Value.Null, Value.Null, Value.Null, Value.Null, Value.Null, Value.Null, Value.Null, Value.Null, Value.Empty, Value.Null],
            [Value.Null, Value.Null, Value.Null, Value.Of(1.0), Value.Null, Value.Null, Value.Null, Value.Null, Value.Empty, Value.Of(2.0)],
        ];
        var workspace = Scripted.Nothing with { Tables = [new("All_CL", columns, rows)] };
        var query = await Scripted.QueryAsync("All_CL", new(SharedHost.Catalog, [new("All_CL", columns)], [], []));
        var outcome = await Scripted.RunScriptAsync(query, workspace);
        Assert.That(outcome.Problem, Is.Null);
        Assert.That(outcome.Result!.Rows.Select(row => row.ToArray()), Is.EqualTo(rows.Select(row => row.ToArray())));
    }
}
