using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Spec;

public class YamlReaderTests
{
    // An empty file
    [TestCase("CSK0105", "«»")]
    [TestCase("CSK0105", "«»# a comment\n\n")]
    [TestCase("CSK0105", "«»---\n")]
    // Syntax
    [TestCase("CSK0106", "a: [1, 2«»")]
    [TestCase("CSK0106", "a: 1\nb: «@»x\n")]
    [TestCase("CSK0106", "a: «\"»x")]
    [TestCase("CSK0106", "a: b«:» c\n")]
    // Tabs
    [TestCase("CSK0107", "a:\n«\t»b: 1\n")]
    [TestCase("CSK0107", "a:\n  b: 1\n«\t»c: 2\n")]
    [TestCase("CSK0107", "a:\r\n«\t»- b\r\n")]
    // Documents
    [TestCase("CSK0108", "a: 1\n«---»\nb: 2\n")]
    // Keys
    [TestCase("CSK0109", "a: 1\nb: 2\n«a»: 3\n")]
    [TestCase("CSK0109", "x: { a: 1, «'a'»: 2 }\r\n")]
    [TestCase("CSK0111", "? «[a, b]»\n: c\n")]
    [TestCase("CSK0111", "«{a: b}»: c\n")]
    [TestCase("CSK0112", "a: &a { b: 1 }\nc:\n  «<<»: *a\n")]
    // Tags
    [TestCase("CSK0110", "a: «!!python/object:os.system» x\n")]
    [TestCase("CSK0110", "a: &x «!local» [b]\n")]
    [TestCase("CSK0110", "a: «!» 1\n")]
    // Aliases
    [TestCase("CSK0115", "a: &one 1\nb: «*ono»\n")]
    [TestCase("CSK0115", "a: &a [«*a»]\n")]
    public void Finding(string code, string marked) => Marked.Verify((root, _) => root, code, marked);

    [TestCase("---\na: 1\n...\n")]
    [TestCase("%YAML 1.2\n---\na: 1\n")]
    [TestCase("a: 1\nb: { a: 2 }\nc: [{ a: 3 }, { a: 4 }]\n")]
    [TestCase("a: |\n  \ttab inside a block\nb: \"x\ty\"\n")]
    [TestCase("a: &x { b: 1 }\nc: *x\nd: [*x, *x]\n")]
    [TestCase("\"a b\": 'it''s'\n\"<<\": 1\n")]
    [TestCase("a:\r\n  - b\r\n  - c\r\n")]
    public void No_finding(string yaml) => Marked.Ok((root, _) => root, yaml);

    [Test]
    public void A_duplicate_key_shows_both_places_and_the_first_counts()
    {
        var (root, findings) = Read("a: 1\na: 2\na: 3\n");
        Assert.That(findings.Select(finding => (finding.Span.Position.Line, finding.Related.Single().Span.Position)), Is.EqualTo([(2, (1, 1)), (3, (1, 1))]));
        Assert.That((((YamlMap)root!)["a"] as YamlText)?.Value, Is.EqualTo("1"));
    }

    [Test]
    public void Aliases_that_multiply_are_stopped()
    {
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat("bcdefghij".Select((name, index) =>
            $"{name}: &{name} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + index)}", 10))}]\n"));
        var (root, findings) = Read(bomb);
        Assert.That(root, Is.Null);
        Assert.That(findings.Single().Code, Is.EqualTo("CSK0114"));
        Assert.That(findings.Single().Span.Text, Is.EqualTo("*d"));
    }

    [Test]
    public void Depth_has_a_limit_that_aliases_cannot_pass()
    {
        Assert.That(Read(new string('[', 64) + new string(']', 64)).Findings, Is.Empty);
        Assert.That(Read(new string('[', 65) + new string(']', 65)).Findings.Single().Code, Is.EqualTo("CSK0113"));
        var chain = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 80).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n"));
        var finding = Read(chain).Findings.Single();
        Assert.That(finding.Code, Is.EqualTo("CSK0113"));
        Assert.That(finding.Span.Text, Is.EqualTo("*a62"));
    }

    [Test]
    public void A_large_file_without_aliases_meets_no_limit()
    {
        var rows = string.Concat(Enumerable.Range(0, 15_000).Select(i => $"- {{ a: {i}, b: x }}\n"));
        Assert.That(Read(rows).Findings, Is.Empty);
    }

    [TestCase("\n"), TestCase("\r\n")]
    public void Spans_are_exact(string lineEnd)
    {
        const string yaml = "# 😀\na: &x  plain text # comment\n😀b: \"double\\tquoted\"\nc:\n  - 'single'\n  - { d: 1, e: [2] }\n\n# end\nf: >-\n  folded\n  text\n\ng: &y\n  # why\n  h: i\n";
        var (root, findings) = Read(yaml.Replace("\n", lineEnd, StringComparison.Ordinal));
        Assert.That(findings, Is.Empty);
        var map = (YamlMap)root!;
        var list = (YamlList)map["c"]!;
        Assert.Multiple(() =>
        {
            Assert.That(map["a"]!.Span.Text, Is.EqualTo("plain text"));
            Assert.That(map.Entries[1].Key.Span.Text, Is.EqualTo("😀b"));
            Assert.That(map["😀b"]!.Span.Text, Is.EqualTo("\"double\\tquoted\""));
            Assert.That(map["😀b"]!.Span.Position, Is.EqualTo((3, 6)));
            Assert.That(list.Items[0].Span.Text, Is.EqualTo("'single'"));
            Assert.That(list.Items[1].Span.Text, Is.EqualTo("{ d: 1, e: [2] }"));
            Assert.That(list.Span.Text, Does.StartWith("- 'single'").And.EndsWith("[2] }"));
            Assert.That(map["f"]!.Span.Text, Is.EqualTo($">-{lineEnd}  folded{lineEnd}  text"));
            Assert.That(map["g"]!.Span.Text, Is.EqualTo("h: i"));
            Assert.That(map.Span.Text, Does.StartWith("a: ").And.EndsWith("h: i"));
        });
    }

    [TestCase("\\uD83D\\uDE00", "😀"), TestCase("\\U0001F600", "😀"), TestCase("\\x41\\u00e9", "Aé")]
    public void Escapes_give_whole_characters(string escape, string value) =>
        Assert.That(((Read($"a: \"{escape}\"\n").Root as YamlMap)?["a"] as YamlText)?.Value, Is.EqualTo(value));

    [TestCase("\\uD800"), TestCase("\\uDC00x"), TestCase("\\uD83D"), TestCase("\\U00110000")]
    public void Escapes_of_half_characters_are_refused(string escape) =>
        Assert.That(Read($"a: \"{escape}\"\n").Findings.Select(finding => finding.Code), Is.EqualTo(["CSK0106"]));

    private static (YamlValue? Root, List<Finding> Findings) Read(string yaml)
    {
        var findings = new List<Finding>();
        return (YamlReader.Read(new("a.yaml", yaml), findings), findings);
    }
}
