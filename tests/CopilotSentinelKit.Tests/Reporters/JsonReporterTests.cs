using System.Text.Json.Nodes;
using CopilotSentinelKit.Findings.Reporters;

namespace CopilotSentinelKit.Tests.Reporters;

internal sealed class JsonReporterTests
{
    [Test]
    public void All_of_a_finding_is_there()
    {
        var root = JsonNode.Parse(FindingReports.Write(ReportFormat.Json, SampleReport.Whole))!;
        Assert.That(root["version"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(root["tool"]!.ToJsonString(), Is.EqualTo("{\"name\":\"CopilotSentinelKit\",\"version\":\"1.2.3\"}"));
        Assert.That(root["summary"]!.ToJsonString(), Is.EqualTo("{\"files\":2,\"errors\":1,\"warnings\":1,\"notes\":1,\"suppressed\":1}"));
        var findings = root["findings"]!.AsArray();
        Assert.That(findings.Select(finding => $"{finding!["code"]} {finding["severity"]} {Place(finding)}"), Is.EqualTo(
            ["CSK0560 warning 2:1-3:1", "CSK0520 error 2:11-2:13", "CSK0521 error 5:5-5:10", "KS999 note 6:1-6:1"]));

        var error = findings[1]!;
        Assert.That(error["path"]!.GetValue<string>(), Is.EqualTo(SampleReport.Path));
        Assert.That(error["message"]!.GetValue<string>(), Is.EqualTo("The name \"<&>]]>\u0001\uFFFD\" is:\r\nwrong, 100%. {0} [a](1)"));
        Assert.That($"{error["related"]![0]!["message"]} {Place(error["related"]![0]!)}", Is.EqualTo("the first 1:1-1:3"));
        Assert.That(error["fix"]!["title"]!.GetValue<string>(), Is.EqualTo("Write \"b\""));
        Assert.That($"{error["fix"]!["edits"]![0]!["text"]} {Place(error["fix"]!["edits"]![0]!)}", Is.EqualTo("b\u0001 2:11-2:13"));
        Assert.That(error["suppressed"], Is.Null);

        var suppressed = findings[2]!["suppressed"]!;
        Assert.That($"{suppressed["by"]} {suppressed["reason"]} {suppressed["expires"]} {Place(suppressed)}", Is.EqualTo("comment Seen \"and\" accepted. 2027-01-31 4:3-4:4"));
    }

    [Test]
    public void Every_finding_has_every_member()
    {
        var findings = JsonNode.Parse(FindingReports.Write(ReportFormat.Json, SampleReport.Whole))!["findings"]!.AsArray();
        foreach (var finding in findings)
        {
            Assert.That(finding!.AsObject().Select(member => member.Key), Is.EqualTo(["code", "severity", "message", "path", "start", "end", "related", "fix", "suppressed"]));
        }
    }

    [Test]
    public void Nothing_found_is_an_empty_list() =>
        Assert.That(JsonNode.Parse(FindingReports.Write(ReportFormat.Json, SampleReport.Empty))!["findings"]!.AsArray(), Is.Empty);

    private static string Place(JsonNode node) =>
        $"{node["start"]!["line"]}:{node["start"]!["column"]}-{node["end"]!["line"]}:{node["end"]!["column"]}";
}
