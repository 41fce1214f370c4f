using System.Text.Json.Nodes;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Reporters;

internal sealed class SarifReporterTests
{
    private const string Uri = "sub/rules/detections/a%20rule%2C%20100%25%20%C3%BC.yaml";

    private static JsonNode Run => Parse(SampleReport.Whole)["runs"]!.AsArray().Single()!;

    [Test]
    public void The_log_names_its_version_and_the_tool()
    {
        var log = Parse(SampleReport.Whole);
        Assert.That(log["version"]!.GetValue<string>(), Is.EqualTo("2.1.0"));
        Assert.That(log["$schema"]!.GetValue<string>(), Is.EqualTo("https://json.schemastore.org/sarif-2.1.0.json"));
        Assert.That($"{Run["tool"]!["driver"]!["name"]} {Run["tool"]!["driver"]!["version"]} {Run["columnKind"]}", Is.EqualTo("CopilotSentinelKit 1.2.3 utf16CodeUnits"));
        Assert.That(Run["originalUriBaseIds"]!["%SRCROOT%"], Is.Not.Null);
    }

    [Test]
    public void Each_result_points_to_its_rule()
    {
        var rules = Run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.That(rules.Select(rule => rule!["id"]!.GetValue<string>()), Is.EqualTo(["CSK0520", "CSK0521", "CSK0560", "KS999"]));
        foreach (var result in Run["results"]!.AsArray())
        {
            Assert.That(rules[result!["ruleIndex"]!.GetValue<int>()]!["id"]!.GetValue<string>(), Is.EqualTo(result["ruleId"]!.GetValue<string>()));
        }
    }

    [Test]
    public void A_rule_says_what_its_page_says()
    {
        var page = FindingPages.Find("CSK0520")!;
        var rule = Run["tool"]!["driver"]!["rules"]![0]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rule["name"]!.GetValue<string>(), Is.EqualTo("TooManyEntityMappings"));
            Assert.That(rule["shortDescription"]!["text"]!.GetValue<string>(), Is.EqualTo(page.Title + "."));
            Assert.That(rule["fullDescription"]!["text"]!.GetValue<string>(), Is.EqualTo(page.ProtectsFrom));
            Assert.That(rule["help"]!["text"]!.GetValue<string>(), Is.EqualTo(page.Body));
            Assert.That(rule["help"]!["markdown"]!.GetValue<string>(), Does.Contain(page.Body).And.Contain("csk explain CSK0520"));
            Assert.That(rule["defaultConfiguration"]!["level"]!.GetValue<string>(), Is.EqualTo("error"));
            Assert.That(rule["properties"]!.ToJsonString(), Is.EqualTo("{\"tags\":[\"" + page.Group + "\"],\"problem.severity\":\"error\"}"));
        }
    }

    /// <summary>What GitHub's upload refuses or cuts.</summary>
    [Test]
    public void Every_code_has_what_code_scanning_asks_for()
    {
        var file = new SourceFile("a.yaml", "x");
        var report = new FindingReport([.. FindingPages.All.Select(page => Finding.Error(page.Code, file.All, "A message."))], []);
        var rules = Parse(report)["runs"]![0]!["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.That(rules, Has.Count.EqualTo(FindingPages.All.Length).And.Count.GreaterThan(50));
        foreach (var rule in rules)
        {
            Assert.That(rule!["name"]!.GetValue<string>(), Does.Match("^[A-Z0-9][A-Za-z0-9]{2,254}$"));
            Assert.That(rule["shortDescription"]!["text"]!.GetValue<string>(), Has.Length.InRange(5, 1024));
            Assert.That(rule["fullDescription"]!["text"]!.GetValue<string>(), Has.Length.InRange(5, 1024));
            Assert.That(rule["help"]!["text"]!.GetValue<string>(), Is.Not.Empty);
            Assert.That(rule["properties"]!["tags"]!.AsArray(), Has.Count.InRange(1, 10));
        }
    }

    [Test]
    public void A_place_is_relative_and_counts_from_one()
    {
        var location = Run["results"]![1]!["locations"]!.AsArray().Single()!["physicalLocation"]!;
        Assert.That(location["artifactLocation"]!.ToJsonString(), Is.EqualTo($"{{\"uri\":\"{Uri}\",\"uriBaseId\":\"%SRCROOT%\"}}"));
        Assert.That(location["region"]!.ToJsonString(), Is.EqualTo("{\"startLine\":2,\"startColumn\":11,\"endLine\":2,\"endColumn\":13}"));
        Assert.That(Run["results"]![0]!["locations"]![0]!["physicalLocation"]!["region"]!.ToJsonString(), Is.EqualTo("{\"startLine\":2,\"startColumn\":1,\"endLine\":3,\"endColumn\":1}"));
    }

    [TestCase("/usr/share/csk/a b.yaml", "file:///usr/share/csk/a%20b.yaml")]
    [TestCase("C:\\kit\\a b.yaml", "file:///C:/kit/a%20b.yaml")]
    public void A_file_elsewhere_has_an_absolute_URI(string path, string uri)
    {
        var file = new SourceFile(path, "x");
        var place = Parse(new([Finding.Error("CSK0520", file.All, "A message.")], []))["runs"]![0]!["results"]![0]!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!;
        Assert.That(place.ToJsonString(), Is.EqualTo($"{{\"uri\":\"{uri}\"}}"));
        Assert.That(new Uri(uri).IsAbsoluteUri, Is.True);
    }

    [Test]
    public void The_rest_of_a_finding_is_there()
    {
        var results = Run["results"]!.AsArray();
        var error = results[1]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(results.Select(result => result!["level"]!.GetValue<string>()), Is.EqualTo(["warning", "error", "error", "note"]));
            Assert.That(error["message"]!["text"]!.GetValue<string>(), Does.EndWith("wrong, 100%. {{0}} [a](1)"));
            Assert.That(error["relatedLocations"]![0]!["message"]!["text"]!.GetValue<string>(), Is.EqualTo("the first"));
            Assert.That(error["fixes"]![0]!["description"]!["text"]!.GetValue<string>(), Is.EqualTo("Write \"b\""));
            Assert.That(error["fixes"]![0]!["artifactChanges"]![0]!["artifactLocation"]!["uri"]!.GetValue<string>(), Is.EqualTo(Uri));
            Assert.That(error["fixes"]![0]!["artifactChanges"]![0]!["replacements"]![0]!["insertedContent"]!["text"]!.GetValue<string>(), Is.EqualTo("b\u0001"));
        }
    }

    [Test]
    public void Suppressed_results_say_why_and_all_others_that_they_are_not()
    {
        var results = Run["results"]!.AsArray();
        Assert.That(results.Select(result => result!["suppressions"]!.AsArray().Count), Is.EqualTo([0, 0, 1, 0]));
        var suppression = results[2]!["suppressions"]![0]!;
        Assert.That($"{suppression["kind"]} {suppression["status"]} {suppression["justification"]} {suppression["properties"]!["expires"]}", Is.EqualTo("inSource accepted Seen \"and\" accepted. 2027-01-31"));
    }

    [Test]
    public void The_same_findings_give_the_same_bytes_in_any_order()
    {
        var text = FindingReports.Write(ReportFormat.Sarif, SampleReport.Whole);
        var turned = SampleReport.Whole with { Findings = [.. SampleReport.Whole.Findings.Reverse()] };
        Assert.That(FindingReports.Write(ReportFormat.Sarif, turned), Is.EqualTo(text));
        Assert.That(text, Does.EndWith("}\n").And.Not.Contain("\r"));
    }

    [Test]
    public void Nothing_found_is_a_run_without_results() =>
        Assert.That(Parse(SampleReport.Empty)["runs"]![0]!["results"]!.AsArray(), Is.Empty);

    private static JsonNode Parse(FindingReport report) => JsonNode.Parse(FindingReports.Write(ReportFormat.Sarif, report))!;
}
