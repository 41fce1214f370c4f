using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Foreign;

public class JsonReaderTests
{
    [Test]
    public void Values_have_their_places()
    {
        var map = (YamlMap)Ok("{ \"a\" : [1, -2.5e3, true, null], \"b\": {} }");
        Assert.That(map.Entries.Select(entry => entry.Key.Span.Text), Is.EqualTo(["\"a\"", "\"b\""]));
        Assert.That(map["a"]!.Span.Text, Is.EqualTo("[1, -2.5e3, true, null]"));
        Assert.That(((YamlList)map["a"]!).Items.Cast<YamlText>().Select(item => (item.Value, item.Plain)), Is.EqualTo([("1", true), ("-2.5e3", true), ("true", true), ("null", true)]));
        Assert.That(map["b"]!.Span.Text, Is.EqualTo("{}"));
        Assert.That(map.Span.Start, Is.Zero);
    }

    [TestCase("""{"k": "a\nbc\tde"}""", "bc", "bc")]
    [TestCase("""{"k": "a\nbc\tde"}""", "\nb", "\\nb")]
    [TestCase("""{"k": "\u0041\"x\" y"}""", "A\"x", "\\u0041\\\"x")]
    [TestCase("""{"k": "😀é\\x"}""", "é\\x", "é\\\\x")]
    [TestCase("""{"k": "\ud83d\ude00z"}""", "😀z", "\\ud83d\\ude00z")]
    [TestCase("""{"é": "ñ", "k": "\/end"}""", "/end", "\\/end")]
    public void A_part_of_a_string_is_found_behind_its_escapes(string json, string part, string written)
    {
        var text = (YamlText)((YamlMap)Ok(json))["k"]!;
        var at = text.Value.IndexOf(part, StringComparison.Ordinal);
        Assert.That(at, Is.Not.Negative);
        Assert.That(text.Locate(at, part.Length).Text, Is.EqualTo(written));
    }

    [Test]
    public void What_azure_takes_is_taken()
    {
        var map = (YamlMap)Ok("\uFEFF// a\n{ /* \"x\" */ \"k\": \"one\n\ttwo\",\u00A0\"l\": [1,2,], // \"y\n}");
        Assert.That(((YamlText)map["k"]!).Value, Is.EqualTo("one\n\ttwo"));
        Assert.That(((YamlText)map["k"]!).Locate(5, 3).Text, Is.EqualTo("two"));
        Assert.That(((YamlList)map["l"]!).Items, Has.Length.EqualTo(2));
    }

    [TestCase("{\n  \"a\": 1\n  «\"»b\": 2\n}")]
    [TestCase("{ \"a\": «'»x' }")]
    [TestCase("[1, 2] «3»")]
    [TestCase("{ \"a\": \"\\«q»\" }")]
    [TestCase("{ \"é\": tru« »}")]
    [TestCase("{ \"a\": [1«}» }")]
    public void What_is_no_json_is_shown(string marked)
    {
        var (text, start, length) = Template.Changed(marked, marked, marked);
        var findings = new List<Finding>();
        Assert.That(JsonReader.Read(new SourceFile("a.json", text), ArmFindings.Json, findings), Is.Null);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(["CSK0850"]));
        Template.AssertAt(findings[0], text, start, length);
    }

    [TestCase(""), TestCase("{"), TestCase("{\"a\": \"x"), TestCase("/*"), TestCase("\"\\")]
    public void A_file_that_ends_too_soon_is_shown_at_its_end(string text)
    {
        var findings = new List<Finding>();
        Assert.That(JsonReader.Read(new SourceFile("a.json", text), ArmFindings.Json, findings), Is.Null);
        Assert.That(findings.Single().Code, Is.EqualTo("CSK0850"));
        Assert.That(findings[0].Span.Start, Is.InRange(0, text.Length));
    }

    [Test]
    public void Too_much_nesting_is_one_finding()
    {
        var findings = new List<Finding>();
        Assert.That(JsonReader.Read(new SourceFile("a.json", new string('[', 129) + new string(']', 129)), ArmFindings.Json, findings), Is.Null);
        Assert.That(findings.Select(finding => (finding.Code, finding.Span.Start)), Is.EqualTo([("CSK0851", 128)]));
        Ok(new string('[', 128) + new string(']', 128));
    }

    [Test]
    public void The_later_of_two_keys_counts()
    {
        var findings = new List<Finding>();
        var map = (YamlMap)JsonReader.Read(new SourceFile("a.json", "{ \"a\": 1, \"b\": 2, \"a\": 3 }"), ArmFindings.Json, findings)!;
        Assert.That(findings.Select(finding => (finding.Code, finding.Span.Text, finding.Span.Start)), Is.EqualTo([("CSK0852", "\"a\"", 18)]));
        Assert.That(map.Entries.Select(entry => ((YamlText)entry.Value).Value), Is.EqualTo(["3", "2"]));
    }

    private static YamlValue Ok(string json)
    {
        var findings = new List<Finding>();
        var value = JsonReader.Read(new SourceFile("a.json", json), ArmFindings.Json, findings);
        Assert.That(findings, Is.Empty, () => Template.Shown(findings));
        return value!;
    }
}
