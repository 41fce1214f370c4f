using System.Xml.Linq;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Reporters;

internal sealed class JUnitReporterTests
{
    [Test]
    public void A_file_is_a_test_case_that_fails_with_its_errors()
    {
        var suite = Suite(SampleReport.Whole);
        Assert.That(suite.Attributes().Select(attribute => attribute.ToString()), Is.EqualTo(
            ["name=\"csk\"", "tests=\"2\"", "failures=\"1\"", "errors=\"0\"", "skipped=\"0\""]));
        var cases = suite.Elements("testcase").ToList();
        Assert.That(cases.Select(test => test.Attribute("name")!.Value), Is.EqualTo(["sub/" + SampleReport.Path, "sub/rules/mapping.yaml"]));
        Assert.That(cases[1].Elements(), Is.Empty);

        var failure = cases[0].Element("failure")!;
        Assert.That(failure.Attribute("type")!.Value, Is.EqualTo("CSK0520"));
        Assert.That(failure.Attribute("message")!.Value, Does.StartWith("The name \"<&>]]>\uFFFD\uFFFD\" is:"));
        Assert.That(failure.Value, Does.Contain("2:11: error CSK0520: ").And.Contain("~~").And.Contain("fix: Write \"b\"").And.Not.Contain("CSK0560"));
        var output = cases[0].Element("system-out")!.Value;
        Assert.That(output, Does.Contain("warning CSK0560").And.Contain("note KS999").And.Contain("suppressed until 2027-01-31").And.Contain("Seen \"and\" accepted."));
    }

    [Test]
    public void What_makes_the_run_fail_makes_the_case_fail()
    {
        var warning = SampleReport.At("a", "a");
        Assert.That(Suite(warning).Descendants("failure"), Is.Empty);
        Assert.That(Suite(warning with { FailOn = FindingSeverity.Warning }).Descendants("failure").Single().Attribute("message")!.Value, Is.EqualTo("A message."));
        Assert.That(Suite(SampleReport.At("a b", "a", "b") with { FailOn = FindingSeverity.Information }).Descendants("failure").Single().Attribute("message")!.Value, Is.EqualTo("2 warnings"));
    }

    [Test]
    public void Every_character_gives_sound_XML()
    {
        var all = string.Concat(Enumerable.Range(0, 0x10000).Select(value => (char)value));
        var file = new SourceFile("a.yaml", all);
        var suite = Suite(new([Finding.Error("CSK0520", file.All, all)], []));
        Assert.That(suite.Descendants("failure").Single().Attribute("message")!.Value, Has.Length.GreaterThan(0xF000));
    }

    private static XElement Suite(FindingReport report) => XDocument.Parse(FindingReports.Write(ReportFormat.JUnit, report)).Root!.Element("testsuite")!;
}
