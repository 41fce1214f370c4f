using System.Text.Json.Nodes;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Templates;

internal sealed class FilterTests
{
    private static readonly string[] Hostile =
    [
        "\"", "'", "\\", "\\\"", "\\'", "\"\"", "\"; drop table T //", "'; .drop", "a\nb", "a\r\nb", "\t", "//", "/* */", "]", "']", "|", "| take 1",
        "\0", "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u2029", "\ufeff", "\u200b", "\u202e", "\ud83d\ude00", "é", "{{ x }}", "{% raw %}", "```", "@\"", "h\"",
        "\\u0022", "\\", "\\\\\\", "", " ", "let x = 1;",
    ];

    [TestCase("3", "3")]
    [TestCase("-3", "-3")]
    [TestCase("9007199254740991", "9007199254740991")]
    [TestCase("1.5", "real(1.5)")]
    [TestCase("true", "true")]
    [TestCase("\"text\"", "\"text\"")]
    [TestCase("[\"a\", \"b\\\"c\"]", "dynamic([\"a\", \"b\\\"c\"])")]
    [TestCase("[1, true]", "dynamic([1, true])")]
    [TestCase("[]", "dynamic([])")]
    [TestCase("{\"type\": \"timespan\", \"value\": \"14d\"}", "14d")]
    [TestCase("{\"type\": \"timespan\", \"value\": \"100ms\"}", "100ms")]
    [TestCase("{\"type\": \"timespan\", \"value\": \"1.06:30:00\"}", "timespan(1.06:30:00)")]
    [TestCase("{\"type\": \"datetime\", \"value\": \"2024-05-01\"}", "datetime(2024-05-01)")]
    [TestCase("{\"type\": \"datetime\", \"value\": \"2024-05-01T12:00:00.5Z\"}", "datetime(2024-05-01T12:00:00.5Z)")]
    [TestCase("{\"type\": \"real\", \"value\": \"0.25\"}", "real(0.25)")]
    [TestCase("{\"type\": \"long\", \"value\": \"9223372036854775807\"}", "9223372036854775807")]
    [TestCase("{\"type\": \"column\", \"value\": \"Actor Upn\"}", "['Actor Upn']")]
    [TestCase("{\"type\": \"columns\", \"value\": [\"ActorUpn\", \"where\"]}", "ActorUpn, ['where']")]
    public async Task Kql_writes_a_literal_that_Kusto_takes(string value, string literal)
    {
        Assert.That(Render("{{ x | kql }}", value), Is.EqualTo(literal));
        if (!value.Contains("column", StringComparison.Ordinal))
        {
            var analysis = await Analyze($"print {literal}");
            Assert.That(analysis.Diagnostics, Is.Empty);
        }
    }

    [TestCase("ActorUpn", "ActorUpn")]
    [TestCase("_Id1", "_Id1")]
    [TestCase("kind", "['kind']")]
    [TestCase("true", "['true']")]
    [TestCase("1st", "['1st']")]
    [TestCase("a-b", "['a-b']")]
    [TestCase("o'clock", "['o\\'clock']")]
    [TestCase("x'] | take 1 //", "['x\\'] | take 1 //']")]
    public async Task Kql_name_writes_a_name_that_Kusto_takes(string name, string written)
    {
        Assert.That(Render("{{ x | kql_name }}", JsonValue.Create(name).ToJsonString()), Is.EqualTo(written));
        var analysis = await Analyze($"print {written} = 1");
        Assert.That(analysis.Diagnostics, Is.Empty);
        Assert.That(analysis.Columns, Is.EqualTo([new Column(name, "long")]));
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_hostile_text_stays_one_literal_with_its_own_value(string text)
    {
        var literal = Render("{{ x | kql }}", JsonValue.Create(text).ToJsonString());
        await VerifyOneLiteral(literal, text);
    }

    [Test]
    public async Task A_very_long_text_stays_one_literal()
    {
        var text = string.Concat(Enumerable.Repeat("\"\\\n", 3_000));
        await VerifyOneLiteral(Render("{{ x | kql }}", JsonValue.Create(text).ToJsonString()), text);
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_hostile_name_stays_one_name(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        var name = Render("{{ x | kql_name }}", JsonValue.Create(text).ToJsonString());
        var analysis = await Analyze($"print {name} = 1");

        Assert.That(analysis.Diagnostics, Is.Empty);
        Assert.That(analysis.Columns!.Value.Select(column => column.Name), Is.EqualTo([text]));
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_hostile_text_in_a_list_stays_in_it(string text)
    {
        var list = Render("{{ x | kql }}", new JsonArray(text, text).ToJsonString());
        var analysis = await Analyze($"print {list}");

        Assert.That(analysis.Diagnostics, Is.Empty);
        Assert.That(analysis.Columns, Is.EqualTo([new Column("print_0", "dynamic")]));
    }

    [TestCase("{\"type\": \"timespan\", \"value\": \"14d) | take 1\"}")]
    [TestCase("{\"type\": \"timespan\", \"value\": \"14d\\n\"}")]
    [TestCase("{\"type\": \"timespan\", \"value\": \"-1d\"}")]
    [TestCase("{\"type\": \"datetime\", \"value\": \"now()\"}")]
    [TestCase("{\"type\": \"datetime\", \"value\": \"yesterday\"}")]
    [TestCase("{\"type\": \"real\", \"value\": \"1)\"}")]
    [TestCase("{\"type\": \"column\", \"value\": \"\"}")]
    [TestCase("{\"type\": \"columns\", \"value\": []}")]
    [TestCase("12345678901234567890")]
    [TestCase("{\"a\": 1}")]
    [TestCase("[{\"a\": 1}]")]
    [TestCase("null")]
    public void A_value_that_has_no_literal_is_refused(string value)
    {
        var error = Result("{{ x | kql }}", value).Error;

        Assert.That(error?.Kind, Is.EqualTo(MistakeKind.Value));
    }

    [TestCase("\"\"")]
    [TestCase("1")]
    [TestCase("{\"type\": \"timespan\", \"value\": \"14d\"}")]
    public void A_value_that_is_no_name_is_refused(string value)
    {
        var error = Result("{{ x | kql_name }}", value).Error;

        Assert.That(error?.Kind, Is.EqualTo(MistakeKind.Value));
    }

    // _GetWatchlist tells the value that Kusto.Language reads from the literal.
    private static async Task VerifyOneLiteral(string literal, string value)
    {
        var text = $"_GetWatchlist({literal})";
        var analysis = await Analyze(text);
        var literals = Tokens(analysis.Tree!).Where(token => token.Kind == "StringLiteralToken").ToList();

        Assert.That(analysis.Diagnostics, Is.Empty);
        Assert.That(literals.Select(token => token.Text), Is.EqualTo([literal]));
        Assert.That(analysis.Watchlists, Is.EqualTo([value]));
    }

    private static IEnumerable<SyntaxNode> Tokens(SyntaxNode node) => node.Text is null ? node.Children.SelectMany(Tokens) : [node];

    private static async Task<KqlAnalysis> Analyze(string text)
    {
        var schema = new KqlSchema(KitData.LoadTables(), [], [], []);
        return (await SharedHost.Analyzer.AnalyzeAsync(schema, [new(text, [], WithTree: true)], null, CancellationToken.None)).Single();
    }

    private static string Render(string template, string value)
    {
        var result = Result(template, value);
        Assert.That(result.Error, Is.Null);
        return result.Text;
    }

    private static RenderResult Result(string template, string value) =>
        TemplateEngine.Render([new(template, null, ScriptValues.Read($"{{ \"x\": {value} }}"))], CancellationToken.None).Single();
}
