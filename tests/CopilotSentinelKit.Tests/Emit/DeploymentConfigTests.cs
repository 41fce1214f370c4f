using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class DeploymentConfigTests
{
    private static readonly RepositoryPlace Place = new("content/", ["rules/", "templates/"], ["rules/"]);

    [Test]
    public void Watchlists_and_parsers_come_first_in_the_order_given_and_what_is_no_content_is_excluded() =>
        Assert.That(Update(null), Is.EqualTo(
            """
            {
              "prioritizedcontentfiles": [
                "content/arm/Watchlists/CopilotEntitledUsers.watchlist.json",
                "content/arm/Parsers/CopilotEvents.parser.json",
                "content/arm/Parsers/ACopilotMessages.parser.json"
              ],
              "excludecontentfiles": [
                "content/arm/main.json",
                "content/kit.lock.json",
                "content/yaml/",
                "rules/"
              ]
            }

            """));

    [Test]
    public void An_output_folder_that_is_the_repository_has_no_prefix() =>
        Assert.That(Update(null, Place with { Output = "" }), Does.Contain("\"arm/Parsers/CopilotEvents.parser.json\"").And.Contain("\"kit.lock.json\""));

    [Test]
    public void Without_ARM_there_is_none() =>
        Assert.That(DeploymentConfig.Update(null, Place, ContentEmitter.Emit(Sample.Items, [OutputFormat.Yaml]).Deployment).Text, Is.Null);

    [Test]
    public void What_a_person_wrote_stays_and_what_the_kit_wrote_is_brought_up_to_date()
    {
        const string before =
            """
            {
              // deploy ours first
              "parameterfilemappings": { "22222222-2222-2222-2222-222222222222": { "content/arm/A.json": "p.json" } },
              "prioritizedcontentfiles": [ "mine/first.json", "content/arm/Parsers/Gone.parser.json", "content/arm/AnalyticRules/Bare.rule.json",
                "content/arm/Parsers/ACopilotMessages.parser.json" ],
              "excludecontentfiles": [ "templates/", "content/old/", "docs/" ]
            }
            """;
        var after = Update(before);
        Assert.That(after, Is.EqualTo(
            """
            {
              // deploy ours first
              "parameterfilemappings": { "22222222-2222-2222-2222-222222222222": { "content/arm/A.json": "p.json" } },
              "prioritizedcontentfiles": [
                "mine/first.json",
                "content/arm/AnalyticRules/Bare.rule.json",
                "content/arm/Watchlists/CopilotEntitledUsers.watchlist.json",
                "content/arm/Parsers/CopilotEvents.parser.json",
                "content/arm/Parsers/ACopilotMessages.parser.json"
              ],
              "excludecontentfiles": [
                "docs/",
                "content/arm/main.json",
                "content/kit.lock.json",
                "content/yaml/",
                "rules/"
              ]
            }
            """));
        Assert.That(Update(after), Is.EqualTo(after));
    }

    [TestCase("{}", "{\n  \"prioritizedcontentfiles\": [\n    \"content/")]
    [TestCase("{ \"parameterfilemappings\": {} }", "{ \"parameterfilemappings\": {},\n  \"prioritizedcontentfiles\": [\n")]
    public void Lists_that_are_missing_are_added(string before, string start)
    {
        var after = Update(before);
        Assert.That(after, Does.StartWith(start).And.Contain("\"excludecontentfiles\": ["));
        Assert.That(Update(after), Is.EqualTo(after));
    }

    [Test]
    public void A_format_that_is_no_longer_wanted_takes_its_entries_along() =>
        Assert.That(
            DeploymentConfig.Update(new("c", "{ \"prioritizedcontentfiles\": [\"content/arm/Parsers/CopilotEvents.parser.json\"], \"excludecontentfiles\": [\"a/\", \"rules/\"] }"), Place, DeploymentOrder.None).Text,
            Is.EqualTo("{ \"prioritizedcontentfiles\": [], \"excludecontentfiles\": [\n    \"a/\"\n  ] }"));

    [TestCase("", 1)]
    [TestCase("{ \"excludecontentfiles\": [\n<<<<<<< ours\n] }", 2)]
    [TestCase("[]", 1)]
    [TestCase("{\n\"excludecontentfiles\": \"docs\" }", 2)]
    [TestCase("{\n\n\"prioritizedcontentfiles\": [ 1 ] }", 3)]
    public void A_broken_one_is_a_finding_and_stays_as_it_is(string before, int line)
    {
        var (text, findings) = DeploymentConfig.Update(new(DeploymentConfig.FileName, before), Place, Sample.Emission.Deployment);
        Assert.That(text, Is.EqualTo(before));
        Assert.That(findings.Select(finding => (finding.Code, finding.Severity, finding.Span.Position.Line)), Is.EqualTo([("CSK0640", FindingSeverity.Error, line)]));
    }

    private static string Update(string? before, RepositoryPlace? place = null)
    {
        var (text, findings) = DeploymentConfig.Update(before is null ? null : new(DeploymentConfig.FileName, before), place ?? Place, Sample.Emission.Deployment);
        Assert.That(findings, Is.Empty);
        return text!;
    }
}
