using System.Text.Json.Nodes;

namespace CopilotSentinelKit.Tests.InProcess;

/// <summary>Templates in Scriban's own language.</summary>
internal sealed class ScribanTemplateTests
{
    private const string Values = """
        {"n": 3, "f": 1.5, "s": "it's \"text\"", "list": ["a", "b"], "columns": {"type": "columns", "value": ["A", "where"]},
         "span": {"type": "timespan", "value": "14d", "origin": "@span"}, "o": {"a": 1, "b": {"c": "deep"}}, "none": null}
        """;

    [TestCase("| take {{ n | kql }}", "| take 3")]
    [TestCase("{{ kql s }} {{ s | kql_name }}", "\"it's \\\"text\\\"\" ['it\\'s \"text\"']")]
    [TestCase("{{ columns | kql }} {{ span | kql }} {{ f | kql }}", "A, ['where'] 14d real(1.5)")]
    [TestCase("{{ for x in list }}{{ x | kql }}{{ if !for.last }},{{ end }}{{ end }}", "\"a\",\"b\"")]
    [TestCase("{{ x = n * 2 + 1; x | kql }}", "7")]
    [TestCase("{{ 7 / 2 | kql }} {{ 7 // 2 | kql }}", "real(3.5) 3")]
    [TestCase("{{ func twice(v) }}{{ ret v * 2 }}{{ end }}{{ twice n | kql }}", "6")]
    [TestCase("{{ list | array.join '-' | string.upcase | kql }}", "\"A-B\"")]
    [TestCase("{{ case span; when '14d'; 1 | kql; else; 2 | kql; end }}", "1")]
    [TestCase("{{ if span == '14d' && o.b.c == 'deep' }}yes{{ end }}", "yes")]
    [TestCase("{{ i = 0; while i < 3; i = i + 1; i | kql; end }}", "123")]
    [TestCase("a\n  {{~ if true ~}}\n  b\n  {{~ end ~}}\nc", "a\n  b\nc")]
    [TestCase("{{ capture c }}x{{ n | kql }}{{ end }}{{ c | kql }}", "\"x3\"")]
    public async Task Text(string template, string text)
    {
        var result = await Render(template);
        Assert.That((result.Error?.Message, result.Text), Is.EqualTo(((string?)null, text)));
        Assert.That(result.Segments.Sum(segment => segment.Length), Is.EqualTo(text.Length));
    }

    [Test]
    public async Task The_query_is_Liquid_and_keeps_its_segments()
    {
        var request = new RenderRequest("{{ query }}\n| take {{ n | kql }}", "T | where {{ span | kql }} > 1d", JsonNode.Parse(Values)!.AsObject()) { Language = TemplateLanguage.Scriban };
        var result = (await SharedHost.Engine.RenderAsync([request], CancellationToken.None)).Single();

        Assert.That(result.Text, Is.EqualTo("T | where 14d > 1d\n| take 3"));
        Assert.That(result.Segments.Select(segment => $"{segment.Source}:{segment.SourceStart}+{segment.SourceLength} {segment.Value}".TrimEnd()), Is.EqualTo(
            ["query:0+10", "query:10+16 @span", "query:26+5", "template:11+8", "template:19+13 n"]));
    }

    [TestCase("a {{ n }}", "{{ n }}", "unfiltered")]
    [TestCase("{{ s | string.upcase }}", "{{ s | string.upcase }}", "unfiltered")]
    [TestCase("{{ y | kql }}", "y", "variable")]
    [TestCase("{{ o.x | kql }}", "x", "variable")]
    [TestCase("{{ n | kqll }}", "kqll", "variable")]
    [TestCase("{{ if n }}", "{{ if n }}", "syntax")]
    [TestCase("{{ include 'p' }}", "include", "variable")]
    [TestCase("{{ date.now | kql }}", "date", "variable")]
    [TestCase("{{ math.random 1 2 | kql }}", "random", "variable")]
    [TestCase("{{ none | kql }}", "{{ none | kql }}", "value")]
    [TestCase("{{ o | kql }}", "{{ o | kql }}", "value")]
    [TestCase("{{ while true }}{{ end }}", "{{ while true }}", "limit")]
    [TestCase("{{ for i in 1..1000000000 }}{{ end }}", "{{ for i in 1..1000000000 }}", "limit")]
    [TestCase("{{ func f }}{{ f }}{{ end }}{{ f }}", "f", "syntax")]
    [TestCase("{{ a = 'xx'; for i in 1..100; a = a + a; end }}", "{{ a = 'xx'; for i in 1..100; a = a + a; end }}", "limit")]
    public async Task Mistake(string template, string underlined, string kind)
    {
        var error = (await Render(template)).Error!;
        Assert.That((error.Kind, error.Source, template.Substring(error.Start, error.Length)), Is.EqualTo((kind, "template", underlined)), error.Message);
    }

    private static async Task<RenderResult> Render(string template)
    {
        var request = new RenderRequest(template, null, JsonNode.Parse(Values)!.AsObject()) { Language = TemplateLanguage.Scriban };
        return (await SharedHost.Engine.RenderAsync([request], CancellationToken.None)).Single();
    }
}
