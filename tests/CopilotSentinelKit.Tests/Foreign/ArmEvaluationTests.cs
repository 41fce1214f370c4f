using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Expressions of templates, worked out as Azure Resource Manager documents them: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions.</summary>
internal sealed class ArmEvaluationTests
{
    private const string Template = """
        {
          "parameters": {
            "n": { "type": "int", "defaultValue": 5 }, "yes": { "type": "bool", "defaultValue": true }, "text": { "type": "string", "defaultValue": "a'b" },
            "empty": { "type": "string", "defaultValue": "" }, "given": { "type": "string" }, "o": { "type": "object", "defaultValue": { "x": { "b": 2 } } }
          },
          "variables": { "own": { "x": { "a": 1, "b": 1 }, "y-z": "[parameters('text')]" }, "all": "[union(variables('own'), parameters('o'))]" }
        }
        """;

    [TestCase("[concat('a', string(int(parameters('n'))), 'it''s')]", "a5it's")]
    [TestCase("[toLower(string(bool(parameters('yes'))))]", "true")]
    [TestCase("[replace(replace(string(parameters('text')), '''', '\"'), 'b', '')]", "a\"")]
    [TestCase("[format('{0}/{1}, {{0}}', parameters('n'), 'x')]", "5/x, {0}")]
    [TestCase("[join(createArray('a', parameters('text')), '+')]", "a+a'b")]
    [TestCase("[ CONCAT ( 'a' , toUpper('b') ) ]", "aB")]
    [TestCase("[variables('all').x.b]", "2")]
    [TestCase("[variables('all')['x'].a]", "1")]
    [TestCase("[variables('own')['y-z']]", "a'b")]
    [TestCase("[string(-3)]", "-3")]
    public void What_literals_tell_is_known(string expression, string expected) => Assert.That(Evaluate(expression), Is.EqualTo(expected));

    [TestCase("[concat('a', parameters('given'))]")]
    [TestCase("[concat('a', parameters('empty'))]")]
    [TestCase("[concat('a', resourceGroup().location)]")]
    [TestCase("[uniqueString('a')]")]
    [TestCase("[int('x')]")]
    [TestCase("[format('{0:N}', 1)]")]
    [TestCase("[format('{1}', 1)]")]
    [TestCase("[concat('a']")]
    [TestCase("[concat('a', )]")]
    [TestCase("[variables('own').nothing]")]
    [TestCase("[union(variables('own'), 'x')]")]
    public void What_they_do_not_tell_is_not(string expression) => Assert.That(Evaluate(expression), Is.Null);

    [Test]
    public void Depth_is_bounded() => Assert.That(Evaluate($"[{string.Concat(Enumerable.Repeat("toLower(", 100_000))}'a'{new string(')', 100_000)}]"), Is.Null);

    [TestCase("x"), TestCase("")]
    public void Work_is_bounded(string text)
    {
        var names = Enumerable.Range(0, 7).Select(i => $"\"v{i + 1}\": \"[concat({string.Join(", ", Enumerable.Repeat($"variables('v{i}')", 1000))})]\"");
        var root = (YamlMap)JsonReader.Read(new SourceFile("template.json", $"{{ \"variables\": {{ \"v0\": \"{text}\", {string.Join(", ", names)} }} }}"), ArmFindings.Json, [])!;
        Assert.That(new ArmScope(root, null, packaged: false).Resolve(new YamlText(root.Span, "[variables('v7')]", Plain: false, [])), Is.Null);
    }

    [Test]
    public void Every_part_of_a_query_keeps_its_place()
    {
        const string Kql = "CopilotActivity\\n| where RecordType == \\\"CopilotInteraction\\\"\\n| project TimeGenerated, ActorName";
        var (text, _, _) = Foreign.Template.Changed(Foreign.Template.Rule, $"\"{Kql}\"", "\"[concat('CopilotActivity\\n| where ActorName != ''it'' | take ', string(int(parameters('most'))), '\\n| project TimeGenerated, ActorName')]\"");
        var (all, _, _) = Foreign.Template.Changed(text, "{ \"workspace\"", "{ \"most\": { \"type\": \"int\", \"defaultValue\": 25 }, \"workspace\"");
        var query = Foreign.Template.Only<AnalyticsRule>(all).Query;
        Assert.That(query.Text, Is.EqualTo("CopilotActivity\n| where ActorName != 'it' | take 25\n| project TimeGenerated, ActorName"));
        Assert.That(Place("where"), Is.EqualTo("where"));
        Assert.That(Place("'it'"), Is.EqualTo("''it''"));
        Assert.That(Place("take"), Is.EqualTo("take"));
        Assert.That(Place("25"), Is.EqualTo("25"));
        Assert.That(Place("project TimeGenerated"), Is.EqualTo("project TimeGenerated"));

        string Place(string part) => query.Locate(query.Text.IndexOf(part, StringComparison.Ordinal), part.Length).Text;
    }

    private static string? Evaluate(string expression)
    {
        var root = (YamlMap)JsonReader.Read(new SourceFile("template.json", Template), ArmFindings.Json, [])!;
        return (new ArmScope(root, null, packaged: false).Resolve(new YamlText(root.Span, expression, Plain: false, [])) as YamlText)?.Value;
    }
}
