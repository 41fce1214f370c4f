using System.Text.Json.Nodes;

namespace CopilotSentinelKit.Tests.Templates;

public sealed class SegmentTests
{
    [Test]
    public async Task Copied_text_and_outputs_alternate() => await Verify(
        "| where A >= {{ n | kql }} and B",
        null,
        "template:0 \"| where A >= \" | template:13 n \"10\" <- \"{{ n | kql }}\" | template:26 \" and B\"");

    [Test]
    public async Task Each_pass_of_a_loop_has_its_own_segments() => await Verify(
        "{% for f in fields %}{{ f.name | kql_name }},{% endfor %}",
        null,
        "template:21 f.name \"a\" <- \"{{ f.name | kql_name }}\" | template:44 \",\" | "
            + "template:21 f.name \"['b c']\" <- \"{{ f.name | kql_name }}\" | template:44 \",\"");

    [Test]
    public async Task An_inserted_query_keeps_its_own_segments() => await Verify(
        "x {{ query }} y",
        "T | take {{ n | kql }}",
        "template:0 \"x \" | query:0 \"T | take \" | query:9 n \"10\" <- \"{{ n | kql }}\" | template:13 \" y\"");

    [Test]
    public async Task Trimmed_white_space_is_not_part_of_a_segment() => await Verify(
        "a \n{%- if true -%}\n  b\n{%- endif -%}  c",
        null,
        "template:0 \"a\" | template:21 \"b\" | template:38 \"c\"");

    [Test]
    public async Task Raw_text_is_copied() => await Verify(
        "<{% raw %}{{ n }}{% endraw %}",
        null,
        "template:0 \"<\" | template:10 \"{{ n }}\"");

    [Test]
    public async Task A_typed_value_tells_its_origin() => await Verify(
        "{{ typed | kql_name }} {{ kql | kql }}",
        null,
        "template:0 @1 \"a\" <- \"{{ typed | kql_name }}\" | template:22 \" \" | template:23 @2 \"x > 1\" <- \"{{ kql | kql }}\"");

    [Test]
    public async Task Offsets_count_UTF16_units() => await Verify(
        "// \ud83d\ude00é\n{{ n | kql }}",
        "",
        "template:0 \"// \ud83d\ude00é\n\" | template:7 n \"10\" <- \"{{ n | kql }}\"");

    // Shows each segment as source:start path "text", with the text of an output's source; and checks that they cover the text.
    private static async Task Verify(string template, string? query, string expected)
    {
        var values = JsonNode.Parse("""{"n": 10, "fields": [{"name": "a"}, {"name": "b c"}], "typed": {"type": "name", "value": "a", "origin": "@1"}, "kql": {"type": "expression", "value": "x > 1", "origin": "@2"}}""")!.AsObject();
        var result = (await SharedHost.Engine.RenderAsync([new(template, query, values)], CancellationToken.None)).Single();
        var sources = new Dictionary<string, string> { ["template"] = template, ["query"] = query ?? "" };

        var position = 0;
        var shown = new List<string>();
        foreach (var segment in result.Segments)
        {
            Assert.That(segment.Start, Is.EqualTo(position));
            position += segment.Length;
            var text = result.Text.Substring(segment.Start, segment.Length);
            var source = sources[segment.Source].Substring(segment.SourceStart, segment.SourceLength);
            Assert.That(segment.Value is not null || source == text, "copied text differs from its source");
            shown.Add($"{segment.Source}:{segment.SourceStart} "
                + (segment.Value is { } path ? $"{path} \"{text}\" <- \"{source}\"" : $"\"{text}\""));
        }

        Assert.That(result.Error, Is.Null);
        Assert.That(position, Is.EqualTo(result.Text.Length));
        Assert.That(string.Join(" | ", shown), Is.EqualTo(expected));
    }
}
