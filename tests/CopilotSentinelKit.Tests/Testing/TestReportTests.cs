using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Tests.Testing;

internal sealed class TestReportTests
{
    private static readonly SourceFile File = new("rules/detections/ü, 100%.yaml", "id: b\ntests:\n  - name: at the edge\n  - name: \"second:\n      one\"\n");

    private static readonly TestReport Report = new(
    [
        Result("b-rule", "at the edge", "CopilotActivity", TestOutcome.Passed, "at the edge"),
        Result("b-rule", "second: one", "", TestOutcome.NotRunnable, "\"second:\n      one\"", "The operator \"evaluate\" is not known."),
        Result("b-rule", "at the edge", "CloudAppEvents", TestOutcome.Failed, "at the edge", "1 row expected, 0 found.", "- { Actor: <a>&\u0001\ud800, 100% }", "12 rows after line 3, 0 after line 4."),
        Result("a-hunt", "fires", "all sources", TestOutcome.Passed, "b"),
    ])
    {
        Version = "1.2.3",
        FromRoot = path => "sub/" + path,
    };

    [Test]
    public void People_read_what_did_not_pass_and_why() => Assert.That(TestReports.Write(ReportFormat.Text, Report), Is.EqualTo("""
        rules/detections/ü, 100%.yaml:3:11: failed: b-rule: at the edge (CloudAppEvents)
            1 row expected, 0 found.
            - { Actor: <a>& X, 100% }
            12 rows after line 3, 0 after line 4.
        rules/detections/ü, 100%.yaml:4:11: cannot run: b-rule: second: one
            The operator "evaluate" is not known.
        4 tests: 2 passed, 1 failed, 1 not runnable.

        """.Replace('X', '\uFFFD')));

    [Test]
    public void On_a_terminal_the_outcome_has_a_colour()
    {
        var reporter = new TextTestReporter(colour: true);
        Assert.That(Report.Results.Select(reporter.Format).Select(text => text.Split(": ")[1]), Is.EqualTo(["\e[32mpassed\e[0m", "\e[33mcannot run\e[0m", "\e[31mfailed\e[0m", "\e[32mpassed\e[0m"]));
        Assert.That(new TextTestReporter(colour: false).Format(Report.Results[2]).Where(char.IsControl), Has.All.EqualTo('\n'));
    }

    [Test]
    public void JUnit_has_a_suite_for_each_target()
    {
        var suites = XDocument.Parse(TestReports.Write(ReportFormat.JUnit, Report)).Root!.Elements("testsuite").ToList();
        Assert.That(suites.Select(suite => string.Join(' ', suite.Attributes())), Is.EqualTo(
            ["name=\"a-hunt\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\"", "name=\"b-rule\" tests=\"3\" failures=\"1\" errors=\"1\" skipped=\"0\""]));
        var cases = suites[1].Elements().ToList();
        Assert.That(cases.Select(test => string.Join(' ', test.Attributes())), Is.EqualTo(
        [
            "name=\"at the edge (CloudAppEvents)\" classname=\"b-rule\" file=\"sub/rules/detections/ü, 100%.yaml\" line=\"3\"",
            "name=\"at the edge (CopilotActivity)\" classname=\"b-rule\" file=\"sub/rules/detections/ü, 100%.yaml\" line=\"3\"",
            "name=\"second: one\" classname=\"b-rule\" file=\"sub/rules/detections/ü, 100%.yaml\" line=\"4\"",
        ]));
        Assert.That(cases[1].Elements(), Is.Empty);
        Assert.That(cases[0].Elements().Single().ToString(), Is.EqualTo(
            "<failure type=\"failed\" message=\"1 row expected, 0 found.\">\n1 row expected, 0 found.\n- { Actor: &lt;a&gt;&amp;\uFFFD\uFFFD, 100% }\n12 rows after line 3, 0 after line 4.\n</failure>"));
        Assert.That(cases[2].Element("error")!.Attribute("message")!.Value, Is.EqualTo("The operator \"evaluate\" is not known."));
    }

    [Test]
    public void JSON_has_every_test_in_order()
    {
        var root = JsonNode.Parse(TestReports.Write(ReportFormat.Json, Report))!;
        Assert.That(root["version"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(root["tool"]!.ToJsonString(), Is.EqualTo("{\"name\":\"CopilotSentinelKit\",\"version\":\"1.2.3\"}"));
        Assert.That(root["summary"]!.ToJsonString(), Is.EqualTo("{\"tests\":4,\"passed\":2,\"failed\":1,\"notRunnable\":1}"));
        var tests = root["tests"]!.AsArray();
        Assert.That(tests.Select(test => (string?)test!["target"] + "/" + (string?)test["name"] + "/" + ((string?)test["source"] ?? "none") + "/" + (string?)test["outcome"]), Is.EqualTo(
            ["a-hunt/fires/all sources/passed", "b-rule/at the edge/CloudAppEvents/failed", "b-rule/at the edge/CopilotActivity/passed", "b-rule/second: one/none/notRunnable"]));
        Assert.That(tests[3]!["start"]!.ToJsonString() + tests[3]!["end"]!.ToJsonString(), Is.EqualTo("{\"line\":4,\"column\":11}{\"line\":5,\"column\":11}"));
        Assert.That((string?)tests[3]!["path"], Is.EqualTo(File.Path));
        Assert.That(tests[1]!["explanation"]!.AsArray().Select(line => (string?)line), Is.EqualTo(["1 row expected, 0 found.", "- { Actor: <a>&\u0001\uFFFD, 100% }", "12 rows after line 3, 0 after line 4."]));
    }

    [Test]
    public void GitHub_shows_what_did_not_pass_beside_the_test() => Assert.That(TestReports.Write(ReportFormat.GitHub, Report).Split('\n'), Is.EqualTo(
    [
        "::error file=sub/rules/detections/ü%2C 100%25.yaml,line=3,endLine=3,col=11,endColumn=22,title=b-rule%3A at the edge (CloudAppEvents) failed::1 row expected, 0 found.%0A- { Actor: <a>& \uFFFD, 100%25 }%0A12 rows after line 3, 0 after line 4.",
        "::error file=sub/rules/detections/ü%2C 100%25.yaml,line=4,endLine=5,title=b-rule%3A second%3A one cannot run::The operator \"evaluate\" is not known.",
        "4 tests: 2 passed, 1 failed, 1 not runnable.",
        "",
    ]));

    [Test]
    public void More_than_GitHub_shows_is_said()
    {
        var many = new TestReport([.. Enumerable.Range(0, 11).Select(_ => Report.Results[2])]);
        Assert.That(TestReports.Write(ReportFormat.GitHub, many), Does.EndWith("\n11 tests: 11 failed; GitHub shows at most 10 of them beside the code.\n"));
    }

    [TestCase(ReportFormat.Text), TestCase(ReportFormat.Json), TestCase(ReportFormat.GitHub), TestCase(ReportFormat.JUnit)]
    public void The_order_of_the_results_changes_nothing(ReportFormat format)
    {
        Assert.That(TestReports.Write(format, Report with { Results = [.. Report.Results.Reverse()] }), Is.EqualTo(TestReports.Write(format, Report)));
        Assert.That(TestReports.Write(format, Report), Does.EndWith("\n").And.Not.Contain("\r"));
    }

    [Test]
    public void No_test_is_a_report_too()
    {
        var none = new TestReport([]);
        Assert.That(TestReports.Write(ReportFormat.Text, none), Is.EqualTo("0 tests.\n"));
        Assert.That(TestReports.Write(ReportFormat.GitHub, none), Is.EqualTo("0 tests.\n"));
        Assert.That(XDocument.Parse(TestReports.Write(ReportFormat.JUnit, none)).Root!.Elements(), Is.Empty);
        Assert.That(JsonNode.Parse(TestReports.Write(ReportFormat.Json, none))!["tests"]!.AsArray(), Is.Empty);
        Assert.That((none with { Results = [Report.Results[0]] }).Summary, Is.EqualTo("1 test: 1 passed"));
    }

    private static TestResult Result(string target, string name, string source, TestOutcome outcome, string place, params ImmutableArray<string> explanation) =>
        new(target, name, source, new(File, File.Text.IndexOf(place, StringComparison.Ordinal), place.Length), outcome, explanation);
}
