using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

/// <summary>The table and the data collection rule of a source that Sentinel has no connector for.</summary>
internal sealed class IngestionTests
{
    private const string Template = "templates/ingestion/transformation.scriban";

    private const string Prompt =
        """{"CreationTime":"2026-05-02T07:00:00","Id":"1","Operation":"CopilotInteraction","RecordType":261,"Workload":"Copilot","UserId":"a@contoso.com","ClientIP":"198.51.100.7","CopilotEventData":{"AppHost":"Word","AccessedResources":[{"Name":"plan.docx","SiteUrl":"https://contoso.sharepoint.com/x"}]}}""";

    private const string OfSharePoint = """{"CreationTime":"2026-05-02T07:00:00","Id":"2","Operation":"FileAccessed","Workload":"SharePoint","UserId":"a@contoso.com"}""";

    private static readonly string[] Ingested = ["arm/Ingestion/CopilotAudit_CL.ingestion.json"];

    [TestCase("2026-05-02T07:00:00", "2026-05-02T07:00:00.0000000Z", TestName = "A time without a zone is UTC")]
    [TestCase("2026-05-02T07:00:00Z", "2026-05-02T07:00:00.0000000Z", TestName = "A time with Z")]
    [TestCase("2026-05-02T07:00:00+02:00", "2026-05-02T05:00:00.0000000Z", TestName = "A time with an offset")]
    [TestCase("", "2026-01-15T12:00:00.0000000Z", TestName = "A record without a time gets the time it came")]
    public async Task The_time_is_that_of_the_record(string written, string expected) => Assert.That(
        (await RunAsync(Shipped(""), Prompt.Replace("2026-05-02T07:00:00", written, StringComparison.Ordinal))).Single()[0],
        Is.EqualTo(expected));

    [Test]
    public async Task What_arrives_is_the_row_that_tests_make_and_other_workloads_do_not()
    {
        var pack = Shipped("");
        var source = pack.Mapping.Sources.Single();
        ImmutableArray<Column> columns = [.. source.Declares.Select(column => column.Value)];
        var record = EventReader.Read(new SourceFile("e.json", Prompt), []).Single();
        var expected = SourceRows.Of(source, pack.Mapping.Fields, columns, []).Read(record);
        var rows = await RunAsync(pack, OfSharePoint, Prompt);
        Assert.That(rows, Has.Count.EqualTo(1));
        Assert.That(rows[0], Is.EqualTo(expected.Select(value => ValueText.Of(value))));
    }

    [Test]
    public async Task A_masked_record_has_no_name_address_or_file()
    {
        var rows = await RunAsync(Shipped("masked: true"), Prompt);
        var record = rows.Single()[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record, Does.Not.Contain("contoso").And.Not.Contain("198.51.100.7").And.Not.Contain("plan.docx"));
            Assert.That(record, Does.Contain("\"UserId\":\"" + Sha256("a@contoso.com") + "\"").And.Contain("\"AppHost\":\"Word\"").And.Contain("\"Operation\":\"CopilotInteraction\""));
        }
    }

    [Test]
    public async Task The_file_passes_the_kits_own_checks_and_is_no_content()
    {
        var compilation = await Small("ingestion: true").CompileAsync();
        var emission = Compiler.Emit(compilation, [OutputFormat.Arm]);
        var file = emission.Artifacts.Single(artifact => artifact.Path.StartsWith("arm/Ingestion/", StringComparison.Ordinal));
        var again = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CheckAsync(
            [], [], [new("a.json", "a.json", Encoding.UTF8.GetBytes(file.Text))], null, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Findings.Where(finding => finding.Code != "CSK0213"), Is.Empty, () => Marked.Shown(again.Findings));
            Assert.That(again.Items.OfType<DataCollectionRule>().Single().Transformations.Single().IsBound);
            Assert.That(again.Items.OfType<CustomTable>().Single().Columns, Is.EqualTo([new Column("TimeGenerated", "datetime"), new Column("Data", "dynamic")]));
            Assert.That(emission.Deployment.Never, Does.Contain("arm/Ingestion/"));
            Assert.That(emission.Deployment.Files, Does.Not.Contain(file.Path));
        }
    }

    [Test]
    public async Task Only_a_source_that_asks_for_it_has_one()
    {
        Assert.That(await PathsAsync("ingestion: true"), Is.EqualTo(Ingested));
        Assert.That(await PathsAsync("ingestion: false"), Is.Empty);
    }

    [Test]
    public async Task A_projects_own_transformation_is_checked() => Assert.That(
        (await Small("ingestion: true").Project(Template, "source\n| summarize arg_max(Data, *) by Data\n").CompileAsync()).Findings.Select(finding => finding.Code),
        Does.Contain("CSK0888"));

    [TestCase("declares: { TimeGenerated: datetime, Data: dynamic }", "declares: { TimeGenerated: string, Data: dynamic }", "TimeGenerated of type datetime")]
    [TestCase("table: CopilotAudit_CL", "table: CopilotAudit", "name ends in _CL")]
    [TestCase("row: { TimeGenerated: { record: CreationTime }, ", "row: { ", "does not say what TimeGenerated is")]
    [TestCase("Data: { record: $ }", "Data: { value: '{}' }", "\"Data\" has names or a value of its own")]
    public void Why_it_cannot_be_made(string part, string other, string reason) =>
        Assert.That(Small("ingestion: «true»").Replace(TestPack.MappingPath, part, other).VerifyLoad("CSK0224").Message, Does.Contain(reason));

    private static async Task<IEnumerable<string>> PathsAsync(string entry) => Compiler
        .Emit(await Small(entry).CompileAsync(), [OutputFormat.Arm]).Artifacts.Select(artifact => artifact.Path)
        .Where(path => path.StartsWith("arm/Ingestion/", StringComparison.Ordinal));

    private static TestPack Small(string entry) => TestPack.Small
        .With(Template, Repository.Read("templates", "ingestion", "transformation.scriban"))
        .With(TestPack.MappingPath, $$"""
            version: 1.0.0
            sources:
              Custom:
                table: CopilotAudit_CL
                record: Data
                event: Data.CopilotEventData
                declares: { TimeGenerated: datetime, Data: dynamic }
                {{entry}}
                row: { TimeGenerated: { record: CreationTime }, Data: { record: $ } }
            fields:
              RecordId: { type: string, record: [Id, ID] }
            parsers:
              CopilotEvents: { description: Records., template: events }

            """);

    private static ResolvedPack Shipped(string kit) => TestPack.Shipped().WithKit("sources: [ManagementActivityApi]\n" + kit).Load();

    // What the transformation makes of records, as texts.
    private static async Task<List<string[]>> RunAsync(ResolvedPack pack, params string[] records)
    {
        var findings = new List<Finding>();
        var rule = IngestionGenerator.For(pack, findings, CancellationToken.None).Single();
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        var kql = $"let source = datatable(Record:dynamic)[{string.Join(", ", records.Select(record => $"dynamic({record})"))}];\n{rule.Transformations.Single().Kql.Text}";
        var analysis = (await SharedHost.Analyzer.AnalyzeAsync(new(SharedHost.Catalog, [], [], []), [new(kql, [], WithTree: true)], null, CancellationToken.None)).Single();
        var query = CompiledQuery.Compile(analysis, new(new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc), [], [], []));
        Assert.That(query.Refusal, Is.Null);
        return [.. query.Run().Rows.Select(row => row.Select(value => ValueText.Of(value)).ToArray())];
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
