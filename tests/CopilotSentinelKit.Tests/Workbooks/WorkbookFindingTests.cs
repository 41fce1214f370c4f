
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Workbooks;

public class WorkbookFindingTests
{
    private const string Used = "  - text: \"{User:label}\"\n";

    [TestCase("KS142", "  - query: |\n      Events({TimeRange:start}, {TimeRange:end})\n      | where «ActorUpnn» in ({User})\n")]
    [TestCase("KS142", "  - query: |\n      Events({TimeRange:start}, {TimeRange:end}) | where ActorUpn in ({User}) and «Other» == 1\n", TestName = "A finding behind a parameter that is longer than its sample keeps its column")]
    [TestCase("CSK0773", "  - query: Events(«{TimeRnge:start}») | where ActorUpn in ({User})\n")]
    [TestCase("CSK0773", "  - query: Events() | where ActorUpn in («{Usr}») or {User}\n", TestName = "Follow-up findings of an unknown parameter stay out")]
    [TestCase("CSK0774", "  - text: \"{User} and «{Nobody}»\"\n")]
    [TestCase("CSK0775", "  - query: Events(«{TimeRange:begin}») | where ActorUpn in ({User})\n")]
    [TestCase("CSK0775", "  - query: Events({TimeRange:start}) | where ActorUpn in («{User:start}»)\n")]
    [TestCase("CSK0404", Used + "  - query: Events({TimeRange:start})\n    columns: { «actorUpn»: { as: text } }\n")]
    [TestCase("CSK0404", Used + "  - query: Events({TimeRange:start})\n    export: { Chosen: «Actor» }\n  - text: \"{Chosen}\"\n")]
    [TestCase("CSK0404", Used + "  - query: Events({TimeRange:start})\n    show: tiles\n    tiles: { title: ActorUpn, value: «Counts» }\n")]
    [TestCase("CSK0404", Used + "  - query: Events({TimeRange:start})\n    show: barchart\n    chart: { x: ActorUpn, y: [Count, «Size»] }\n")]
    [TestCase("CSK0781", Used + "  - query: Events({TimeRange:start}) | project Count, ActorUpn\n    show: «timechart»\n")]
    [TestCase("CSK0781", Used + "  - query: Events({TimeRange:start}) | project TimeGenerated, ActorUpn\n    show: «areachart»\n")]
    [TestCase("CSK0781", Used + "  - query: Events({TimeRange:start}) | project Count\n    show: «piechart»\n")]
    [TestCase("CSK0782", Used + "  - query: Events({TimeRange:start})\n    show: tiles\n    tiles: { title: ActorUpn, value: «More» }\n")]
    [TestCase("CSK0404", Used + "  - query: Events({TimeRange:start})\n    show: map\n    map: { country: «Country», size: Count }\n")]
    [TestCase("CSK0795", Used + "  - query: Events({TimeRange:start})\n    show: map\n    map: { country: ActorUpn, size: «ActorUpn» }\n")]
    [TestCase("CSK0776", Used + "  - query: Events({TimeRange:start}) | project TimeGenerated, Count\n    show: timechart\n    brush: «Span»\n")]
    [TestCase("CSK0775", Used + "  - query: Events({TimeRange:start}) | project TimeGenerated, Count\n    show: timechart\n    brush: Span\n  - query: Events(«{Span:escapejson}»)\n")]
    [TestCase("CSK0776", Used + "  - query: Events({TimeRange:start})\n    export: { «Chosen»: ActorUpn }\n")]
    [TestCase("CSK0779", Used + "  - query: Events({TimeRange:start})\n    export: { «User»: ActorUpn }\n")]
    [TestCase("CSK0780", Used + "  - query: Events({TimeRange:start})\n    export: { Chosen: ActorUpn }\n  - query: Events() | where ActorUpn == \"«{Chosen}»\"\n")]
    [TestCase("CSK0780", Used + "  - query: Events({TimeRange:start})\n    export: { Chosen: ActorUpn }\n  - query: Events() | where ActorUpn == '«{Chosen:escapejson}»'\n")]
    [TestCase("CSK0405", Used + "  - query: _GetWatchlist(\"«Lables»\") | where Id == \"{TimeRange:label}\"\n")]
    public async Task Finding(string code, string items) => await Verify(code, BuiltWorkbook.With("items:\n" + items));

    [TestCase("  - query: |\n      Events({TimeRange:start}, {TimeRange:end})\n      | where \"*\" in ({User}) or ActorUpn in ({User})\n      | summarize sum(Count) by bin(TimeGenerated, {TimeRange:grain})\n    show: timechart\n")]
    [TestCase("  - query: Events() | where TimeGenerated {TimeRange} and ActorUpn in ({User})\n    export: { Chosen: ActorUpn }\n  - query: Events() | where ActorUpn == \"{Chosen:escapejson}\"\n    title: Of {Chosen}\n")]
    [TestCase("  - query: |\n      Events() | where TimeGenerated {TimeRange:query} and ActorUpn in ({User}) | extend A = dynamic({ \"a\": 1 })\n")]
    public async Task No_finding(string items)
    {
        var built = await BuiltWorkbook.FromAsync(BuiltWorkbook.With("items:\n" + items));
        Assert.That(built.Findings.Select(finding => $"{finding.Span} {finding.Code} {finding.Message}"), Is.Empty);
    }

    [Test]
    public async Task A_finding_in_a_definition_is_there_once_and_where_it_was_written() => await Verify("KS142", BuiltWorkbook.With("""
        define:
          Mine: |
            Events({TimeRange:start}, {TimeRange:end})
            | where «Actor» in ({User})
          Mine2: Mine | take 5
        items:
          - query: Mine2
          - query: Mine | count
        """));

    [Test]
    public async Task A_workbook_without_a_time_range() => await Verify("CSK0777", """
        id: «a-book»
        version: 1.0.0
        name: A book
        description: What it shows.
        parameters: { Text: { text: "" } }
        items: [{ text: "{Text}" }]
        """);

    [Test]
    public async Task A_parameter_that_uses_a_later_one() => await Verify("CSK0778", """
        id: a-book
        version: 1.0.0
        name: A book
        description: What it shows.
        parameters:
          User: { query: "Events(«{TimeRange:start}») | distinct ActorUpn" }
          TimeRange: { timeRange: [1d], default: 1d }
        items: [{ text: "{User}" }]
        """);

    [Test]
    public async Task A_wrong_template_leaves_the_workbook_out()
    {
        var built = await BuiltWorkbook.FromAsync(BuiltWorkbook.With("items:\n  - query: Events() | where {{ who | kql }}\n"));
        Assert.That(built.Content, Is.Null);
        Assert.That(built.Findings.Select(finding => (finding.Code, finding.Span.Position)), Is.EqualTo([("CSK0302", (9, 32))]));
    }

    private static async Task Verify(string code, string marked)
    {
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        var yaml = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        var findings = (await BuiltWorkbook.FromAsync(yaml)).Findings;
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]), () => string.Join('\n', findings.Select(Shown)));
        Assert.That((findings[0].Span.Start, findings[0].Span.Text), Is.EqualTo((start, yaml[start..end])));
        Assert.That(findings[0].Span.Position.Line, Is.EqualTo(yaml[..start].Count(c => c == '\n') + 1));
    }

    private static string Shown(Finding finding) => $"{finding.Span} {finding.Code} {finding.Message}";
}
