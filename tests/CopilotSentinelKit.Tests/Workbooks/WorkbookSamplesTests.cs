namespace CopilotSentinelKit.Tests.Workbooks;

public class WorkbookSamplesTests
{
    private const string Text = """
        id: a-book
        version: 1.0.0
        name: A book
        description: What it shows.
        parameters:
          TimeRange: { timeRange: [1d, 7d], default: 7d }
          Many: { query: "Events({TimeRange:start}) | distinct ActorUpn", multiple: true }
          One: { query: "Events({TimeRange:start}) | distinct ActorUpn" }
          Rows: { values: { 10: Ten, 20: Twenty }, default: 20 }
          First: { values: { b: B, a: A }, multiple: true }
          Days: { text: 14d }
          Search: { text: "" }
        items:
          - query: |
              QUERY
        """;

    [TestCase("where TimeGenerated {TimeRange}", "where TimeGenerated > ago(1d)")]
    [TestCase("{TimeRange:value} {TimeRange:query}", "> ago(1d) > ago(1d)")]
    [TestCase("Events({TimeRange:start}, {TimeRange:end}) {TimeRange:grain}", "Events(ago(1d), now()) 1h")]
    [TestCase("datetime({TimeRange:startISO}) '{TimeRange:label}'", "datetime(2000-01-01T00:00:00.000Z) 'a'")]
    [TestCase("in ({Many}) '{Many:label}'", "in (\"a\") 'a'")]
    [TestCase("== \"{One:escapejson}\" or '{One}'", "== \"a\" or 'a'")]
    [TestCase("take {Rows}", "take 20")]
    [TestCase("in ({First})", "in (\"b\")")]
    [TestCase("ago({Days}) \"{Search:escapejson}\"", "ago(14d) \"a\"")]
    [TestCase("{ Many } {5} { \"a\": 1 }", "{ Many } {5} { \"a\": 1 }")]
    public async Task Each_parameter_has_a_value_of_its_kind(string kql, string sample)
    {
        var built = await BuiltWorkbook.FromAsync(Text.Replace("QUERY", kql, StringComparison.Ordinal));
        var query = built.Content!.Queries.Last();
        Assert.That(query.Sample.Text, Is.EqualTo(sample));
    }

    [Test]
    public async Task Every_part_of_a_sample_leads_to_the_text_it_stands_for()
    {
        const string kql = "Events({TimeRange:start}, {TimeRange:end}) | where A in ({Many}) | take {Rows} ; end";
        var built = await BuiltWorkbook.FromAsync(Text.Replace("QUERY", kql, StringComparison.Ordinal));
        var query = built.Content!.Queries.Last();
        foreach (var (inSample, inYaml) in new[]
        {
            ("Events(", "Events("), ("ago(1d)", "{TimeRange:start}"), ("now()", "{TimeRange:end}"), ("where A", "where A"), ("\"a\"", "{Many}"),
            ("20", "{Rows}"), ("end", "end"),
        })
        {
            var at = query.Sample.Text.LastIndexOf(inSample, StringComparison.Ordinal);
            Assert.That(query.Sample.Locate(at, inSample.Length).Text, Is.EqualTo(inYaml));
        }
    }

    [Test]
    public async Task Only_the_definitions_that_a_query_names_stand_in_front_of_it()
    {
        var built = await BuiltWorkbook.FromAsync(BuiltWorkbook.With("""
            define:
              Base: Events({TimeRange:start})
              Other: Events() | where ActorUpn in ({User})
              Few: Base | take 5
            items:
              - query: Few | count
              - query: Events() | project Other2 = ActorUpn
            """));
        Assert.That(built.Content!.Queries.Skip(1).Select(query => query.Kql.Text), Is.EqualTo(
            ["let Base = Events({TimeRange:start});\nlet Few = Base | take 5;\nFew | count", "Events() | project Other2 = ActorUpn"]));
    }
}
