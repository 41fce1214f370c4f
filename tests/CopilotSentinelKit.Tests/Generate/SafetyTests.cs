using System.Collections.Immutable;
using System.Text.Json;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;
using FsCheck.Fluent;

namespace CopilotSentinelKit.Tests.Generate;

/// <summary>Whatever text a parameter has, through the whole compiler: the query keeps its structure and means that text.</summary>
internal sealed class SafetyTests
{
    private static readonly ImmutableArray<string> Hostile =
    [
        "\"", "'", "\\", "\\\"", "\\'", "\"; SecurityEvent | take 1 //", "' or 1 == 1 //", "a\nb", "a\r\nb", "\t", "// x", "/* x */", "]]", "']", "[", "[x]", "{{ few }}", "{% raw %}", "{{", "}}", "%}",
        "\0", "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u2029", "\ufeff", "\u200b", "\u202e", "😀", "é", "```", "@\"", "h\"x\"", "\\u0022", "", " ", "null", "true", "42", "14d", "~", "let x = 1;", "\ufffd", "\uffff",
        "--- ", "&a", "*a", "!!int 1", "[concat('a')]", new('x', 3000), new('"', 1500), new('\u2028', 500), string.Concat(Enumerable.Repeat("😀", 800)),
    ];

    // Half of a surrogate pair: no text, and nothing that UTF-8 could hold.
    private static readonly ImmutableArray<string> Halves = ["\ud83d", "\ude00", "a\ude00\ud83db"];

    private static readonly ImmutableArray<string> Names =
        ["Actor Upn", "o'clock", "a\"b", "a\\b", "]", "']; SecurityEvent //", "kind", "where", "1st", "a-b", "é", "😀", "// x", "{{ few }}", new('x', 1000)];

    [Test]
    public Task A_text() => Same(Hostile, "string", "query: CopilotEvents() | where RecordId == {{ it | kql }}", token => JsonSerializer.Deserialize<string>(token)!);

    [Test]
    public Task A_text_in_an_archetype() => Same(
        Hostile, "string", "query: CopilotEvents() | where RecordId != {{ it | kql }}", token => JsonSerializer.Deserialize<string>(token)!, each: 2, other: "template: first");

    [Test]
    public Task Any_text() => Same(
        [.. ArbMap.Default.GeneratorFor<string>().Where(text => text is not null && Halves.All(half => !text.Any(char.IsSurrogate))).Sample(120, 50)],
        // Not compared: a text that is a regular expression by chance would be a finding there.
        "string", "query: CopilotEvents() | extend Given = {{ it | kql }}", token => JsonSerializer.Deserialize<string>(token)!);

    [Test]
    public async Task Texts_of_a_list()
    {
        var list = "[" + string.Join(", ", Hostile.Where(text => text.Length < 200).Select(Quoted)) + "]";
        var items = await TestPack.Rule($"parameters: {{ it: {{ type: strings, default: {list} }} }}", "query: CopilotEvents() | where ActorUpn in ({{ it | kql }})").Ok();
        var kql = items.OfType<AnalyticsRule>().Single().Query.Text;
        Assert.That(kql, Does.StartWith("CopilotEvents()\n| where ActorUpn in (dynamic(").And.EndWith("))"));
        var read = JsonSerializer.Deserialize<string[]>(kql["CopilotEvents() | where ActorUpn in (dynamic(".Length..^2]);
        Assert.That(read, Is.EqualTo(Hostile.Where(text => text.Length < 200)));
    }

    [Test]
    public async Task Half_a_surrogate_pair_is_a_finding([Range(0, 2)] int index)
    {
        // By index: the test adapter drops a test whose name holds half a pair.
        var escaped = string.Concat(Halves[index].Select(c => char.IsSurrogate(c) ? $"\\u{(int)c:X4}" : c.ToString()));
        var compilation = await TestPack.Rule($"parameters: {{ it: {{ type: string, default: \"{escaped}\" }} }}", "query: CopilotEvents() | where ActorUpn == {{ it | kql }}").CompileAsync();
        Assert.That(compilation.Findings.Select(finding => finding.Code), Is.EqualTo(["CSK0106"]));
    }

    [Test]
    public async Task A_name_that_is_no_identifier_is_quoted([ValueSource(nameof(Names))] string name)
    {
        foreach (var (type, filter) in new[] { ("column", "kql"), ("column", "kql_name"), ("string", "kql_name") })
        {
            var pack = TestPack.Rule($"parameters: {{ it: {{ type: {type}, default: {Quoted(name)} }} }}", $"query: CopilotEvents() | project {{{{ it | {filter} }}}} = ActorUpn");
            var analysis = (await Analyze((await pack.Ok()).OfType<AnalyticsRule>().Single())).Single();
            Assert.That(analysis.Columns!.Value.Select(column => column.Name), Is.EqualTo([name]));
        }
    }

    [TestCase("column", "\"\""), TestCase("column", "\"a\\nb\""), TestCase("column", "\"a\\0b\""), TestCase("columns", "[A, \"\\u2028\"]")]
    public async Task A_name_that_no_column_has_is_a_finding(string type, string value) => Assert.That(
        (await TestPack.Rule($"parameters: {{ it: {{ type: {type}, default: {value} }} }}", "query: CopilotEvents() | project {{ it | kql }} = ActorUpn").CompileAsync()).Findings.Select(f => f.Code),
        Does.Contain("CSK0143"));

    [TestCase("long", "9223372036854775807", "9223372036854775807")]
    [TestCase("long", "-9223372036854775808", "-9223372036854775808")]
    [TestCase("long", "+007", "7")]
    [TestCase("int", "+007", "7")]
    [TestCase("real", ".5", "real(0.5)")]
    [TestCase("real", "1e300", "real(1E+300)")]
    [TestCase("real", "+2.", "real(2)")]
    [TestCase("real", "3", "real(3)")]
    [TestCase("timespan", "0090m", "0090m")]
    [TestCase("datetime", "2026-01-31T08:00:00.1234567+02:00", "datetime(2026-01-31T08:00:00.1234567+02:00)")]
    public async Task A_number_is_exact(string type, string written, string kql)
    {
        var items = await TestPack.Rule($"parameters: {{ it: {{ type: {type}, default: {written} }} }}", "query: CopilotEvents() | extend X = {{ it | kql }}").Ok();
        Assert.That(items.OfType<AnalyticsRule>().Single().Query.Text, Does.EndWith("X = " + kql));
    }

    [Test]
    public async Task What_looks_like_an_ARM_expression_stays_text()
    {
        const string Text = "[resourceGroup().id]";
        const string Kql = "['CopilotEvents']() | project ['ActorUpn']";
        var items = await TestPack.Rule($"name: '{Text}'", $"description: '{Text}'", $"query: \"{Kql}\"").Ok();
        var file = ContentEmitter.Emit(items, [OutputFormat.Arm]).Artifacts.Single(file => file.Path.Contains("/AnalyticRules/", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(file.Text);
        var properties = json.RootElement.GetProperty("resources")[0].GetProperty("properties");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(properties.GetProperty("displayName").GetString(), Is.EqualTo("[" + Text));
            Assert.That(properties.GetProperty("description").GetString(), Is.EqualTo("[" + Text));
            Assert.That(properties.GetProperty("query").GetString(), Is.EqualTo("[" + Kql));
        }
    }

    private static async Task Same(ImmutableArray<string> texts, string type, string query, Func<string, string> read, int each = 1, string other = "enabled: true")
    {
        var pack = TestPack.Small.With("templates/detections/first.scriban", "{{ query }}\n| where ActorUpn == {{ it | kql }}");
        pack = texts.Add("plain").Select((text, i) => (text, i)).Aggregate(pack, (all, one) => all.With($"rules/detections/d{one.i:000}.yaml", Samples.With(
            $"id: d{one.i:000}", $"name: Name {one.i}", $"parameters: {{ it: {{ type: {type}, default: {Quoted(one.text)} }} }}", query, other)));
        var rules = (await pack.Ok()).OfType<AnalyticsRule>().OrderBy(rule => rule.Id.Value, StringComparer.Ordinal).ToImmutableArray();
        var tokens = (await Analyze([.. rules])).Select(analysis => Tokens(analysis.Tree!).ToImmutableArray()).ToImmutableArray();
        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < texts.Length; i++)
            {
                Assert.That(tokens[i].Select(token => token.Kind), Is.EqualTo(tokens[^1].Select(token => token.Kind)), rules[i].Query.Text);
                Assert.That(tokens[i].Where(token => token.Kind == "StringLiteralToken").Select(token => read(token.Text!)), Is.EqualTo(Enumerable.Repeat(texts[i], each)));
            }
        }
    }

    private static async Task<ImmutableArray<KqlAnalysis>> Analyze(params AnalyticsRule[] rules) => await SharedHost.Analyzer.AnalyzeAsync(
        new(SharedHost.Catalog, [], [new("CopilotEvents", [], [new("ActorUpn", "string")])], []),
        [.. rules.Select(rule => new KqlRequest(rule.Query.Text, [], WithTree: true))], null, CancellationToken.None);

    private static IEnumerable<SyntaxNode> Tokens(SyntaxNode node) => node.Text is not null ? [node] : node.Children.SelectMany(Tokens);

    /// <summary>A JSON string is a double-quoted YAML scalar; the serializer escapes all but ASCII.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text).Replace("\\uD83D\\uDE00", "\\U0001F600", StringComparison.Ordinal);
}
