
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Foreign;

public class DataCollectionTests
{
    private const string Columns = "\"columns\": [{ \"name\": \"TimeGenerated\", \"type\": \"dateTime\" }, { \"name\": \"Prompt\", \"type\": \"string\" }]";
    private const string Kql = "where Text has \\\"x\\\" | project TimeGenerated = Time, Prompt = tolower(Text)";

    [Test]
    public async Task A_transformation_is_analysed_over_its_stream()
    {
        var (items, _) = Template.Read(Template.Collection);
        Assert.That(items.OfType<CustomTable>().Single().Table.Columns.Select(column => column.Name), Is.SupersetOf(["TimeGenerated", "Prompt", "_ResourceId"]));
        Assert.That(items.OfType<DataCollectionRule>().Single().Transformations.Single().IsBound);
        Assert.That(await AnalyseAsync(Template.Collection), Is.Empty);
    }

    [TestCase("CSK0888", "«summarize» TimeGenerated = max(Time)"), TestCase("CSK0889", "«take» 5 | project TimeGenerated = Time"), TestCase("CSK0889", "extend TimeGenerated = Time, x = «strcat_array»(split(Text, ' '), '')")]
    [TestCase("CSK0889", "where Text «has_any» ('a') | project TimeGenerated = Time"), TestCase("CSK0892", "project Text"), TestCase("KS142", "project TimeGenerated = «Tme»")]
    public async Task A_transformation_is_a_part_of_kql(string code, string kql)
    {
        var key = kql.Contains('«', StringComparison.Ordinal) ? "\"transformKql\"" : "«\"transformKql\"»";
        var (text, start, length) = Template.Changed(Template.Collection, $"\"transformKql\": \"source | {Kql}\"", $"{key}: \"source | {kql}\"");
        var findings = await AnalyseAsync(text);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]), () => Template.Shown(findings));
        Template.AssertAt(findings[0], text, start, length);
    }

    [TestCase("extend TimeGenerated = todatetime(columnifexists('a', Time)), b = base64_encodestring(Text)"), TestCase("parse Text with 'a' b:string | project-rename TimeGenerated = Time")]
    public async Task Its_own_functions_are_known(string kql) => Assert.That(await AnalyseAsync(Template.Changed(Template.Collection, Kql, kql).Text), Is.Empty);

    [Test]
    public async Task A_transformation_is_not_too_long()
    {
        var (text, start, length) = Template.Changed(Template.Collection, $"\"transformKql\": \"source | {Kql}\"", $"«\"transformKql\"»: \"source | extend TimeGenerated = Time // {new string('x', 15_400)}\"");
        var findings = await AnalyseAsync(text);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(["CSK0887"]));
        Template.AssertAt(findings[0], text, start, length);
    }

    [TestCase("CSK0881", "{ \"name\": «\"1st\"», \"type\": \"string\" }"), TestCase("CSK0882", "{ \"name\": «\"TenantId\"», \"type\": \"string\" }"), TestCase("CSK0883", "{ \"name\": \"Count\", \"type\": «\"integer\"» }"),
     TestCase("CSK0893", "{ \"name\": «\"Prompt\"», \"type\": \"string\" }")]
    public void Columns_of_a_table(string code, string column) => Template.Verify(code, Template.Collection, Columns, Columns[..^1] + ", " + column + "]");

    [TestCase("{ \"name\": \"tenantId\", \"type\": \"Guid\" }"), TestCase("{ \"name\": \"[parameters('c')]\", \"type\": \"string\" }")]
    public void Columns_that_a_table_can_have(string column) => Template.Ok(Template.Collection, Columns, Columns[..^1] + ", " + column + "]");

    [Test]
    public void A_table_has_a_time() => Template.Verify(
        "CSK0884", Template.Changed(Template.Collection, Columns, "\"columns\": [{ \"name\": \"Prompt\", \"type\": \"string\" }]").Text, "\"schema\"", "«\"schema\"»");

    [Test]
    public void A_table_has_not_too_many_columns()
    {
        var many = string.Join(", ", Enumerable.Range(0, 499).Select(i => $"{{ \"name\": \"Column{i}\", \"type\": \"string\" }}"));
        var (text, _, _) = Template.Changed(Template.Collection, Columns, Columns[..^1] + ", " + many + "]");
        Template.Verify("CSK0885", text, "\"schema\"", "«\"schema\"»");
    }

    [Test]
    public void A_table_has_a_legal_name()
    {
        var text = Template.Collection.Replace("\"name\": \"Prompts_CL\"", "\"name\": \"[parameters('n')]\"", StringComparison.Ordinal);
        Template.Verify("CSK0880", text, "\"[concat(parameters('workspace'), '/Prompts_CL')]\"", "«\"[concat(parameters('workspace'), '/All prompts_CL')]\"»");
    }

    [Test]
    public void The_schema_has_the_name_of_the_table() => Template.Verify("CSK0894", Template.Collection, "\"name\": \"Prompts_CL\"", "\"name\": «\"Prompt_CL\"»");

    [TestCase("CSK0886", "\"outputStream\": \"Custom-Prompts_CL\"", "\"outputStream\": «\"Prompts_CL\"»"), TestCase("CSK0890", "\"streams\": [\"Custom-Prompts\"]", "\"streams\": [«\"Custom-Prompt\"»]"),
     TestCase("CSK0891", "\"destinations\": [\"main\"]", "\"destinations\": [«\"man\"»]")]
    public void Flows_name_what_is_there(string code, string from, string to) => Template.Verify(code, Template.Collection, from, to);

    [TestCase("\"streams\": [\"Custom-Prompts\"]", "\"streams\": [\"Microsoft-Syslog\"]"), TestCase("\"name\": \"main\" }", "\"name\": \"[variables('d')]\" }"), TestCase("\"streams\": [\"Custom-Prompts\"]", "\"streams\": \"[variables('s')]\"")]
    public void Flows_that_cannot_be_judged(string from, string to) => Template.Ok(Template.Collection, from, to);

    private static async Task<List<Finding>> AnalyseAsync(string text)
    {
        var (items, findings) = Template.Read(text);
        Assert.That(findings, Is.Empty, () => Template.Shown(findings));
        var rule = items.OfType<DataCollectionRule>().Single();
        var schema = new KqlSchema(SharedHost.Catalog, [], [], []);
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(
            schema, [.. rule.Transformations.Select(transformation => new KqlRequest(transformation.Sample.Text, [], WithTree: true))], null, CancellationToken.None);
        return [.. TransformationCheck.Run(rule, analyses, new(schema))];
    }
}
