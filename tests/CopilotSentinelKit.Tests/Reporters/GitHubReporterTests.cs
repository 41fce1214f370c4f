
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Reporters;

internal sealed class GitHubReporterTests
{
    [Test]
    public void Each_finding_that_counts_is_one_line() =>
        Assert.That(FindingReports.Write(ReportFormat.GitHub, SampleReport.Whole).Split('\n'), Is.EqualTo(new[]
        {
            "::warning file=sub/rules/detections/a rule%2C 100%25 ü.yaml,line=2,endLine=3,title=CSK0560 " + Title("CSK0560") + "::Over two lines.",
            "::error file=sub/rules/detections/a rule%2C 100%25 ü.yaml,line=2,endLine=2,col=11,endColumn=13,title=CSK0520 " + Title("CSK0520")
                + "::The name \"<&>]]> \uFFFD\" is:%0Awrong, 100%25. {0} [a](1)%0AFix: Write \"b\"",
            "::notice file=sub/rules/detections/a rule%2C 100%25 ü.yaml,line=6,endLine=6,col=1,endColumn=1,title=KS999::At the end.",
            "",
        }));

    [Test]
    public void A_title_cannot_end_the_properties()
    {
        var file = new SourceFile("a:b,c.yaml", "x");
        var text = FindingReports.Write(ReportFormat.GitHub, new([Finding.Error("KS999", file.All, "a::b")], []));
        Assert.That(text, Is.EqualTo("::error file=a%3Ab%2Cc.yaml,line=1,endLine=1,col=1,endColumn=2,title=KS999::a::b\n"));
    }

    [TestCase(10, 10)]
    [TestCase(11, 12)]
    public void More_than_GitHub_shows_is_said(int count, int lines)
    {
        var file = new SourceFile("a.yaml", new string('x', count));
        var text = FindingReports.Write(ReportFormat.GitHub, new([.. Enumerable.Range(0, count).Select(at => Finding.Error("KS999", new(file, at, 1), "x"))], []));
        Assert.That(text.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(lines));
        Assert.That(text.Contains("11 errors; GitHub shows at most 10 of each severity", StringComparison.Ordinal), Is.EqualTo(count > 10));
    }

    [Test]
    public void Nothing_found_is_no_line() => Assert.That(FindingReports.Write(ReportFormat.GitHub, SampleReport.Empty), Is.Empty);

    private static string Title(string code) => FindingPages.Find(code)!.Title.Replace(",", "%2C", StringComparison.Ordinal).Replace(":", "%3A", StringComparison.Ordinal);
}
