using System.Text.Json.Nodes;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Reporters;

internal sealed class FingerprintTests
{
    private const string Text = "id: a\nquery: |\n  T\n  | where a\nlast: b\n";

    [TestCase("# more\n\n" + Text)]
    [TestCase("# more\r\n" + Text)]
    [TestCase("id: a\nquery: |\n  T\n    | where  a\nlast: b\n", Description = "indented anew: GitHub's hash skips white space")]
    public void Lines_above_change_nothing(string moved)
    {
        var names = moved.Contains("  a\n", StringComparison.Ordinal) ? new[] { "primaryLocationLineHash" } : ["primaryLocationLineHash", "cskFinding/v1"];
        foreach (var name in names)
        {
            Assert.That(Of(moved, name, "where"), Is.EqualTo(Of(Text, name, "where")));
        }
    }

    [Test]
    public void Another_line_another_code_and_another_path_give_others()
    {
        var one = SampleReport.At(Text, "where");
        var all = new[]
        {
            one,
            SampleReport.At(Text.Replace("where a", "where b", StringComparison.Ordinal), "where"),
            one with { Findings = [one.Findings[0] with { Code = "CSK0521" }] },
            one with { FromRoot = path => "sub/" + path },
        };
        Assert.That(all.Select(report => Fingerprint(report)[0]["cskFinding/v1"]!.GetValue<string>()), Is.Unique.And.All.Match("^[0-9a-f]{32}$"));
    }

    [Test]
    public void Equal_lines_and_two_findings_on_a_line_are_told_apart()
    {
        var text = "a: x\nb: 1\na: x\n";
        var file = new SourceFile("a.yaml", text);
        var findings = new[] { (0, 1), (3, 1), (10, 1) }.Select(at => Finding.Warning("CSK0520", new(file, at.Item1, at.Item2), "A message."));
        var report = new FindingReport([.. findings], []);
        Assert.That(Fingerprint(report).Select(fingerprint => fingerprint["cskFinding/v1"]!.GetValue<string>()), Is.Unique);
    }

    // The values that github/codeql-action expects in the tests of its own function.
    [TestCase("", "c129715d7a2bc9a3:1")]
    [TestCase(" a\nb\n  \t\tc\n d", "271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1")]
    [TestCase(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1")]
    [TestCase(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1")]
    public void Lines_are_hashed_as_GitHub_does(string text, params string[] expected)
    {
        var hashes = new LineHashes(text);
        Assert.That(Enumerable.Range(1, expected.Length).Select(hashes.Of), Is.EqualTo(expected));
    }

    [Test]
    public void Lines_that_are_alike_are_counted_as_GitHub_does()
    {
        var hashes = new LineHashes(string.Concat(Enumerable.Repeat("Lorem ipsum dolor sit amet.\n", 10)));
        Assert.That(Enumerable.Range(1, 11).Select(hashes.Of), Is.EqualTo(
        [
            "a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3", "a7f2ff13bc495cf2:4", "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6",
            "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1",
        ]));
    }

    private static string Of(string text, string name, string word) => Fingerprint(SampleReport.At(text, word))[0][name]!.GetValue<string>();

    private static List<JsonNode> Fingerprint(FindingReport report) =>
        [.. JsonNode.Parse(FindingReports.Write(ReportFormat.Sarif, report))!["runs"]![0]!["results"]!.AsArray().Select(result => result!["partialFingerprints"]!)];
}
