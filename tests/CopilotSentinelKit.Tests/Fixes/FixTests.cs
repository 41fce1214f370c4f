using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Spec;

namespace CopilotSentinelKit.Tests.Fixes;

/// <summary>Which findings of the reader bring a fix, and what it makes of the text.</summary>
internal sealed class FixTests
{
    [TestCase("severity: high", "severity: High")]
    [TestCase("severity: \"HIGH\" # why", "severity: \"High\" # why")]
    [TestCase("Name: A name", "name: A name", "name")]
    [TestCase("enabled: True", "enabled: true")]
    [TestCase("enabled: 'false'", "enabled: false")]
    [TestCase("name: 5", "name: \"5\"")]
    [TestCase("name: true", "name: \"true\"")]
    [TestCase("schedule: { every: 1H, lookback: 1h }", "schedule: { every: 1h, lookback: 1h }")]
    [TestCase("attack: { techniques: [t1562.001] }", "attack: { techniques: [T1562.001] }")]
    [TestCase("owasp: ['llm01']", "owasp: ['LLM01']")]
    [TestCase("id: A-Detection", "id: a-detection")]
    [TestCase("references: [https://learn.microsoft.com/en-us/azure/]", "references: [https://learn.microsoft.com/azure/]")]
    public void One_right_answer_is_a_fix(string entry, string right, string? without = null)
    {
        var text = without is null ? Samples.With(entry) : Samples.Without(without, entry);
        var findings = Read(text);
        var finding = findings.Single(finding => finding.Fix is not null);
        var made = TextEdits.Apply(text, finding.Fix!.Edits);
        Assert.That(made, Is.EqualTo(text.Replace(entry, right, StringComparison.Ordinal)));
        Assert.That(Read(made), Is.Empty);
        Assert.That(finding.Fix.Title, Does.StartWith("Write "));
    }

    // A near miss is a suggestion; a key that is there already cannot be written a second time; other letters would mean other things.
    [TestCase("severity: Hihg")]
    [TestCase("Name: A name")]
    [TestCase("nam: A name")]
    [TestCase("enabled: yes")]
    [TestCase("enabled: 1")]
    [TestCase("schedule: { every: 1w, lookback: 1h }")]
    [TestCase("attack: { techniques: [1562] }")]
    [TestCase("severity: \"h\\u0069gh\"")]
    public void What_a_person_has_to_decide_is_none(string entry)
    {
        var findings = Read(Samples.With(entry));
        Assert.That(findings, Is.Not.Empty);
        Assert.That(findings.Select(finding => finding.Fix), Is.All.Null);
    }

    [TestCase("[a, b, a]", "[a, b]")]
    [TestCase("[a, 'b' ,  'b']", "[a, 'b' ]")]
    [TestCase("[a,\n  b,\n  a\n  ]", "[a,\n  b\n  ]")]
    [TestCase("\n  - a\n  - b\n  - a\n  - c", "\n  - a\n  - b\n  - c")]
    [TestCase("\r\n- a\r\n- a\r\n- c", "\r\n- a\r\n- c")]
    [TestCase("\n  - a\n  - b\n  - a # this is why", null)]
    [TestCase("[a, # this is why\n  a]", null)]
    public void A_repeated_item_goes_with_its_comma_or_line(string list, string? right)
    {
        var file = new SourceFile("a.yaml", $"list: {list}\nmore: x\n");
        var items = ((YamlList)((YamlMap)YamlReader.Read(file, [])!)["list"]!).Items.Cast<YamlText>().ToList();
        var repeated = items.GroupBy(item => item.Value).Single(group => group.Count() > 1).Last();
        var fix = CopilotSentinelKit.Kql.Text.Fixes.RemoveItem(repeated.Span, repeated.Value);
        Assert.That(fix is null ? null : TextEdits.Apply(file.Text, fix.Edits), Is.EqualTo(right is null ? null : $"list: {right}\nmore: x\n"));
    }

    [TestCase("query: |\n  T\n  | where A == 1\n", "where", "where")]
    [TestCase("query: T | where A == 1\n", "where", "where")]
    [TestCase("query: \"T | where A == 1\"\n", "where", "where")]
    [TestCase("query: \"T \\u007C where A == 1\"\n", "where", "where")]
    [TestCase("query: >\n  T\n  | where A == 1\n", "where", null)]
    [TestCase("query: |\n  T\n  | where A == 1\n", "T\n| where", null)]
    public void A_place_in_a_query_is_known_where_the_text_is_verbatim(string yaml, string part, string? found)
    {
        var text = (YamlText)((YamlMap)YamlReader.Read(new("a.yaml", yaml), [])!)["query"]!;
        var query = new Query(text.Value, [new(0, text.Value.Length, text.Locate)], text.Span);
        var start = query.Text.IndexOf(part, StringComparison.Ordinal);
        Assert.That(query.Verbatim(start, part.Length)?.Text, Is.EqualTo(found));
        Assert.That(query.Verbatim(start, 0)?.Start, Is.EqualTo(found is null && part != "T\n| where" ? null : yaml.IndexOf(part[..1] == "T" ? "T\n" : part, StringComparison.Ordinal)));
    }

    private static ImmutableArray<Finding> Read(string text) =>
        SpecReader.Read([new("rules/detections/a.yaml", "a.yaml", Encoding.UTF8.GetBytes(text))]).Findings;
}
