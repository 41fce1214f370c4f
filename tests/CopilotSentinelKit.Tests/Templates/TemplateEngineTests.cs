using System.Text.Json.Nodes;
using CopilotSentinelKit.Generate.Templates;

namespace CopilotSentinelKit.Tests.Templates;

public sealed class TemplateEngineTests
{
    [Test]
    public async Task A_query_is_rendered_first_and_inserted_as_it_is()
    {
        var result = await Render("let Base = {{ query }};\nBase | take {{ n | kql }}", "T | where A == {{ name | kql }}", "{\"n\": 3, \"name\": \"x\\\"y\"}");

        Assert.That(result.Text, Is.EqualTo("let Base = T | where A == \"x\\\"y\";\nBase | take 3"));
    }

    [Test]
    public async Task Results_come_in_the_order_of_the_requests()
    {
        var results = await SharedHost.Engine.RenderAsync(
            [.. Enumerable.Range(0, 50).Select(i => new RenderRequest("{{ i | kql }}", null, new() { ["i"] = i }))], CancellationToken.None);

        Assert.That(results.Select(result => result.Text), Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"{i}")));
    }

    [Test]
    public async Task Conditions_loops_and_assignments_work_on_typed_values()
    {
        var result = await Render(
            "{% assign first = keys | first %}{{ first | kql_name }}:{% for key in keys %}{% if forloop.first == false %},{% endif %}{{ key | kql_name }}{% endfor %}"
                + "{% if schedule.every == '1h' %} hourly {{ schedule.every | kql }}{% endif %}{% unless on %} off{% endunless %}",
            null,
            """{"keys": {"type": "columns", "value": ["A", "b c"]}, "schedule": {"every": {"type": "timespan", "value": "1h"}}, "on": false}""");

        Assert.That(result.Text, Is.EqualTo("A:A,['b c'] hourly 1h off"));
    }

    [Test]
    public async Task Captured_text_is_a_value_like_any_other()
    {
        var result = await Render("{% capture c %}a {{ x | kql }}{% endcapture %}{{ c | kql }}", null, "{\"x\": \"\\\"\"}");

        Assert.That(result.Text, Is.EqualTo("\"a \\\"\\\\\\\"\\\"\""));
    }

    // The template, what is underlined of it, and the kind of the error.
    [TestCase("a {{ x }}", "{{ x }}", "unfiltered")]
    [TestCase("{{ x | upcase }}", "{{ x | upcase }}", "unfiltered")]
    [TestCase("{{ x | kql | append: 'y' }}", "{{ x | kql | append: 'y' }}", "unfiltered")]
    [TestCase("{% assign k = x | kql %}{{ k }}", "{{ k }}", "unfiltered")]
    [TestCase("{% capture k %}{{ x | kql }}{% endcapture %}{{ k }}", "{{ k }}", "unfiltered")]
    [TestCase("{{ query }}", "{{ query }}", "unfiltered")]
    [TestCase("{% if false %}{{ x }}{% endif %}", "{{ x }}", "unfiltered")]
    [TestCase("{{ y | kql }}", "y", "variable")]
    [TestCase("{{ o.b | kql }}", "o.b", "variable")]
    [TestCase("{% if y %}{% endif %}", "y", "variable")]
    [TestCase("{{ x.constructor | kql }}", "x.constructor", "variable")]
    [TestCase("{{ o.__proto__ | kql }}", "o.__proto__", "variable")]
    [TestCase("{{ toString | kql }}", "toString", "variable")]
    [TestCase("{{ x | kqll }}", "kqll", "filter")]
    [TestCase("{{ x | upcas | kql }}", "upcas", "filter")]
    [TestCase("{{ 'now' | date: '%s' | kql }}", "date", "filter")]
    [TestCase("{{ x | kql", "{{ x | kql", "syntax")]
    [TestCase("{% if x %}", "{% if x %}", "syntax")]
    [TestCase("{% bogus %}", "{% bogus %}", "syntax")]
    [TestCase("{% include 'p' %}", "{% include 'p' %}", "syntax")]
    [TestCase("{% layout 'p' %}", "{% layout 'p' %}", "syntax")]
    [TestCase("{% block p %}{% endblock %}", "{% block p %}", "syntax")]
    [TestCase("{% echo x %}", "{% echo x %}", "syntax")]
    [TestCase("{% cycle x, x %}", "{% cycle x, x %}", "syntax")]
    [TestCase("{% increment i %}", "{% increment i %}", "syntax")]
    [TestCase("{% liquid\necho x\n%}", "{% liquid\necho x\n%}", "syntax")]
    [TestCase("{% render 'q' %}", "{% render 'q' %}", "syntax")]
    [TestCase("{% render '/etc/passwd' %}", "{% render '/etc/passwd' %}", "syntax")]
    [TestCase("{% render '../host.js' %}", "{% render '../host.js' %}", "syntax")]
    public async Task A_mistake_is_named_and_underlined(string template, string underlined, string kind)
    {
        var error = (await Render(template, null, """{"x": "v", "o": {"a": 1}, "query": "evil"}""")).Error!;

        Assert.That((error.Kind, error.Source), Is.EqualTo((kind, "template")));
        Assert.That(template.Substring(error.Start, error.Length), Is.EqualTo(underlined));
        Assert.That(error.Message, Does.EndWith(".").Or.EndWith("?"));
    }

    [TestCase("{{ y | kql }}", "y", "variable")]
    [TestCase("a{% if y %}{% endif %}", "y", "variable")]
    [TestCase("a{% for i in y %}{% endfor %}", "y", "variable")]
    [TestCase("a\n{{ x }}", "{{ x }}", "unfiltered")]
    [TestCase("{{ query }}", "{{ query }}", "unfiltered")]
    public async Task A_mistake_in_a_query_is_placed_there(string text, string underlined, string kind)
    {
        var inQuery = (await Render("{{ query }}", text, "{\"x\": 1}")).Error!;

        Assert.That((inQuery.Kind, inQuery.Source), Is.EqualTo((kind, "query")));
        Assert.That(text.Substring(inQuery.Start, inQuery.Length), Is.EqualTo(underlined));
    }

    [Test]
    public async Task A_misspelt_name_gets_a_hint()
    {
        const string Values = """{"minAttempts": 1, "schedule": {"every": "1h"}}""";

        Assert.That((await Render("{{ minAttemps | kql }}", null, Values)).Error!.Message, Does.EndWith("Did you mean \"minAttempts\"?"));
        Assert.That((await Render("{{ schedule.evry | kql }}", null, Values)).Error!.Message, Does.EndWith("Did you mean \"schedule.every\"?"));
    }

    [Test]
    public async Task A_value_that_KQL_is_already_is_not_escaped_twice()
    {
        Assert.That((await Render("{{ query | kql }}", "T", "{}")).Error!.Kind, Is.EqualTo("value"));
        Assert.That((await Render("{{ 1 | kql | kql }}", null, "{}")).Error!.Kind, Is.EqualTo("value"));
    }

    [TestCase("{% for i in (1..1000000000) %}{% endfor %}")]
    [TestCase("{% for i in (1..10000) %}{% for j in (1..10000) %}{% endfor %}{% endfor %}")]
    [TestCase("{% assign a = 'xx' %}{% for i in (1..100) %}{% assign a = a | append: a %}{% endfor %}")]
    [TestCase("{% assign a = 'xx' %}{% for i in (1..100) %}{% capture a %}{{ a | kql }}{{ a | kql }}{% endcapture %}{% endfor %}")]
    [TestCase("{% for i in (1..100000) %}0123456789012345678901234567890123456789{% endfor %}")]
    [TestCase("{% capture c %}{% for i in (1..100000) %}0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789{% endfor %}{% endcapture %}")]
    public async Task A_template_without_end_is_stopped(string template)
    {
        var result = await Render(template, null, "{}");

        Assert.That(result.Error?.Kind, Is.EqualTo("limit"));
        Assert.That(result.Text, Is.Empty);
        Assert.That((await Render("{{ 1 | kql }}", null, "{}")).Text, Is.EqualTo("1"));
    }

    [Test]
    public async Task Nesting_without_end_is_stopped()
    {
        var result = await Render(string.Concat(Enumerable.Repeat("{% if true %}", 50_000)), null, "{}");

        Assert.That(result.Error?.Kind, Is.EqualTo("limit"));
    }

    private static async Task<RenderResult> Render(string template, string? query, string values)
    {
        var request = new RenderRequest(template, query, JsonNode.Parse(values)!.AsObject());
        return (await SharedHost.Engine.RenderAsync([request], CancellationToken.None)).Single();
    }
}
