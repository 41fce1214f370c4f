using System.Text.Json.Nodes;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Schemas;

/// <summary>The schema of the community's YAML takes what the kit writes in that form, and refuses what its reader refuses.</summary>
internal sealed class CommunitySchemaTests
{
    private const string Hunt = "id: 4f1f9f3e-6a51-4c39-9a43-3a0e8d0c4b77\nname: A hunt\ndescription: Identifies sign-ins.\nversion: 1.0.0\nquery: SigninLogs | take 1\ntactics: [Impact]\ntags: [{ a: b }]\n";

    private const string Rule = Hunt + "kind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\n";

    private const string Parser = "id: 4f1f9f3e-6a51-4c39-9a43-3a0e8d0c4b77\nFunction: { Title: A }\nCategory: A\nFunctionName: A\nFunctionAlias: A\nFunctionQuery: SigninLogs\n";

    private const string Asim = "ParserName: ASimA\nParserQuery: SigninLogs\nParser: { Title: A, Version: 0.1.0 }\nParserParams: [{ Name: disabled, Type: bool, Default: false }]\n";

    private static readonly JsonSchema Schema = new(JsonNode.Parse(CommunitySchema.Schema.ToText())!.AsObject());

    [Test]
    public void What_the_kit_writes_is_valid()
    {
        var folder = Path.Combine(Repository.Root, "tests", "CopilotSentinelKit.Tests", "Golden", "Cases");
        var files = Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Where(file => file.Split(Path.DirectorySeparatorChar) is var parts && parts.Contains("expected") && (parts[^2] is "AnalyticRules" or "HuntingQueries" or "Parsers"))
            .ToList();
        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
        {
            Assert.That(Faults(File.ReadAllText(file)), Is.Empty, file);
        }
    }

    [TestCase(Hunt)]
    [TestCase(Rule)]
    [TestCase(Hunt + "kind: NRT\nseverity: Low\n")]
    [TestCase(Parser)]
    [TestCase(Asim)]
    public void Each_form_is_valid(string yaml) => Assert.That(Faults(yaml), Is.Empty);

    [TestCase(Hunt + "relevantTechnique: [T1078]\n")]
    [TestCase(Hunt + "entityMappings: [{ entityType: Account }]\n")]
    [TestCase(Hunt + "entityMappings: [{ entityType: Account, fieldMappings: [{ identifier: FullName, column: A }] }]\n")]
    [TestCase("name: A hunt\nquery: SigninLogs\n")]
    [TestCase(Hunt + "kind: Scheduled\nseverity: Low\nqueryFrequency: 1h\n")]
    [TestCase(Hunt + "kind: NRT\n")]
    [TestCase(Hunt + "kind: NRT\nseverity: critical\n")]
    [TestCase(Parser + "FunctionParam: []\n")]
    [TestCase("ParserQuery: SigninLogs\nParser: { Title: A }\n")]
    public void What_is_wrong_is_refused(string yaml) => Assert.That(Faults(yaml), Is.Not.Empty);

    private static List<string> Faults(string yaml) => Schema.Faults(YamlAsJson.Read(yaml));
}
