using System.Text.Json.Nodes;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit;

/// <summary>Parameters of a detection that its ARM template takes, so that a workspace can have other values.</summary>
internal sealed class QueryParameterTests
{
    // Quotes of both kinds, what ends a text in KQL and in an expression, and what an expression could take for its own.
    private const string Hostile = "a\"b'c\\\" | take 1 // \\' {0} [x] '') parameters('workspace')\r\n\t| where true";

    [Test]
    public async Task A_parameter_file_gives_the_query_that_the_spec_with_that_value_gives()
    {
        const string Parameters = "parameters: { least: { type: int, default: 5, description: How many. }, window: { type: timespan, default: 4h, description: Within what time. }, host: { type: string, default: Word }, quiet: { type: bool, default: false } }";
        const string Query = "query: CopilotEvents(starttime=ago({{ window | kql }})) | where ActorUpn != {{ host | kql }} or {{ quiet | kql }} | summarize Rows = count() by ActorUpn | where Rows >= {{ least | kql }} and Rows < {{ least | kql }} + 100";
        const string Schedule = "schedule: { every: 1h, lookback: 6h }";
        foreach (var kit in new[] { "", "parsers: inline" })
        {
            var template = await TemplateOf(TestPack.Rule(Query, Parameters, Schedule).WithKit(kit));
            Assert.That(Names(template), Is.EqualTo("workspace enabled severity least window host quiet"));
            Assert.That(Declaration(template, "window"), Is.EqualTo("""{"type":"int","defaultValue":4,"minValue":0,"maxValue":6,"metadata":{"description":"Within what time (in hours)."}}"""));
            Assert.That(Declaration(template, "quiet"), Does.StartWith("""{"type":"bool","defaultValue":false"""));
            Assert.That(QueryOf(template), Is.EqualTo((await Rule(TestPack.Rule(Query, Parameters, Schedule).WithKit(kit))).Query.Text));

            var changed = Parameters.Replace("default: 5", "default: 12", StringComparison.Ordinal).Replace("default: 4h", "default: 2h", StringComparison.Ordinal)
                .Replace("default: Word", "default: \"Te\\\"ams\\\\\"", StringComparison.Ordinal).Replace("default: false", "default: true", StringComparison.Ordinal);
            Set(template, ("least", 12), ("window", 2), ("host", "Te\"ams\\"), ("quiet", true));
            Assert.That(QueryOf(template), Is.EqualTo((await Rule(TestPack.Rule(Query, changed, Schedule).WithKit(kit))).Query.Text));
        }
    }

    [Test]
    public async Task A_text_stays_one_text_whatever_is_in_it()
    {
        var template = await TemplateOf(TestPack.Rule("query: CopilotEvents() | where ActorUpn == {{ host | kql }} | project ActorUpn", "parameters: { host: { type: string, default: Word } }"));
        Set(template, ("host", Hostile));
        Assert.That(QueryOf(template), Is.EqualTo($"CopilotEvents() | where ActorUpn == {KqlWriter.Text(Hostile)} | project ActorUpn"));
    }

    [TestCase("where Rows > {{ n | kql }}", true)]
    [TestCase("where Rows > {{ n | kql }} {{ if n > 3 }}and true{{ end }}", false)]
    [TestCase("where Rows > {{ (n + 1) | kql }}", false)]
    [TestCase("where Rows > {{ n | kql }} and strlen(\"{{ n | kql }}\") > 0", false)]
    [TestCase("where Rows > {{ capture x }}{{ n | kql }}{{ end }}toint({{ x | kql }})", false)]
    [TestCase("where Rows > {{ n | kql }} // more than {{ n | kql }}", true)]
    public async Task Only_what_is_a_literal_everywhere_can_be_set(string condition, bool can)
    {
        var template = await TemplateOf(TestPack.Rule($"query: 'CopilotEvents() | summarize Rows = count() by ActorUpn | {condition}'", "parameters: { n: { type: int, default: 5 } }"));
        Assert.That(Names(template), Is.EqualTo(can ? "workspace enabled severity n" : "workspace enabled severity"));
        Assert.That(QueryOf(template), Does.StartWith("CopilotEvents()"));
    }

    [TestCase("where ActorUpn matches regex @{{ host | kql }}", "string, default: abc")]
    [TestCase("where TimeGenerated > ago(({{ host | kql }} + 1h))", "timespan, default: 1h")]
    [TestCase("where toreal(strlen(ActorUpn)) > {{ host | kql }}", "real, default: 0.5")]
    [TestCase("where ActorUpn in ({{ host | kql }})", "strings, default: [abc]")]
    [TestCase("where ActorUpn != {{ host | kql }}", "string, default: \"a\\u200bb\"")]
    public async Task What_no_expression_can_write_safely_stays_as_it_is(string condition, string parameter)
    {
        var template = await TemplateOf(TestPack.Rule($"query: 'CopilotEvents() | {condition} | project ActorUpn'", $"parameters: {{ host: {{ type: {parameter} }} }}", "schedule: { every: 1h, lookback: 6h }"));
        Assert.That(Names(template), Is.EqualTo("workspace enabled severity"));
    }

    [TestCase("workspace"), TestCase("Enabled"), TestCase("severity")]
    public void Names_of_the_template_s_own_parameters_are_taken(string name) =>
        TestPack.Rule($"query: CopilotEvents() | take {{{{ {name} | kql }}}}", $"parameters: {{ «{name}»: {{ type: int, default: 5 }} }}").VerifyLoad("CSK0142");

    [Test]
    public async Task A_hunt_and_the_whole_template_have_them_too()
    {
        var hunt = (HuntingQuery)(await TestPack.Rule("kind: hunting", "query: CopilotEvents(starttime=ago({{ period | kql }}))", "parameters: { period: { type: timespan, default: 14d } }").Replace(TestPack.RulePath, "severity: High\nschedule: { every: 1h, lookback: 1h }\n", "").Ok()).Single(item => item is HuntingQuery);
        Assert.That(Names(JsonNode.Parse(ArmTemplate.Write(hunt))!), Is.EqualTo("workspace period"));
        var rule = await Rule(TestPack.Rule("query: CopilotEvents() | summarize Rows = count() | where Rows > {{ least | kql }}", "parameters: { least: { type: int, default: 5 } }"));
        var whole = JsonNode.Parse(ArmWhole.Write([rule, hunt]))!;
        Assert.That(Names(whole), Is.EqualTo("workspace rules hunts"));
        whole["parameters"]!["rules"]!["defaultValue"] = JsonNode.Parse("""{ "a-detection": { "severity": "Low", "parameters": { "least": 7 } } }""");
        whole["parameters"]!["hunts"]!["defaultValue"] = JsonNode.Parse("""{ "a-detection": { "parameters": { "period": 30 } } }""");
        Assert.That(QueryOf(whole), Is.EqualTo("CopilotEvents() | summarize Rows = count() | where Rows > 7"));
        Assert.That(QueryOf(whole, 1), Does.EndWith("CopilotEvents(starttime=ago(30d))"));
        Assert.That((Value(whole, "ruleSettings", "a-detection", "enabled"), Value(whole, "ruleSettings", "a-detection", "severity")), Is.EqualTo(("true", "Low")));
    }

    [Test]
    public void A_query_that_is_too_long_for_an_expression_has_none()
    {
        var long24 = new string('x', 24_000);
        Query Of(string text) => new($"{text}5", [new MapSegment(text.Length, 1, (_, _) => default) { Parameter = "n" }], default);
        var parameter = new QueryParameter(new("n", default), QueryParameterType.Int, "5", "", "", null);
        Assert.That(ArmTemplate.Write(Sample.Rule with { Query = Of(long24), QueryParameters = [parameter] }), Does.Contain("\"n\": {"));
        Assert.That(ArmTemplate.Write(Sample.Rule with { Query = Of(long24 + new string('\'', 500)), QueryParameters = [parameter] }), Does.Not.Contain("\"n\": {"));
    }

    [Test]
    public async Task Every_shipped_expression_keeps_the_limits_of_Resource_Manager()
    {
        foreach (var item in (await ShippedPack.Compilation).Items.Where(item => !item.QueryParameters.IsEmpty))
        {
            var template = JsonNode.Parse(ArmTemplate.Write(item))!;
            Assert.That(template["parameters"]!.AsObject(), Has.Count.LessThanOrEqualTo(256));
            Assert.That(((string)template["resources"]![0]!["properties"]!["query"]!).Length, Is.LessThanOrEqualTo(24_576), item.Id.Value);
        }
    }

    private static async Task<AnalyticsRule> Rule(TestPack pack)
    {
        var compilation = await pack.CompileAsync();
        Assert.That(compilation.Findings.Where(finding => finding.Severity == FindingSeverity.Error), Is.Empty);
        return (AnalyticsRule)compilation.Items.Single(item => item is AnalyticsRule);
    }

    private static async Task<JsonNode> TemplateOf(TestPack pack) => JsonNode.Parse(ArmTemplate.Write(await Rule(pack)))!;

    private static string Names(JsonNode template) => string.Join(' ', template["parameters"]!.AsObject().Select(parameter => parameter.Key));

    private static string Declaration(JsonNode template, string name) => template["parameters"]![name]!.ToJsonString();

    private static void Set(JsonNode template, params (string Name, JsonNode Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            template["parameters"]![name]!["defaultValue"] = value;
        }
    }

    private static string? QueryOf(JsonNode template, int resource = 0) => (Scope(template).Resolve(Text((string)template["resources"]![resource]!["properties"]!["query"]!)) as YamlText)?.Value;

    private static string? Value(JsonNode template, string variable, string item, string member) =>
        (Scope(template).Resolve(Text($"[variables('{variable}')['{item}'].{member}]")) as YamlText)?.Value;

    private static YamlText Text(string value) => new(default, value, Plain: false, []);

    private static ArmScope Scope(JsonNode template) =>
        new((YamlMap)JsonReader.Read(new SourceFile("template.json", template.ToJsonString()), ArmFindings.Json, [])!, null, packaged: false);
}
