using System.Text;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Spec;

public class SpecTextTests
{
    [Test]
    public void A_byte_order_mark_is_dropped()
    {
        var (file, findings) = Decode([0xEF, 0xBB, 0xBF, .. "name: é"u8]);
        Assert.That(file?.Text, Is.EqualTo("name: é"));
        Assert.That(findings, Is.Empty);
    }

    [Test]
    public void Bytes_that_are_not_utf8_are_reported_at_their_place()
    {
        var (file, findings) = Decode([0xEF, 0xBB, 0xBF, .. "a: 😀\r\nb: \u00E9"u8, 0xE9, .. "x"u8]);
        Assert.That(file, Is.Null);
        Assert.That(findings.Single().Code, Is.EqualTo("CSK0101"));
        Assert.That(findings.Single().Span.Position, Is.EqualTo((2, 5)));
        Assert.That(findings.Single().Message, Does.Contain("byte 17 "));
    }

    [Test]
    public void A_cut_off_character_at_the_end_is_reported()
    {
        var (file, findings) = Decode([.. "a: "u8, 0xF0, 0x9F]);
        Assert.That(file, Is.Null);
        Assert.That(findings.Single().Code, Is.EqualTo("CSK0101"));
        Assert.That(findings.Single().Span.Position, Is.EqualTo((1, 4)));
    }

    [TestCase("utf-16", "UTF-16"), TestCase("utf-16BE", "UTF-16"), TestCase("utf-32", "UTF-32"), TestCase("utf-32BE", "UTF-32")]
    public void Other_encodings_are_named(string encoding, string shown)
    {
        var known = Encoding.GetEncoding(encoding);
        var (file, findings) = Decode([.. known.GetPreamble(), .. known.GetBytes("name: x")]);
        Assert.That(file, Is.Null);
        Assert.That(findings.Single().Code, Is.EqualTo("CSK0102"));
        Assert.That(findings.Single().Message, Does.Contain(shown));
        Assert.That(findings.Single().Span.Position, Is.EqualTo((1, 1)));
    }

    [TestCase('\0'), TestCase('\u001B'), TestCase('\u007F'), TestCase('\u0085'), TestCase('\u2028'), TestCase('\uFEFF'), TestCase('\uFFFE')]
    public void Characters_that_yaml_forbids_or_reads_in_two_ways_are_reported(char character)
    {
        var (file, findings) = Decode(Encoding.UTF8.GetBytes($"a: 1\nb: x{character}{character}"));
        Assert.That(file, Is.Null);
        Assert.That(findings.Single().Code, Is.EqualTo("CSK0103"));
        Assert.That(findings.Single().Span.Position, Is.EqualTo((2, 5)));
        Assert.That(findings.Single().Message, Does.EndWith("1 more characters of this sort."));
    }

    [TestCase("tab\tand\r\nline ends\n"), TestCase("\u00A0é😀 ")]
    public void Other_characters_are_text(string text)
    {
        var (file, findings) = Decode(Encoding.UTF8.GetBytes(text));
        Assert.That(file?.Text, Is.EqualTo(text));
        Assert.That(findings, Is.Empty);
    }

    [Test]
    public void A_file_over_the_limit_is_reported_and_one_at_it_is_read()
    {
        Assert.That(Decode(new byte[SpecText.MaxBytes + 1]).Findings.Single().Code, Is.EqualTo("CSK0104"));
        var spaces = new byte[SpecText.MaxBytes];
        Array.Fill(spaces, (byte)' ');
        Assert.That(Decode(spaces).Findings, Is.Empty);
    }

    private static (SourceFile? File, List<Finding> Findings) Decode(byte[] bytes)
    {
        var findings = new List<Finding>();
        return (SpecText.Decode("a.yaml", bytes, findings), findings);
    }
}
