
using CopilotSentinelKit.Generate.Templates;

namespace CopilotSentinelKit.Tests.Templates;

internal sealed class TemplateEngineTests
{
    [Test]
    public void A_query_is_rendered_first_and_inserted_as_it_is() => Assert.That(
        Rendering.Run("let Base = {{ query }};\nBase | take {{ n | kql }}", "T | where A == {{ s | kql }}").Text,
        Is.EqualTo("let Base = T | where A == \"it's text\";\nBase | take 3"));

    [Test]
    public void Results_come_in_the_order_of_the_requests() => Assert.That(
        TemplateEngine.Render([.. Enumerable.Range(0, 50).Select(i => new RenderRequest("{{ i | kql }}", null, new() { ["i"] = i }))], CancellationToken.None).Select(result => result.Text),
        Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"{i}")));

    [Test]
    public void Cancelled_work_ends()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.CancelAfter(50);
        var endless = new RenderRequest("{{ while true; for i in 1..99999; x = [i]; end; end }}", null, []);
        Assert.That(() => TemplateEngine.Render([.. Enumerable.Repeat(endless, 1_000)], cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("{{ o.a = 5 }}")]
    [TestCase("{{ list[0] = 'x' }}")]
    [TestCase("{{ columns[0] = 'x' }}")]
    [TestCase("{{ for o.a in list; end }}")]
    [TestCase("{{ o.b.c = 1 }}")]
    [TestCase("{{ capture o.a }}x{{ end }}")]
    [TestCase("{{ string.upcase = 1 }}")]
    public void A_template_cannot_change_what_it_is_given(string query) =>
        Assert.That(Rendering.Run("{{ query }}", query).Error, Has.Property("Kind").EqualTo(MistakeKind.Syntax).And.Property("Source").EqualTo(TemplateSource.Query));

    [Test]
    public void What_the_query_assigns_is_its_own() =>
        Assert.That(Rendering.Run("{{ query }}{{ n | kql }}", "{{ n = 9 }}{{ n | kql }}").Text, Is.EqualTo("93"));

    [TestCase("a {{ n | kql }} b", "template:0 a  | template:2 n 3 | template:15  b")]
    [TestCase("{{ for i in list }}{{ i | kql_name }},{{ end }}", "template:19 i b | template:37 , | template:19 i a | template:37 ,")]
    [TestCase("{{ for o in objects }}{{ if for.first }}<{{ o.name | kql }}>{{ end }}{{ end }}", "template:40 < | template:41 o.name \"x\" | template:59 >")]
    [TestCase("a\n  {{- if t -}}\n  b\n  {{- end -}}\nc", "template:0 a | template:19 b | template:35 c")]
    [TestCase("<{%{{{ n }}}%}>", "template:0 < | template:4 {{ n }} | template:14 >")]
    [TestCase("{{ column | kql_name }} {{ expression | kql }}", "template:0 @column ['Actor Upn'] | template:23   | template:24 @expression x > 1")]
    [TestCase("{{ 'text' | string.upcase | kql }}{{ objects[0].name | kql }}", "template:0 'text' \"TEXT\" | template:34 objects[0].name \"x\"")]
    [TestCase("{{ capture c }}a{{ end }}b{{ c | kql }}", "template:25 b | template:26 c \"a\"")]
    [TestCase("// 😀é\n{{ n | kql }}", "template:0 // 😀é\n | template:7 n 3")]
    [TestCase("{{ nolist | kql }}{{ empty_text | kql }}", "template:0 nolist dynamic([]) | template:18 empty_text \"\"")]
    [TestCase("{{ query }}\n| take {{ n | kql }}", "query:0 T | where  | query:10 @span 14d | query:26  > 1d | template:11 \n| take  | template:19 n 3", "T | where {{ span | kql }} > 1d")]
    public void Each_run_of_text_knows_where_it_comes_from(string template, string runs, string? query = null)
    {
        var result = Rendering.Run(template, query);
        Assert.That(result.Error, Is.Null);
        Assert.That(string.Join(" | ", result.Segments.Select(run =>
            $"{run.Source}".ToLowerInvariant() + $":{run.SourceStart} {(run.Value is { } value ? value + " " : "")}{result.Text.AsSpan(run.Start, run.Length)}")), Is.EqualTo(runs));
        Assert.That(result.Segments.Aggregate(0, (end, run) => run.Start == end ? end + run.Length : -1), Is.EqualTo(result.Text.Length), "the runs cover the text");
        Assert.That(result.Segments.Where(run => run.Value is not null).Select(run => (run.Source == TemplateSource.Query ? query! : template).Substring(run.SourceStart, run.SourceLength)),
            Is.All.StartsWith("{{").And.All.EndsWith("}}"));
    }
}
