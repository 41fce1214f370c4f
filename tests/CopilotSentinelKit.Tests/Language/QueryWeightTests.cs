using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Language;

internal sealed class QueryWeightTests
{
    [TestCase("T | where A == 1", 7)]
    [TestCase("print 'let f = () { x }' // let f", 2)]
    [TestCase("let f = () { T };\nf() | union f()", 19)]
    [TestCase("let f = (x: dynamic) { T };\nf() | union f()", 22)]
    [TestCase("let f = ()é { T };\nf() | union f()", 20)]
    [TestCase("let f = ( { T };\nf() | union f()", 18)]
    [TestCase("let x = dynamic({ \"a\": 1 });\nprint x, x", 16)]
    public void A_function_weighs_at_each_of_its_calls(string query, int weight) => Assert.That(QueryWeight.Of(query).Words, Is.EqualTo(weight));

    [TestCase("f{0}()")]
    [TestCase("['f{0}']()")]
    [TestCase("[\"f{0}\"] | where true")]
    [TestCase("(f{0})")]
    [TestCase("T | invoke f{0}()")]
    public async Task Functions_that_double_are_not_bound(string call)
    {
        var lines = Enumerable.Range(1, 40).Select(i => string.Format(null, "let f{0} = (x: long = 1) {{ union " + call.Replace("{0}", "{1}") + ", " + call.Replace("{0}", "{1}") + " }};", i, i - 1));
        var query = "let f0 = (x: long = 1) { T };\n" + string.Join('\n', lines) + "\nf40()";
        Assert.That(QueryWeight.Of(query).Words, Is.GreaterThan(QueryWeight.Most));
        var results = await AnalyzeAsync(query, "print 1");
        Assert.That(results[0].Diagnostics.Single(), Has.Property("Code").EqualTo("CSK0909").And.Property("Message").Contains("call each other so often"));
        Assert.That(results[1].Diagnostics, Is.Empty);
        Assert.That(results[1].Columns, Is.Not.Null);
    }

    [TestCase("let A = T; A | union A", 2)]
    [TestCase("let A = T; let B = A | join A on x; B | union (B | where y)", 4)]
    [TestCase("let A = T | where x in (dynamic({ \"a\": 1 })); let f = () { A | union A }; f | union f()", 4)]
    [TestCase("let f = (x: long) { x + 1 }; print f(f(f(1)))", 0)]
    [TestCase("let a = 1; let b = a; print b, b; T | where a == 1", 2)]
    public void A_table_of_a_let_counts_at_each_of_its_names(string query, int tables) => Assert.That(QueryWeight.Of(query).Tables, Is.EqualTo(tables));

    [TestCase("A{0} | union A{0}")]
    [TestCase("A{0} | join kind=inner A{0} on x")]
    public async Task Tables_that_double_are_not_bound(string both)
    {
        var query = "let A0 = T;\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"let A{i} = {both.Replace("{0}", $"{i - 1}")};\n")) + "A30 | count";
        Assert.That((await AnalyzeAsync(query))[0].Diagnostics.Single(), Has.Property("Code").EqualTo("CSK0909").And.Property("Message").Contains("build on each other so often"));
    }

    [Test]
    public async Task A_query_without_end_is_not_bound() =>
        Assert.That((await AnalyzeAsync("print " + string.Join(" + ", Enumerable.Repeat("1", 100_000))))[0].Diagnostics.Single().Message, Does.Contain("characters, and at most 200000"));

    [Test]
    public async Task What_is_shipped_is_far_from_the_limit()
    {
        var items = (await ShippedPack.Compilation).Items;
        var weights = items.SelectMany(item => item.GetQueries()).Select(query => QueryWeight.Of(query.Text)).ToList();
        Assert.That(weights.Max(weight => weight.Words), Is.InRange(100, QueryWeight.Most / 20));
        Assert.That(weights.Max(weight => weight.Tables), Is.InRange(2, QueryWeight.MostTables / 20));
    }

    private static async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(params string[] queries) =>
        await SharedHost.Analyzer.AnalyzeAsync(new(SharedHost.Catalog, [], [], []), [.. queries.Select(query => new KqlRequest(query, []))], null, CancellationToken.None);
}
