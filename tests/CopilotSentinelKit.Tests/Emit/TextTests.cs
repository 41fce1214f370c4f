using System.Text.Json;
using CopilotSentinelKit.Kql.Text;
using FsCheck;
using FsCheck.Fluent;
using YamlDotNet.RepresentationModel;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class TextTests
{
    private static readonly string[] Hostile =
    [
        "a", "word", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "---", "...", "#", " #", ": ", ":", "- ", "? ", "!", "&a", "*a", "%", "@", "`", "|", ">", "|-",
        "'", "\"", "\\", "\\n", "{", "}", "[", "]", "{{Col}}", ",", "é", "日本", "😀", "\u2028", "\u2029", "\u0085", "\u00A0", "\uFEFF", "\0", "\u001B",
        "\u007F", "\uFFFE", "\uFFFD", "true", "null", "1.0", "0x1F", "2020-01-01", "~", "=", "<<", "// not a comment", "| where x == \"y\"", "\u202E", "\u0300",
    ];

    [TestCase("1.0")]
    [TestCase("10")]
    [TestCase("0o17")]
    [TestCase("1e3")]
    [TestCase("12:30:45")]
    [TestCase("2020-01-01")]
    [TestCase("yes")]
    [TestCase("No")]
    [TestCase("on")]
    [TestCase("y")]
    [TestCase("TRUE")]
    [TestCase("null")]
    [TestCase("Null")]
    [TestCase("~")]
    [TestCase(".inf")]
    [TestCase("-1")]
    [TestCase("")]
    [TestCase("=")]
    [TestCase("<<")]
    public void A_string_that_looks_like_another_type_is_quoted(string value) =>
        Assert.That(YamlOutput.Write(OutputMap.Of(("k", value))), Is.EqualTo($"k: \"{value}\"\n"));

    [TestCase("Copilot jailbreak attempt")]
    [TestCase("5m")]
    [TestCase("1.0.0")]
    [TestCase("2ed6657d-e942-568b-95e1-2665a8aea6a2")]
    [TestCase("1e100000-0000-568b-95e1-2665a8aea6a2")]
    [TestCase("Truely")]
    public void A_harmless_string_is_not(string value) =>
        Assert.That(YamlOutput.Write(OutputMap.Of(("k", value))), Is.EqualTo($"k: {value}\n"));

    [Test]
    public void Lines_are_a_literal_block() =>
        Assert.That(
            YamlOutput.Write(OutputMap.Of(("query", "T\n| where A == \"x\" // é: # yes\n\n| take 1"), ("list", OutputList.Of(["a\nb"])))),
            Is.EqualTo("query: |-\n  T\n  | where A == \"x\" // é: # yes\n\n  | take 1\nlist:\n  - |-\n    a\n    b\n"));

    [Test]
    public void One_line_with_quotes_is_a_literal_block_too() =>
        Assert.That(YamlOutput.Write(OutputMap.Of(("query", """T | where A has @"\d" """.TrimEnd()))), Is.EqualTo("query: |-\n  T | where A has @\"\\d\"\n"));

    [TestCase("a \nb")]
    [TestCase(" a\nb")]
    [TestCase("a\u2028\nb")]
    [TestCase("a\r\nb")]
    [TestCase("a\n\u0007b")]
    [TestCase("\na")]
    public void Lines_that_a_block_cannot_carry_safely_are_quoted(string value) =>
        Assert.That(YamlOutput.Write(OutputMap.Of(("k", value))), Does.StartWith("k: \"").And.EndWith("\"\n").And.Not.Contain("\r"));

    [Test]
    public void Yaml_reads_back_as_the_same_strings() =>
        Prop.ForAll(HostileStrings(), value =>
        {
            var text = YamlOutput.Write(OutputMap.Of(("k", value), ("nested", OutputMap.Of(("list", OutputList.Of([value, "x"])), (value, value)))));
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            var root = (YamlMappingNode)yaml.Documents.Single().RootNode;
            var nested = (YamlMappingNode)root["nested"];
            Assert.That(text, Does.Not.Contain("\r").And.EndsWith("\n"));
            Assert.That(Value(root["k"]), Is.EqualTo(value), text);
            Assert.That(Value(nested["list"][0]), Is.EqualTo(value), text);
            Assert.That(nested.Children.Any(entry => Value(entry.Key) == value && Value(entry.Value) == value), text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Json_reads_back_as_the_same_strings() =>
        Prop.ForAll(HostileStrings(), value =>
        {
            var text = JsonText.Write(OutputMap.Of(("k", value), (value, OutputList.Of([value]))));
            using var json = JsonDocument.Parse(text);
            Assert.That(json.RootElement.EnumerateObject().First().Value.GetString(), Is.EqualTo(value));
            Assert.That(json.RootElement.EnumerateObject().Last().Value[0].GetString(), Is.EqualTo(value));
            Assert.That(text, Does.Not.Contain("\r").And.EndsWith("}\n"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Half_a_surrogate_pair_breaks_neither_format()
    {
        var root = OutputMap.Of(("k", "a\uD83D"));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(YamlOutput.Write(root)));
        Assert.That(Value(yaml.Documents[0].RootNode["k"]), Is.EqualTo("a\uFFFD"));
        Assert.That(JsonDocument.Parse(JsonText.Write(root)).RootElement.GetProperty("k").GetString(), Is.EqualTo("a\uFFFD"));
    }

    // What ARM makes of a string: "[...]" is an expression, "[[...]" is the text without the first bracket.
    [TestCase("[concat('a')]", "[[concat('a')]")]
    [TestCase("[[x]]", "[[[x]]")]
    [TestCase("[]", "[[]")]
    [TestCase("[a] and b", "[a] and b")]
    [TestCase("a [b]", "a [b]")]
    [TestCase("[a]\n", "[a]\n")]
    [TestCase("[", "[")]
    public void A_string_never_becomes_an_ARM_expression(string value, string written)
    {
        using var json = JsonDocument.Parse(JsonText.WriteTemplate(OutputMap.Of(("k", value), ("list", OutputList.Of([value])), (value, "x"))));
        Assert.That(json.RootElement.GetProperty("k").GetString(), Is.EqualTo(written));
        Assert.That(json.RootElement.GetProperty("list")[0].GetString(), Is.EqualTo(written));
        Assert.That(json.RootElement.TryGetProperty(written, out _), Is.True);
    }

    [Test]
    public void Only_a_template_can_hold_an_expression()
    {
        var root = OutputMap.Of(("k", new ArmExpression("concat('a')")));
        Assert.That(JsonText.WriteTemplate(root), Is.EqualTo("{\n  \"k\": \"[concat('a')]\"\n}\n"));
        Assert.That(() => JsonText.Write(root), Throws.ArgumentException);
        Assert.That(() => YamlOutput.Write(root), Throws.ArgumentException);
    }

    [TestCase(5, "5m", "PT5M")]
    [TestCase(60, "1h", "PT1H")]
    [TestCase(90, "90m", "PT1H30M")]
    [TestCase(1440, "1d", "P1D")]
    [TestCase(2160, "36h", "P1DT12H")]
    [TestCase(20160, "14d", "P14D")]
    [TestCase(0, "0m", "PT0S")]
    public void A_duration_has_a_short_and_an_ISO_form(int minutes, string brief, string iso)
    {
        Assert.That(DurationText.Short(TimeSpan.FromMinutes(minutes)), Is.EqualTo(brief));
        Assert.That(DurationText.Iso(TimeSpan.FromMinutes(minutes)), Is.EqualTo(iso));
    }

    private static Arbitrary<string> HostileStrings() =>
        Gen.Elements(Hostile).ListOf().Select(string.Concat).ToArbitrary();

    private static string? Value(YamlNode node) => ((YamlScalarNode)node).Value;
}
