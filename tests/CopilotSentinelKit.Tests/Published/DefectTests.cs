using System.Collections.Immutable;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Published;

/// <summary>Mistakes that published Copilot rules have had, each in a file of our own: what csk check says of them, and where.</summary>
internal sealed class DefectTests
{
    private static readonly string Folder = Repository.PathOf("tests", "CopilotSentinelKit.Tests", "Published", "Defects");

    private ImmutableArray<Finding> _findings;

    [OneTimeSetUp]
    public async Task Check()
    {
        var files = Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal)
            .Select(path => new SpecFile(Path.GetFileName(path), Path.GetFileName(path), File.ReadAllBytes(path)));
        var compiler = new Compiler(SharedHost.Analyzer, SharedHost.Catalog);
        _findings = (await compiler.CheckAsync([], [], files, null, CancellationToken.None)).Findings;
    }

    [TestCase("JailbreakFirstMessage", 23, "CSK0411", "LLMEventData.Messages[0]", Description = "only the first message is read")]
    [TestCase("JailbreakFirstMessage", 11, "CSK0452", "5m", Description = "the period is the frequency")]
    [TestCase("JailbreakFirstMessage", 26, "CSK0406", "AccountCustomEntity", Description = "entities by column name")]
    [TestCase("JailbreakFirstMessage", 1, "CSK0507", "e5f6a7b8-c9d0-41e2-f3a4-b5c6d7e8f9a0", Description = "a GUID typed by hand")]
    [TestCase("JailbreakFirstMessage", 7, "CSK0594", "CopilotActivity", Description = "a table as connector")]
    [TestCase("JailbreakJsonPath", 16, "CSK0411", "\"$.Messages[0].JailbreakDetected\"", Description = "the first message by a JSON path")]
    [TestCase("ExternalAddress", 22, "CSK0412", "SrcIpAddr startswith \"10.\"", Description = "private ranges by prefix")]
    [TestCase("PluginTampering", 28, "CSK0453", "window", Description = "a pair of events that straddles two runs")]
    [TestCase("PluginTampering", 11, "CSK0452", "5m", Description = "the period is the frequency")]
    [TestCase("PluginTampering", 30, "CSK0406", "AccountCustomEntity", Description = "entities by column name")]
    [TestCase("PluginByNonAdmin", 22, "CSK0413", "parse_json(LLMEventData)", Description = "a dynamic value is parsed")]
    [TestCase("SensitiveAccessBurst", 20, "CSK0451", "ago(1h)", Description = "the period in the query again")]
    [TestCase("SensitiveAccessBurst", 27, "CSK0437", "order by Resources desc", Description = "a sort that nobody sees")]
    [TestCase("SensitiveAccessBurst", 36, "CSK0528", "Addresses", Description = "addresses in a set give no entity")]
    [TestCase("SensitiveAccessBurst", 29, "CSK0526", "Account", Description = "an account by its name alone")]
    [TestCase("SensitiveAccessBurstNative", 32, "CSK0584", "UserId", Description = "a user principal name as Name")]
    [TestCase("SensitiveAccessBurstNative", 2, "CSK0512", "Burst of labelled files through Copilot", Description = "a copy of the rule for each table")]
    public void Is_found(string file, int line, string code, string underlined)
    {
        var found = _findings.Where(finding => finding.Code == code && finding.Span.File.Path == file + ".yaml").ToList();
        Assert.That(found, Has.Count.EqualTo(1), () => string.Concat(_findings.Select(new TextReporter(colour: false).Format)));
        Assert.That((found[0].Span.Position.Line, found[0].Span.Text), Is.EqualTo((line, underlined)));
    }

    [Test]
    public void None_of_them_keeps_a_rule_from_being_deployed() =>
        Assert.That(_findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.ToString()), Is.Empty);
}
