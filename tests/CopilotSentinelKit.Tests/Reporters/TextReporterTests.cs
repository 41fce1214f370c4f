
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Reporters;

internal sealed class TextReporterTests
{
    [Test]
    public void A_file_of_findings_ends_with_their_count()
    {
        var text = FindingReports.Write(ReportFormat.Text, SampleReport.Whole);
        Assert.That(text, Does.EndWith("\n1 error, 1 warning, 1 note, 1 suppressed\n").And.Not.Contain("CSK0521").And.Not.Matches("\e"));
        Assert.That(text, Does.Contain(":2:11: error CSK0520: The name \"<&>]]> "));
        Assert.That(text.Split('\n'), Has.One.EqualTo($"    {SampleReport.Path}:1:1: the first").And.One.EqualTo("    fix: Write \"b\""));
    }

    [Test]
    public void Text_from_a_file_cannot_move_the_cursor()
    {
        var file = new SourceFile("a\e[2J.yaml", "x\e[31m");
        var finding = Finding.Error("CSK0520", file.All, "a\r\nb\e") with { Fix = new("c\e", []) };
        Assert.That(new TextReporter(colour: false).Format(finding.With(file.All, "d\n\e")), Does.Not.Match("[\e\r]"));
    }

    [Test]
    public void Nothing_found_is_an_empty_text() => Assert.That(FindingReports.Write(ReportFormat.Text, SampleReport.Empty), Is.Empty);
}
