using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Language;

public sealed class KqlAnalyzerTests
{
    private static readonly KqlSchema Schema = new(
        KitData.LoadTables(),
        [
            new("SigninsTest_CL", [new("TimeGenerated", "datetime"), new("Upn", "string"), new("Risk", "dynamic")]),
            new("SessionsTest_CL", [new("TimeGenerated", "datetime"), new("Upn", "string")]),
        ],
        [
            new(
                "Prompts",
                [new("starttime", "datetime", "datetime(null)"), new("endtime", "datetime", "datetime(null)")],
                [new("TimeGenerated", "datetime"), new("Upn", "string"), new("Flagged", "bool"), new("Attempts", "int")]),
        ],
        [new("Entitled", [new("UserPrincipalName", "string"), new("Licence", "string")])]);

    [Test]
    public async Task Columns_have_the_names_and_types_of_the_result()
    {
        var analysis = await Analyze("Prompts() | summarize Count = count(), Users = make_set(Upn) by Day = bin(TimeGenerated, 1d), Flagged");

        Assert.That(analysis.Diagnostics, Is.Empty);
        Assert.That(analysis.Columns, Is.EqualTo(
            [new Column("Day", "datetime"), new("Flagged", "bool"), new("Count", "long"), new("Users", "dynamic")]));
    }

    [Test]
    public async Task A_scalar_and_an_empty_text_have_no_columns()
    {
        Assert.That((await Analyze("1 + 2")).Columns, Is.Null);
        Assert.That((await Analyze("")).Columns, Is.Null);
    }

    [Test]
    public async Task Parameters_of_a_function_are_optional()
    {
        var analyses = await Analyze(["Prompts", "Prompts()", "Prompts(endtime = now())", "Prompts(ago(1d), now())"]);

        Assert.That(analyses.SelectMany(analysis => analysis.Diagnostics), Is.Empty);
    }

    [TestCase("Prompts | where Flaged", "KS142", "Flaged")]
    [TestCase("NoSuchTable | take 1", "KS204", "NoSuchTable")]
    [TestCase("// \ud83d\ude00 ü\nPrompts | where Flaged", "KS142", "Flaged")]
    public async Task A_diagnostic_has_its_code_and_its_place(string text, string code, string underlined)
    {
        var diagnostic = (await Analyze(text)).Diagnostics.Single();

        Assert.That((diagnostic.Code, diagnostic.Severity), Is.EqualTo((code, "Error")));
        Assert.That(text.Substring(diagnostic.Start, diagnostic.Length), Is.EqualTo(underlined));
    }

    [Test]
    public async Task Tables_and_functions_are_those_that_the_query_names()
    {
        var analyses = await Analyze(
        [
            "SigninsTest_CL | join (SessionsTest_CL) on Upn",
            "union S*Test_CL",
            "table('SigninsTest_CL') | take 1",
            "let f = () { SessionsTest_CL }; f | union Prompts",
        ]);

        Assert.That(analyses.Select(analysis => string.Join(' ', [.. analysis.Tables, "-", .. analysis.Functions])), Is.EqualTo(
        [
            "SessionsTest_CL SigninsTest_CL -",
            "SessionsTest_CL SigninsTest_CL -",
            "SigninsTest_CL -",
            "SessionsTest_CL - Prompts",
        ]));
    }

    [Test]
    public async Task Columns_read_belong_to_the_table_they_come_from()
    {
        var analysis = await Analyze("Prompts | join kind=inner (SigninsTest_CL | project-rename Name = Upn, R = Risk) on $left.Upn == $right.Name | where TimeGenerated1 > ago(1h) and isnotempty(R)");

        Assert.That(analysis.Diagnostics, Is.Empty);
        Assert.That(analysis.ColumnsRead, Is.EqualTo(["Prompts.Upn", "SigninsTest_CL.Risk", "SigninsTest_CL.TimeGenerated", "SigninsTest_CL.Upn"]));
    }

    [Test]
    public async Task A_column_made_by_the_query_is_not_read_from_a_table()
    {
        var analysis = await Analyze("Prompts | extend Mine = 1 | where Mine == 1");

        Assert.That(analysis.ColumnsRead, Is.Empty);
    }

    [Test]
    public async Task A_watchlist_returns_its_columns_and_those_that_Sentinel_keeps()
    {
        var analysis = await Analyze("_GetWatchlist('Entitled')");

        Assert.That(analysis.Watchlists, Is.EqualTo(["Entitled"]));
        Assert.That(analysis.Functions, Is.Empty);
        Assert.That(analysis.Columns, Is.EqualTo([new Column("UserPrincipalName", "string"), new("Licence", "string"), new("SearchKey", "string"), new("_DTItemId", "string"), new("LastUpdatedTimeUTC", "datetime")]));
        Assert.That((await Analyze("_GetWatchlist('Entitled') | project License")).Diagnostics.Single().Code, Is.EqualTo("KS142"));
    }

    [Test]
    public async Task An_unknown_or_computed_watchlist_may_have_any_column()
    {
        var analyses = await Analyze(
            ["_GetWatchlist('Other') | project SearchKey, Anything", "let a = strcat('x', rand()); _GetWatchlist(a) | project SearchKey, Anything"]);

        Assert.That(analyses.SelectMany(analysis => analysis.Diagnostics), Is.Empty);
        Assert.That(analyses[0].Watchlists, Is.EqualTo(["Other"]));
        Assert.That(analyses[1].Watchlists, Is.Empty);
    }

    [Test]
    public async Task Parameters_are_bound_around_the_query_that_has_them()
    {
        ImmutableArray<FunctionParameter> parameters = [new("since", "datetime", "datetime(null)")];
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(
            Schema,
            [new("Prompts | where TimeGenerated > since", parameters), new("Prompts | where TimeGenerated > since", [])],
            null,
            CancellationToken.None);

        Assert.That(analyses[0].Diagnostics, Is.Empty);
        Assert.That(analyses[1].Diagnostics.Single().Code, Is.EqualTo("KS142"));
    }

    [Test]
    public async Task Each_query_is_told_once_and_in_order()
    {
        var told = 0;
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(
            Schema, [.. Enumerable.Range(0, 30).Select(i => new KqlRequest($"print C{i} = {i}", []))], () => Interlocked.Increment(ref told), CancellationToken.None);

        Assert.That(told, Is.EqualTo(30));
        Assert.That(analyses.Select(analysis => analysis.Columns!.Value[0].Name), Is.EqualTo(Enumerable.Range(0, 30).Select(i => $"C{i}")));
    }

    [Test]
    public async Task Another_schema_replaces_the_one_before()
    {
        var other = Schema with { Functions = [new("Prompts", [], [new("Other", "string")])] };
        var analysis = (await SharedHost.Analyzer.AnalyzeAsync(other, [new("Prompts", [])], null, CancellationToken.None)).Single();

        Assert.That(analysis.Columns, Is.EqualTo([new Column("Other", "string")]));
        Assert.That((await Analyze("Prompts")).Columns!.Value, Has.Length.EqualTo(4));
    }

    [Test]
    public async Task Batches_at_the_same_time_keep_their_own_schemas()
    {
        var batches = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var schema = Schema with { Functions = [new("F", [], [new($"Only{i}", "string")])] };
            return await SharedHost.Analyzer.AnalyzeAsync(schema, [new("F", []), new("F | take 1", [])], null, CancellationToken.None);
        }));

        for (var i = 0; i < batches.Length; i++)
        {
            Assert.That(batches[i].Select(analysis => analysis.Columns!.Value.Single().Name), Is.All.EqualTo($"Only{i}"));
        }
    }

    [Test]
    public async Task Nesting_without_end_is_a_diagnostic()
    {
        var analyses = await Analyze(
            [$"print {new string('(', 20_000)}1{new string(')', 20_000)}", $"print {string.Join('+', Enumerable.Repeat("1", 3_000))}", "print 1"]);

        Assert.That(analyses[0].Diagnostics.First().Code, Is.EqualTo("KS245"));
        Assert.That(analyses[1].Diagnostics.First().Code, Is.EqualTo("KS245"));
        Assert.That(analyses[2].Diagnostics, Is.Empty);
    }

    [Test]
    public async Task A_type_that_Kusto_does_not_have_is_refused_and_forgotten()
    {
        var broken = Schema with { Tables = [new("Broken_CL", [new("A", "text")])] };

        var error = await Assert.ThrowsAsync<LanguageServiceException>(
            async () => await SharedHost.Analyzer.AnalyzeAsync(broken, [new("Broken_CL", [])], null, CancellationToken.None));

        Assert.That(error!.Code, Is.EqualTo("CSK0907"));
        Assert.That(error.Message, Does.Contain("\"text\""));
        Assert.That((await Analyze("Prompts")).Diagnostics, Is.Empty);
    }

    private static async Task<KqlAnalysis> Analyze(string text) => (await Analyze([text])).Single();

    private static Task<ImmutableArray<KqlAnalysis>> Analyze(ImmutableArray<string> texts) => SharedHost.Analyzer.AnalyzeAsync(
        Schema, [.. texts.Select(text => new KqlRequest(text, []))], null, CancellationToken.None);
}
