
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Foreign;

public class ArmWorkbookTests
{
    private const string Query = "CopilotActivity\\\\n| where TimeGenerated {TimeRange}\\\\n| take 10";
    private const string Parameter = "{\\\"name\\\":\\\"TimeRange\\\",\\\"type\\\":4,";

    [Test]
    public void A_query_is_analysed_with_values_and_found_in_its_text_in_a_text()
    {
        var query = Template.Only<Workbook>(Template.Workbook).Queries.Single();
        Assert.That(query.Sample.Text, Is.EqualTo("CopilotActivity\n| where TimeGenerated > ago(1d)\n| take 10"));
        Assert.That(query.References, Is.Empty);
        Assert.That(query.Sample.Locate(query.Sample.Text.IndexOf("take", StringComparison.Ordinal), 4).Text, Is.EqualTo("take"));
        Assert.That(query.Sample.Locate(query.Sample.Text.IndexOf("> ago", StringComparison.Ordinal), 3).Text, Is.EqualTo("{TimeRange}"));
        Assert.That(query.Sample.Locate("CopilotActivity".Length, 1).Text, Is.EqualTo("\\\\n"));
    }

    [Test]
    public async Task A_mistake_in_a_query_is_underlined_there()
    {
        var (text, start, length) = Template.Changed(Template.Workbook, "take 10", "where «Actr» == 1");
        var workbook = Template.Only<Workbook>(text);
        var schema = new KqlSchema(SharedHost.Catalog, [], [], []);
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(schema, [.. workbook.Queries.Select(query => new KqlRequest(query.Sample.Text, []))], null, CancellationToken.None);
        var findings = Checks.Workbook.SelectMany(check => check(workbook, analyses, new(schema))).ToList();
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(["KS142"]));
        Template.AssertAt(findings[0], text, start, length);
    }

    [TestCase(",\\\"visualization\\\":\\\"tiles\\\",\\\"tileSettings\\\":{\\\"titleContent\\\":{\\\"columnMatch\\\":\\\"{0}\\\"}}", "ActorNam")]
    [TestCase(",\\\"visualization\\\":\\\"barchart\\\",\\\"chartSettings\\\":{\\\"xAxis\\\":\\\"{0}\\\"}", "ActorNam")]
    [TestCase(",\\\"exportFieldName\\\":\\\"{0}\\\",\\\"exportParameterName\\\":\\\"Actor\\\"", "ActorNam")]
    [TestCase(",\\\"gridSettings\\\":{\\\"formatters\\\":[{\\\"columnMatch\\\":\\\"{0}\\\"}],\\\"labelSettings\\\":[{\\\"columnId\\\":\\\"{0}\\\"}]}", "ActorNam", "CSK0499")]
    public async Task Columns_that_the_result_lacks_are_underlined_where_they_are_shown(string settings, string wrong, string code = "CSK0789")
    {
        const string end = "take 10\\\"";
        async Task<IEnumerable<string>> CodesAsync(string column)
        {
            var workbook = Template.Only<Workbook>(Template.Changed(Template.Workbook, end, end + settings.Replace("{0}", column, StringComparison.Ordinal)).Text);
            var schema = new KqlSchema(SharedHost.Catalog, [], [], []);
            var analyses = await SharedHost.Analyzer.AnalyzeAsync(schema, [.. workbook.Queries.Select(query => new KqlRequest(query.Sample.Text, []))], null, CancellationToken.None);
            return Checks.Workbook.SelectMany(check => check(workbook, analyses, new(schema))).Select(finding => $"{finding.Code} {finding.Span.Text}");
        }

        Assert.That((await CodesAsync(wrong)).Single(), Is.EqualTo($"{code} {wrong}").Or.EqualTo($"{code} \"{wrong}\"").Or.EqualTo($"{code} \\\"{wrong}\\\""));
        Assert.That(await CodesAsync("ActorName"), Is.Empty);
        Assert.That(await CodesAsync("{Actor}"), Is.Empty);
        Assert.That(await CodesAsync("series"), Is.Empty);
    }

    [TestCase("5", "5"), TestCase("6", "")]
    public void A_name_that_is_declared_twice_has_the_value_on_which_both_agree(string second, string sample)
    {
        const string limit = "{\\\"name\\\":\\\"Limit\\\",\\\"type\\\":1,\\\"value\\\":\\\"5\\\"},";
        var (text, _, _) = Template.Changed(Template.Workbook, Parameter, limit + limit.Replace('5', second[0]) + Parameter);
        var query = Template.Only<Workbook>(Template.Changed(text, Query, "T | where x == {Limit}").Text).Queries.Single();
        Assert.That(query.Sample.Text, Is.EqualTo(sample.Length == 0 ? "" : "T | where x == " + sample));
    }

    [TestCase("{Other}", ""), TestCase("== '{Other}'", "== 'a'"), TestCase("in ({Users})", "in ('x','y')"), TestCase("== {Limit}", "== 5"), TestCase("== {Limit:label}", "")]
    [TestCase("> {TimeRange:start} and x < {TimeRange:end}", "> ago(1d) and x < now()"), TestCase("{TimeRange:$.a}", ""), TestCase("| take 1 // {Other}", "| take 1 // a")]
    [TestCase("== @'\\\\\\\\{Other}'", "== @'\\a'"), TestCase("== '\\\\\\\\\\\\\\\\' and y == {Limit}", "== '\\\\' and y == 5")]
    public void Values_are_those_at_first(string reference, string sample)
    {
        const string others = "{\\\"name\\\":\\\"Users\\\",\\\"type\\\":2,\\\"multiSelect\\\":true,\\\"quote\\\":\\\"'\\\",\\\"delimiter\\\":\\\",\\\",\\\"value\\\":[\\\"x\\\",\\\"y\\\"]},"
            + "{\\\"name\\\":\\\"Limit\\\",\\\"type\\\":1,\\\"value\\\":\\\"5\\\"},{\\\"name\\\":\\\"Other\\\",\\\"type\\\":1},";
        var (text, _, _) = Template.Changed(Template.Workbook, Parameter, others + Parameter);
        var query = Template.Only<Workbook>(Template.Changed(text, Query, "T | where x " + reference).Text).Queries.Single();
        Assert.That(query.Sample.Text, Is.EqualTo(sample.Length == 0 ? "" : "T | where x " + sample));
        Assert.That(query.References.IsEmpty, Is.EqualTo(sample.Length > 0));
    }

    [Test]
    public void Parameters_are_declared()
    {
        var finding = Template.Verify("CSK0785", Template.Workbook, "{TimeRange}", "«{TimeRnage}»");
        Assert.That(finding.Message, Does.Contain("Did you mean \"TimeRange\"?"));
        Template.Ok(Template.Workbook, Query, "let f = (v: int) {v}; T | where x == dynamic({}) // {TimeRnage}");
        Template.Ok(Template.Workbook, Query + "\\\",", "T | where x == '{Row}'\\\",\\\"exportParameterName\\\":\\\"Row\\\",");
    }

    [Test]
    public void The_text_is_json() => Template.Verify("CSK0783", Template.Workbook, "\\\"items\\\":[{\\\"type\\\":9", "\\\"items\\\":[{«t»ype\\\":9");

    [Test]
    public void The_json_is_a_workbook() => Template.Verify("CSK0784", Template.Workbook, "\"serializedData\": \"{\\\"version\\\"", "«\"serializedData\"»: \"{\\\"vresion\\\"");

    [Test]
    public void Items_have_names_of_their_own() => Template.Verify("CSK0786", Template.Workbook, "\\\"list\\\"", "«\\\"top\\\"»");

    [Test]
    public void Workbooks_name_no_subscription()
    {
        Template.Verify(
            "CSK0787", Template.Workbook, "\\\"fromTemplateId\\\"", "\\\"fallbackResourceIds\\\":[\\\"«/subscriptions/0c7e9f3a-5b1d-4e2f-9a86-3d4c5b6a7f80»/x\\\"],\\\"fromTemplateId\\\"");
        Template.Ok(Template.Workbook, "\\\"fromTemplateId\\\"", "\\\"fallbackResourceIds\\\":[\\\"/subscriptions/00000000-0000-0000-0000-000000000000\\\"],\\\"fromTemplateId\\\"");
    }

    [Test]
    public void Workbooks_have_their_own_id() => Template.Verify("CSK0788", Template.Workbook, "\\\"sentinel-Prompts\\\"", "«\\\"sentinel-UserWorkbook\\\"»");

    [TestCase("[string(variables('content'))]", true), TestCase("[string(json('{}'))]", false), TestCase("[parameters('content')]", false)]
    public void The_json_can_be_a_variable(string expression, bool known)
    {
        var data = Template.Only<Workbook>(Template.Workbook).Queries.Single().Kql.Text.Replace("\n", "\\n", StringComparison.Ordinal);
        var start = Template.Workbook.IndexOf("\"{\\\"version", StringComparison.Ordinal);
        var text = string.Concat(Template.Workbook.AsSpan(0, start), $"\"{expression}\"", Template.Workbook.AsSpan(Template.Workbook.IndexOf('\n', start)));
        var variable = $$"""
            "variables": { "content": { "version": "Notebook/1.0", "items": [
              { "type": 9, "content": { "parameters": [{ "name": "TimeRange", "type": 4 }] } },
              { "type": 3, "content": { "query": "{{data}}" } } ] } },
            """;
        var items = Template.Read(Template.Changed(text, "\"resources\"", variable + "\"resources\"").Text).Items;
        Assert.That(items.OfType<Workbook>().Sum(workbook => workbook.Queries.Count()), Is.EqualTo(known ? 1 : 0));
    }

    [Test]
    public void A_workbook_of_the_gallery_is_one()
    {
        const string gallery = """{ "version": "Notebook/1.0", "items": [{ "type": 3, "content": { "query": "CopilotActivity" } }] }""";
        Assert.That(Template.Only<Workbook>(gallery).Queries.Single().Kql.Text, Is.EqualTo("CopilotActivity"));
    }

    [TestCase("\"queryType\": 1"), TestCase("\"queryType\": 0, \"resourceType\": \"microsoft.insights/components\"")]
    public void Queries_over_other_data_are_passed_over(string head) =>
        Assert.That(Template.Only<Workbook>($$"""{ "version": "Notebook/1.0", "items": [{ "type": 3, "content": { {{head}}, "query": "resources" } }] }""").Queries, Is.Empty);

    [Test]
    public void Names_of_a_template_that_is_loaded_are_not_known() => Template.Ok(
        """{ "version": "Notebook/1.0", "items": [{ "type": 12, "content": { "loadFromTemplateId": "x" } }, { "type": 3, "content": { "query": "T | where {A}" } }] }""");

    [Test]
    public void Declared_values_are_written_as_the_portal_does()
    {
        Assert.That(new DeclaredParameter("a", IsTimeRange: false, null, "'", ",").Sample(""), Is.EqualTo("'a'"));
        Assert.That(new DeclaredParameter("a", IsTimeRange: false, null, "", "").Sample(""), Is.Null);
        Assert.That(new DeclaredParameter("a", IsTimeRange: true, null, "", "").Sample("grain"), Is.EqualTo("1h"));
    }
}
