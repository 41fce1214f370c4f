using CopilotSentinelKit.Content;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class NameStyleTests
{
    [TestCase("11111111-1111-4111-8111-111111111111")]
    [TestCase("12345678-9abc-4ef0-9234-56789abcdef0")]
    [TestCase("a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d")]
    public void A_guid_typed_by_hand(string guid) => Verify("CSK0517", $"guid: «{guid}»", yaml => Rule(yaml) with { Guid = Guid.Parse(guid), Id = yaml[guid] });

    [Test]
    public void A_guid_drawn_by_a_machine()
    {
        // Also a hundred others, made of the project's namespace so that each run has the same.
        Ok("guid", yaml => Rule(yaml) with { Guid = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e") });
        for (var i = 0; i < 100; i++)
        {
            Ok("guid", yaml => Rule(yaml) with { Guid = ContentGuid.For("pack", "AnalyticsRule", $"rule-{i}") });
        }
    }

    [Test]
    public void A_name_that_ends_in_a_full_stop()
    {
        var finding = Verify("CSK0518", "name: «Copilot test.»", yaml => Rule(yaml) with { Name = yaml["Copilot test."] });
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo("Copilot test"));
        Ok("name: Copilot and more...", yaml => Rule(yaml) with { Name = yaml["Copilot and more..."] });
    }

    [Test]
    public void Characters_that_nobody_types()
    {
        var finding = Verify("CSK0519", "name: Copilot«\u00A0»test", yaml => Rule(yaml) with { Name = yaml["Copilot\u00A0test"] });
        Assert.That(finding.Message, Does.Contain("U+00A0"));
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo(" "));
        Assert.That(Verify("CSK0519", "description: Finds «\u201C»this\u201D", yaml => Rule(yaml) with { Description = yaml["Finds \u201Cthis\u201D"] }).Fix, Is.Null);
        Verify("CSK0519", "name: Copilot«\u200B» test", yaml => Rule(yaml) with { Name = yaml["Copilot\u200B test"] });
        Ok("name: Pr\u00FCfung \u2013 \u30C6\u30B9\u30C8", yaml => Rule(yaml) with { Name = yaml["Pr\u00FCfung \u2013 \u30C6\u30B9\u30C8"] });
    }

    [TestCase("[PROD] Copilot jailbreak")]
    [TestCase("DEV - Copilot jailbreak")]
    [TestCase("Copilot jailbreak - uat")]
    public void A_name_of_an_environment(string name) => Verify("CSK0440", $"name: «{name}»", yaml => Rule(yaml) with { Name = yaml[name] });

    [TestCase("Test signing enabled")]
    [TestCase("Credentials of production accounts - created")]
    [TestCase("AWS")]
    public void A_sound_name(string name) => Ok($"name: {name}", yaml => Rule(yaml) with { Name = yaml[name] });

    [Test]
    public void A_name_in_capitals() => Verify("CSK0441", "name: «COPILOT JAILBREAK FOUND»", yaml => Rule(yaml) with { Name = yaml["COPILOT JAILBREAK FOUND"] });

    [Test]
    public void A_file_name_that_is_too_long()
    {
        Verify("CSK0442", "id: «long»", yaml => Rule(yaml) with { Id = yaml["long"], FileName = new string('x', 65) });
        Ok("id: long", yaml => Rule(yaml) with { Id = yaml["long"], FileName = new string('x', 64) });
    }

    [Test]
    public void A_file_named_after_something_else()
    {
        Verify("CSK0443", "name: «Jailbreak attempts»", yaml => Rule(yaml) with { Name = yaml["Jailbreak attempts"], FileName = "Rule12", Origin = ContentOrigin.CommunityYaml });
        Ok("name: Jailbreak attempts", yaml => Rule(yaml) with { Name = yaml["Jailbreak attempts"], FileName = "CopilotJailbreakAttempt", Origin = ContentOrigin.CommunityYaml });
        Ok("name: Jailbreak attempts", yaml => Rule(yaml) with { Name = yaml["Jailbreak attempts"], FileName = "Rule12" });
    }
}
