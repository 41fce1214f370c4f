using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class NameTests
{
    [Test]
    public void All_sample_content_has_no_finding()
    {
        Ok("", Rule);
        Ok("", Nrt);
        Ok("", Hunt);
        Ok("", Parser);
        Ok("", List);
    }

    [Test]
    public void A_blank_name() => Verify("CSK0501", "name: «'  '»", yaml => Rule(yaml) with { Name = yaml.At("'  '", "  ") });

    [Test]
    public void A_name_of_257_characters()
    {
        Ok("", yaml => Rule(yaml) with { Name = yaml.Any(new string('n', 256)) });
        Verify("CSK0502", "name: «long»", yaml => Hunt(yaml) with { Name = yaml.At("long", new string('n', 257)) });
    }

    [Test]
    public void A_blank_description() =>
        Verify("CSK0503", "description: «''»", yaml => Hunt(yaml) with { Description = yaml.At("''", "") });

    [Test]
    public void A_description_of_5001_characters()
    {
        Ok("", yaml => Rule(yaml) with { Description = yaml.Any(new string('d', 5000)) });
        Verify("CSK0504", "description: «long»", yaml => Parser(yaml) with { Description = yaml.At("long", new string('d', 5001)) });
    }

    [TestCase("1.0")]
    [TestCase("v1.0.0")]
    [TestCase("1.0.0-beta")]
    [TestCase("1.0.0\n")]
    [TestCase("1.0.1234567890123456789")]
    public void A_version_that_is_not_three_numbers(string version) =>
        Verify("CSK0505", "version: «it»", yaml => List(yaml) with { Version = yaml.At("it", version) });

    [Test]
    public void A_version_of_twenty_characters() => Ok("", yaml => Rule(yaml) with { Version = yaml.Any("1.0.1234567890123456") });

    [Test]
    public void A_guid_of_zeros() => Verify("CSK0506", "id: «zero»", yaml => Rule(yaml) with { Id = yaml["zero"], Guid = Guid.Empty });

    [TestCase("e5f6a7b8-c9d0-41e2-f3a4-b5c6d7e8f9a0")]
    [TestCase("e5f6a7b8-c9d0-01e2-a3a4-b5c6d7e8f9a0")]
    public void A_guid_typed_by_hand(string guid)
    {
        var finding = Verify("CSK0507", "id: «typed»", yaml => Rule(yaml) with { Id = yaml["typed"], Guid = new(guid) });
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Warning));
        Assert.That(finding.Message, Does.Contain(guid));
    }

    [TestCase("Con")]
    [TestCase("nul")]
    [TestCase("Com1")]
    public void A_file_name_that_is_a_device_on_windows(string name) =>
        Verify("CSK0508", "id: «con»", yaml => Rule(yaml) with { Id = yaml["con"], FileName = name });

    [TestCase("../Rule")]
    [TestCase("a/b")]
    [TestCase("a\\b")]
    [TestCase("Rule.")]
    [TestCase("")]
    public void A_file_name_that_could_leave_its_folder(string name) =>
        Verify("CSK0509", "id: «bad»", yaml => Rule(yaml) with { Id = yaml["bad"], FileName = name });
}
