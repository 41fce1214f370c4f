
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

/// <summary>Mistakes in templates, each at the place where a person wrote it.</summary>
internal sealed class TemplateFindingTests
{
    private const string Archetype = "templates/detections/first.scriban";

    [TestCase("CSK0301", "«{{ if }}» | take 1")]
    [TestCase("CSK0301", "{{ «import» few }}")]
    [TestCase("CSK0302", "| take {{ «fwe» | kql }}")]
    [TestCase("CSK0302", "| take {{ few | kql }}{{ if «nothing» }}{{ end }}")]
    [TestCase("CSK0303", "| take {{ few | «kqll» }}")]
    [TestCase("CSK0304", "| take «{{ few }}»")]
    [TestCase("CSK0304", "| take «{{ few | kql | string.upcase }}»")]
    [TestCase("CSK0304", "«{{ query }}»")]
    [TestCase("CSK0307", "«{% if few %}»| take 1{% endif %}")]
    [TestCase("CSK0305", "«{{ for i in 1..100000000 }}»{{ end }}")]
    [TestCase("CSK0306", "| project «{{ few | kql_name }}»")]
    public async Task A_mistake_in_a_query_is_at_its_place(string code, string line) => await TestPack
        .Rule("parameters: { few: { type: int, default: 1 } }", $"query: |\n  CopilotEvents()\n  | where true\n    {line}").Verify(code);

    [Test]
    public async Task The_same_without_mistake() => await TestPack
        .Rule("parameters: { few: { type: int, default: 1 } }", "query: |\n  CopilotEvents()\n  | where true\n    | top {{ few | kql }} by RecordId").Ok();

    [TestCase("CSK0301", "{{ query }}\n«{{ if }}» | take 1")]
    [TestCase("CSK0302", "{{ query }}\n| take {{ «fwe» | kql }}")]
    [TestCase("CSK0303", "{{ query }}\n| take {{ few | «kqll» }}")]
    [TestCase("CSK0304", "{{ query }}\n| take «{{ few }}»")]
    [TestCase("CSK0305", "{{ query }}\n«{{ for i in 1..100000000 }}»{{ end }}")]
    [TestCase("CSK0307", "{{ query }}\n«{% unless few %}»| take 1{% endunless %}")]
    [TestCase("CSK0306", "{{ query }}\n| project «{{ few | kql_name }}»")]
    public async Task A_mistake_in_an_archetype_is_in_its_file_and_names_the_detection(string code, string archetype)
    {
        var finding = await Archetyped(archetype, "CopilotEvents()").Verify(code);
        Assert.That(finding.Related.Select(place => $"{place.Span}: {place.Message}"), Is.EqualTo([TestPack.RulePath + ":9:11: rendered for this"]));
    }

    [TestCase("CSK0302", "CopilotEvents() | take {{ «fwe» | kql }}")]
    [TestCase("CSK0304", "CopilotEvents() | take «{{ few }}»")]
    public async Task A_mistake_in_a_query_that_an_archetype_inserts(string code, string query) =>
        Assert.That((await Archetyped("{{ query }}\n", query).Verify(code)).Related, Is.Empty);

    [Test]
    public async Task An_archetype_without_mistake() => await Archetyped("{{ query }}\n| top {{ few | kql }} by RecordId", "CopilotEvents()").Ok();

    [Test]
    public async Task A_mistake_in_a_parsers_template() => await TestPack.Small
        .With("templates/parsers/elements.scriban", "{{ records | kql_name }}()\n| project {{ «colums» | kql }}").Verify("CSK0302");

    [Test]
    public async Task An_unknown_variable_names_the_nearest() =>
        Assert.That((await Archetyped("{{ query }}\n| take {{ «schedule.evry» | kql }}", "CopilotEvents()").Verify("CSK0302")).Message, Does.Contain("Did you mean \"schedule.every\"?"));

    [Test]
    public async Task A_template_computes_with_its_values()
    {
        var items = await Archetyped("{{ query }}\n| top {{ few * 2 | kql }} by RecordId", "CopilotEvents()").Ok();
        Assert.That(items.OfType<CopilotSentinelKit.Content.AnalyticsRule>().Single().Query.Text, Does.EndWith("\n| top 2 by RecordId"));
    }

    private static TestPack Archetyped(string archetype, string query) => TestPack
        .Rule("template: first", "parameters: { few: { type: int, default: 1 } }", $"query: {query}").With(Archetype, archetype);
}
