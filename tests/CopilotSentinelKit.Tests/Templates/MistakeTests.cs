
using CopilotSentinelKit.Generate.Templates;

namespace CopilotSentinelKit.Tests.Templates;

/// <summary>Mistakes in templates: «these» marks are what is underlined.</summary>
internal sealed class MistakeTests
{
    [TestCase("a «{{ n }}»", MistakeKind.Unfiltered)]
    [TestCase("«{{ s | string.upcase }}»", MistakeKind.Unfiltered)]
    [TestCase("«{{ s | kql | string.append 'y' }}»", MistakeKind.Unfiltered)]
    [TestCase("«{{ kql s }}»", MistakeKind.Unfiltered)]
    [TestCase("{{ k = s | kql }}«{{ k }}»", MistakeKind.Unfiltered)]
    [TestCase("{{ capture k }}{{ s | kql }}{{ end }}«{{ k }}»", MistakeKind.Unfiltered)]
    [TestCase("{{ if no }}«{{ n }}»{{ end }}", MistakeKind.Unfiltered)]
    [TestCase("{{ func f }}«{{ n }}»{{ end }}", MistakeKind.Unfiltered)]
    [TestCase("«{{ query }}»", MistakeKind.Unfiltered)]
    [TestCase("«{{ $\"a{n}\" }}»", MistakeKind.Unfiltered)]
    [TestCase("«{{ i = 0; i++ }}»", MistakeKind.Unfiltered)]
    [TestCase("«{{ include 'p' }}»", MistakeKind.Unfiltered)]
    // Another filter of the same name gives no KQL: seen when it is rendered.
    [TestCase("{{ func kql(x); ret x; end }}«{{ s | kql }}»", MistakeKind.Unfiltered)]
    [TestCase("{{ kql = @string.upcase }}«{{ s | kql }}»", MistakeKind.Unfiltered)]
    [TestCase("{{ «y» | kql }}", MistakeKind.Variable)]
    [TestCase("{{ if «y» }}{{ end }}", MistakeKind.Variable)]
    [TestCase("{{ for i in «y» }}{{ end }}", MistakeKind.Variable)]
    [TestCase("{{ for i in list }}{{ end }}{{ «i» | kql }}", MistakeKind.Variable)]
    [TestCase("{{ «o.x» | kql }}", MistakeKind.Variable)]
    [TestCase("{{ «o.b.x».y | kql }}", MistakeKind.Variable)]
    [TestCase("{{ «o['x']» | kql }}", MistakeKind.Variable)]
    [TestCase("{{ «s.length» | kql }}", MistakeKind.Variable)]
    [TestCase("{{ «n.x» | kql }}", MistakeKind.Variable)]
    [TestCase("{{ «span.type» | kql }}", MistakeKind.Variable)]
    [TestCase("{{ «s.get_type» | kql }}", MistakeKind.Variable)]
    [TestCase("{{ «date».now | kql }}", MistakeKind.Variable)]
    [TestCase("{{ '1' | «object».eval | kql }}", MistakeKind.Variable)]
    [TestCase("{{ '1' | «object».eval_template | kql }}", MistakeKind.Variable)]
    [TestCase("{{ s | «kqll» }}", MistakeKind.Filter)]
    [TestCase("{{ s | «upcase» | kql }}", MistakeKind.Filter)]
    [TestCase("{{ s | «string.upcas» | kql }}", MistakeKind.Filter)]
    [TestCase("{{ «string.upcas» s | kql }}", MistakeKind.Filter)]
    [TestCase("{{ if no }}{{ s | «kqll» }}{{ end }}", MistakeKind.Filter)]
    [TestCase("{{ 'p' | «include» | kql }}", MistakeKind.Filter)]
    [TestCase("{{ «math.random» 1 2 | kql }}", MistakeKind.Filter)]
    [TestCase("{{ «math.uuid» | kql }}", MistakeKind.Filter)]
    [TestCase("«{{ if n }}»", MistakeKind.Syntax)]
    [TestCase("a «{{ for }}» b", MistakeKind.Syntax)]
    [TestCase("«{{ end }}»", MistakeKind.Syntax)]
    [TestCase("a «{{ s | kql»", MistakeKind.Syntax)]
    [TestCase("a «{{# never closed»", MistakeKind.Syntax)]
    [TestCase("{{ list[«7»] | kql }}", MistakeKind.Syntax)]
    [TestCase("{{ «import» o }}", MistakeKind.Syntax)]
    [TestCase("{{ «with» o }}{{ end }}", MistakeKind.Syntax)]
    [TestCase("{{ «wrap» f }}{{ end }}", MistakeKind.Syntax)]
    [TestCase("{{ «readonly» n }}", MistakeKind.Syntax)]
    [TestCase("{{ «tablerow» x in list }}{{ end }}", MistakeKind.Syntax)]
    [TestCase("{{ «this».n | kql }}", MistakeKind.Syntax)]
    [TestCase("«{{ none | kql }}»", MistakeKind.Value)]
    [TestCase("«{{ o | kql }}»", MistakeKind.Value)]
    [TestCase("«{{ {a: 1} | kql }}»", MistakeKind.Value)]
    [TestCase("«{{ s | kql | kql }}»", MistakeKind.Value)]
    [TestCase("«{{ n | kql_name }}»", MistakeKind.Value)]
    [TestCase("«{{ s | array.first | kql }}»", MistakeKind.Value)]
    public void A_mistake_is_named_and_underlined(string marked, MistakeKind kind)
    {
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var template = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        var expected = (kind, TemplateSource.Template, start, marked[(start + 1)..marked.IndexOf('»', StringComparison.Ordinal)]);
        var error = Rendering.Run(template).Error!;
        Assert.That((error.Kind, error.Source, error.Start, template.Substring(error.Start, error.Length)), Is.EqualTo(expected), error.Message);
        Assert.That(error.Message, Does.EndWith(".").Or.EndWith("?"));

        // The same in the query that a template inserts.
        var inQuery = Rendering.Run("{{ query }}", template).Error!;
        Assert.That(inQuery, Is.EqualTo(error with { Source = TemplateSource.Query }));
    }

    [TestCase("{{ lst | kql }}", "list")]
    [TestCase("{{ schedule.evry | kql }}", "schedule.every")]
    [TestCase("{{ s | kqll }}", "kql")]
    [TestCase("{{ s | string.upcas | kql }}", "string.upcase")]
    public void A_misspelt_name_gets_a_hint(string template, string meant) =>
        Assert.That(Rendering.Run(template).Error!.Message, Does.EndWith($"Did you mean \"{meant}\"?"));

    [Test]
    public void A_query_is_not_escaped_twice() => Assert.That(Rendering.Run("{{ query | kql }}", "T").Error!.Kind, Is.EqualTo(MistakeKind.Value));

    // The tag, and what it is in Scriban.
    [TestCase("{% if a and b %}", "{{ if a && b }}")]
    [TestCase("{%- elsif a or 'and' -%}", "{{- else if a || 'and' -}}")]
    [TestCase("{% else %}", "{{ else }}")]
    [TestCase("{% endif %}", "{{ end }}")]
    [TestCase("{% unless forloop.last %}", "{{ if !(for.last) }}")]
    [TestCase("{% endunless %}", "{{ end }}")]
    [TestCase("{%for x in (1..n)%}", "{{ for x in (1..n) }}")]
    [TestCase("{% endfor %}", "{{ end }}")]
    [TestCase("{% assign a = forloop.index0 %}", "{{ a = for.index }}")]
    [TestCase("{% capture a %}", "{{ capture a }}")]
    [TestCase("{% endcapture %}", "{{ end }}")]
    [TestCase("{% comment %}", "{{ ## the comment ## }}")]
    [TestCase("{% case a %}", "{{ case a }}")]
    [TestCase("{% when nil %}", "{{ when null }}")]
    [TestCase("{% endcase %}", "{{ end }}")]
    [TestCase("{% include 'x' %}", null)]
    [TestCase("{% %}", null)]
    public void A_tag_of_Liquid_is_told_with_its_counterpart(string tag, string? counterpart)
    {
        var error = Rendering.Run($"{{{{ n | kql }}}} {tag} {{{{ n | upcase }}}}").Error!;
        Assert.That((error.Kind, error.Start, error.Length), Is.EqualTo((MistakeKind.Liquid, 14, tag.Length)));
        Assert.That(error.Message, counterpart is null ? Does.Contain("no counterpart") : Does.Contain($"write \"{counterpart}\""));
    }
}
