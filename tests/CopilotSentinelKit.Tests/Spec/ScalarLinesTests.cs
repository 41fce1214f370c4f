using System.Text;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Spec;

/// <summary>KQL findings point through these offsets, so each must be exact.</summary>
public class ScalarLinesTests
{
    private static readonly string[] Chompings = ["", "-", "+"];

    private static readonly string[] Pieces = ["x", " ", "😀", "# ", ": ", "\"", "\t", "- ", "é"];

    [TestCase("a: plain text\n", "plain text")]
    [TestCase("a: 'single'\n", "single")]
    [TestCase("a: \"double\"\n", "double")]
    [TestCase("a: ''\n", "")]
    [TestCase("a: &x \"double\"\n", "double")]
    [TestCase("a: |\n  one\n  two\n", "one\ntwo\n")]
    [TestCase("a: |-\r\n  one\r\n  two\r\n", "one\ntwo")]
    [TestCase("a: |+\n  one\n\n\n", "one\n\n\n")]
    [TestCase("a: |\n\n\n  one\n \n\n    two\n\nb: c\n", "\n\none\n\n\n  two\n")]
    [TestCase("a: |2\n    one\n  two\n", "  one\ntwo\n")]
    [TestCase("a: |2-  # a comment\n\n   one", "\n one")]
    [TestCase("a: &x |\n  one 😀 two\n  three", "one 😀 two\nthree")]
    [TestCase("a: |\n  one  \n    \n  two\n", "one  \n  \ntwo\n")]
    [TestCase("a:\n  - |\n    | where x\n    \t| take 1\n", "| where x\n\t| take 1\n")]
    public void Verbatim_scalars_have_a_place_for_each_character(string yaml, string value)
    {
        var text = First(yaml);
        Assert.That(text.Value, Is.EqualTo(value));
        AssertExact(text);
    }

    [TestCase("a: \"tab\\tend\"\n", "end")]
    [TestCase("a: \"one\n\n  two\"\n", "two")]
    public void Double_quoted_scalars_have_a_place_for_each_character(string yaml, string end)
    {
        var text = First(yaml);
        Assert.That(text.Locate(text.Value.Length - end.Length, end.Length).Text, Is.EqualTo(end));
    }

    [TestCase("a: >\n  one\n  two\n", "one two\n")]
    [TestCase("a: 'it''s'\n", "it's")]
    [TestCase("a: 'a'''\n", "a'")]
    [TestCase("a: one\n  two\n", "one two")]
    public void Other_scalars_are_known_as_a_whole(string yaml, string value)
    {
        var text = First(yaml);
        Assert.Multiple(() =>
        {
            Assert.That(text.Value, Is.EqualTo(value));
            Assert.That(text.LineStarts, Is.Empty);
            Assert.That(text.Locate(1, 1), Is.EqualTo(text.Span));
        });
    }

    [Test]
    public void The_end_of_a_block_is_the_end_of_its_last_line()
    {
        var text = First("a: |\n  one\n  two\n\nb: c\n");
        Assert.That(text.Locate(text.Value.Length, 0).Position, Is.EqualTo((3, 6)));
        Assert.That(text.Span.Text, Is.EqualTo("|\n  one\n  two"));
    }

    [Test]
    public void Any_literal_block_is_exact()
    {
        var random = new Random(11);
        for (var i = 0; i < 3000; i++)
        {
            var lineEnd = random.Next(2) == 0 ? "\n" : "\r\n";
            var indent = random.Next(1, 5);
            var lines = Enumerable.Range(0, random.Next(1, 7)).Select(_ => Line(random)).ToList();
            // YamlDotNet refuses blocks that start with a line of spaces.
            lines = [.. lines.TakeWhile(string.IsNullOrWhiteSpace).Select(_ => ""), .. lines.SkipWhile(string.IsNullOrWhiteSpace)];
            var yaml = new StringBuilder(random.Next(2) == 0 ? "k: v" + lineEnd : "").Append("a: |").Append(indent).Append(Chompings[random.Next(3)]).Append(lineEnd);
            foreach (var line in lines)
            {
                yaml.Append(line.Length == 0 && random.Next(2) == 0 ? "" : new string(' ', indent) + line).Append(lineEnd);
            }

            yaml.Append(random.Next(2) == 0 ? "" : "z: end" + lineEnd);
            var text = First(yaml.ToString());
            Assert.That(text.Value.TrimEnd('\n'), Is.EqualTo(string.Join('\n', lines).TrimEnd('\n')), yaml.ToString());
            if (text.Value.Trim('\n').Length > 0)
            {
                AssertExact(text);
            }
        }
    }

    private static string Line(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static void AssertExact(YamlText text)
    {
        Assert.That(text.LineStarts.IsEmpty && text.Value.Length > 0, Is.False, () => $"no places for {text.Span.File.Text}");
        for (var i = 0; i < text.Value.Length; i++)
        {
            if (text.Value[i] != '\n')
            {
                Assert.That(text.Locate(i, 1).Text, Is.EqualTo(text.Value.Substring(i, 1)), () => $"character {i} of {text.Span.File.Text}");
            }
        }
    }

    private static YamlText First(string yaml)
    {
        var findings = new List<Finding>();
        var root = YamlReader.Read(new("a.yaml", yaml), findings);
        Assert.That(findings, Is.Empty, () => yaml + Marked.Shown(findings));
        var value = ((YamlMap)root!)["a"]!;
        return value as YamlText ?? (YamlText)((YamlList)value).Items[0];
    }
}
