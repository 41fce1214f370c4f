using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Emit.Solutions;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit.Solutions;

/// <summary>The format solution: what Content Hub and the Azure-Sentinel repository take.</summary>
internal sealed partial class SolutionTests
{
    private static readonly string[] Kinds = ["Parsers", "Workbooks", "Analytic Rules", "Hunting Queries", "Watchlists"];

    private static readonly string[] Content =
    [
        "Parsers/CopilotEvents.yaml", "Parsers/ACopilotMessages.yaml", "Workbooks/CopilotActivity.json", "Analytic Rules/Bare.yaml", "Analytic Rules/CopilotJailbreakAttempt.yaml",
        "Analytic Rules/CopilotJailbreakNow.yaml", "Hunting Queries/CopilotByCountry.yaml", "Watchlists/CopilotEntitledUsers.json",
    ];

    private static readonly string[] Around =
    [
        "Data/Solution_ContosoCopilot.json", "SolutionMetadata.json", "ReleaseNotes.md", "Package/mainTemplate.json", "Package/createUiDefinition.json",
        "Package/testParameters.json", "Package/3.0.1.zip",
    ];

    // What tells one piece of content from another in every form.
    private static readonly string[] Telling =
    [
        "query", "queryFrequency", "functionAlias", "functionParameters", "serializedData", "rawContent", "watchlistAlias", "entityMappings", "customDetails", "alertDetailsOverride", "tags",
    ];

    private const string Folder = "solution/Contoso Copilot/";

    /// <summary>A whole solution.</summary>
    public static SolutionSpec Spec { get; } = new(
        Sample.At("Contoso Copilot"),
        "contoso",
        "contoso-copilot-sentinel",
        "Detections for <Copilot>.\n\nAnd hunts.",
        new(null, "soc@contoso.com", null, "Partner"),
        [new("3.0.1", "2026-11-28", "More | agents."), new("3.0.0", "2026-10-01", "Initial release.")],
        ["Compliance"],
        [],
        "Azure_Sentinel.svg");

    [Test]
    public async Task Every_piece_of_content_is_a_file_that_the_data_names()
    {
        var files = await Files(Sample.Items);
        using var data = Parse(files, "Data/Solution_ContosoCopilot.json");
        var named = Kinds.SelectMany(kind => data.RootElement.GetProperty(kind).EnumerateArray().Select(path => Folder + path.GetString()));
        Assert.That(named, Is.EqualTo(Content.Select(path => Folder + path)));
        Assert.That(files.Keys, Is.EquivalentTo(named.Concat(Around.Select(path => Folder + path)).Append("solution/WorkbooksMetadata.json")));
    }

    [Test]
    public async Task The_first_release_is_packed_and_all_are_in_the_notes()
    {
        var files = await Files(Sample.Items);
        Assert.That(Text(files, "ReleaseNotes.md").Split('\n')[2..4], Is.EqualTo(["| 3.0.1 | 28-11-2026 | More \\| agents. |", "| 3.0.0 | 01-10-2026 | Initial release. |"]));
        using var metadata = Parse(files, "SolutionMetadata.json");
        Assert.That(metadata.RootElement.GetProperty("firstPublishDate").GetString(), Is.EqualTo("2026-10-01"));
        using var template = Parse(files, "Package/mainTemplate.json");
        Assert.That(template.RootElement.GetProperty("variables").GetProperty("_solutionVersion").GetString(), Is.EqualTo("3.0.1"));
        Assert.That(Package(template).GetProperty("descriptionHtml").GetString(), Does.StartWith("<p>Detections for &lt;Copilot&gt;.</p>\n<p>And hunts.</p>\n"));
    }

    [Test]
    public async Task The_zip_holds_both_templates_and_says_nothing_of_the_machine()
    {
        var files = await Files(Sample.Items);
        var bytes = files[Folder + "Package/3.0.1.zip"].Bytes.ToArray();
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.That(zip.Entries.Select(entry => entry.FullName), Is.EqualTo(["createUiDefinition.json", "mainTemplate.json"]));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(Text(files, "Package/" + entry.FullName)));
            Assert.That((entry.LastWriteTime.DateTime, entry.ExternalAttributes, entry.CompressedLength), Is.EqualTo((new DateTime(1980, 1, 1), 0, entry.Length)));
        }

        // A header of the directory has the system in its sixth byte.
        var latin = Encoding.Latin1.GetString(bytes);
        Assert.That(Header().Matches(latin).Select(header => header.Groups[1].Value), Is.EqualTo(["\0", "\0"]));
        Assert.That((await Files(Sample.Items))[Folder + "Package/3.0.1.zip"].Bytes.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Of_the_shipped_pack_everything_is_declared_used_and_filled()
    {
        var files = await Files((await ShippedPack.Compilation).Items);
        var text = Text(files, "Package/mainTemplate.json");
        using var template = JsonDocument.Parse(text);
        using var form = Parse(files, "Package/createUiDefinition.json");
        var parameters = template.RootElement.GetProperty("parameters").EnumerateObject().ToList();
        var outputs = form.RootElement.GetProperty("parameters").GetProperty("outputs").EnumerateObject().Select(output => output.Name).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names("parameters", text), Is.EquivalentTo(parameters.Select(parameter => parameter.Name)));
            Assert.That(Names("variables", text), Is.EquivalentTo(template.RootElement.GetProperty("variables").EnumerateObject().Select(variable => variable.Name)));
            Assert.That(outputs, Is.SubsetOf(parameters.Select(parameter => parameter.Name)));
            Assert.That(outputs, Is.SupersetOf(parameters.Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)).Select(parameter => parameter.Name)));
            Assert.That(text, Does.Not.Match(": (\"\"|\\[\\])"));
            Assert.That(Encoding.UTF8.GetByteCount(text), Is.LessThan(4 * 1024 * 1024));
            Assert.That(parameters, Has.Count.LessThanOrEqualTo(256));
            Assert.That(template.RootElement.GetProperty("variables").EnumerateObject().Count(), Is.LessThanOrEqualTo(256));
            Assert.That(template.RootElement.GetProperty("resources").GetArrayLength(), Is.LessThanOrEqualTo(800));
        }
    }

    [Test]
    public async Task Of_the_shipped_pack_templates_are_what_the_ARM_files_deploy()
    {
        // Parsers of ASIM go elsewhere. Parameters of a file have their defaults, with which a query is as the spec has it.
        var items = (await ShippedPack.Compilation).Items.RemoveAll(item => item is ParserFunction { Asim: not null });
        using var template = Parse(await Files(items), "Package/mainTemplate.json");
        var packed = template.RootElement.GetProperty("resources").EnumerateArray()
            .Where(resource => resource.GetProperty("type").GetString()!.EndsWith("/contentTemplates", StringComparison.Ordinal))
            .Select(resource => resource.GetProperty("properties").GetProperty("mainTemplate").GetProperty("resources")[0].GetProperty("properties"))
            .Select(Described)
            .Concat(template.RootElement.GetProperty("resources").EnumerateArray()
                .Where(resource => resource.GetProperty("type").GetString()!.EndsWith("/Watchlists", StringComparison.Ordinal))
                .Select(resource => Described(resource.GetProperty("properties"))));
        var deployed = items.Select(item =>
        {
            using var one = JsonDocument.Parse(JsonText.WriteTemplate(ContentKind.Of(item).Resource(item, ArmSettings.Plain)));
            return Described(one.RootElement.GetProperty("properties"));
        });
        Assert.That(packed, Is.EquivalentTo(deployed));
        Assert.That(Package(template).GetProperty("dependencies").GetProperty("criteria").GetArrayLength(), Is.EqualTo(items.Length));
    }

    [Test]
    public async Task A_rule_is_a_template_that_is_off_with_what_it_needs()
    {
        using var template = Parse(await Files([Sample.Rule]), "Package/mainTemplate.json");
        var rule = template.RootElement.GetProperty("resources")[0].GetProperty("properties").GetProperty("mainTemplate").GetProperty("resources")[0].GetProperty("properties");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rule.GetProperty("enabled").GetBoolean(), Is.False);
            Assert.That(rule.GetProperty("status").GetString(), Is.EqualTo("Available"));
            Assert.That(rule.GetProperty("requiredDataConnectors").GetRawText(), Does.Contain("MicrosoftCopilot").And.Contain("CopilotActivity"));
            Assert.That(rule.GetProperty("subTechniques").EnumerateArray().Select(id => id.GetString()), Is.EqualTo(["T1562.001", "T1562.006"]));
        }
    }

    [Test]
    public async Task Text_in_brackets_is_still_text_when_it_is_installed()
    {
        // Each of two templates takes a bracket away.
        using var template = Parse(await Files([Sample.Workbook]), "Package/mainTemplate.json");
        var workbook = template.RootElement.GetProperty("resources")[0].GetProperty("properties").GetProperty("mainTemplate").GetProperty("resources")[0];
        Assert.That(workbook.GetProperty("properties").GetProperty("description").GetString(), Is.EqualTo("[[[Who uses it.]"));
    }

    [Test]
    public async Task Without_a_solution_in_the_project_there_is_a_finding_and_no_file()
    {
        var compilation = await TestPack.Rule().WithKit("formats: [yaml]").CompileAsync();
        var emission = Compiler.Emit(compilation, [OutputFormat.Solution]);
        Assert.That(emission.Artifacts, Is.Empty);
        Assert.That(emission.Findings.Select(finding => (finding.Code, finding.Span.File.Path)), Is.EqualTo([("CSK0230", "project/kit.yaml")]));
    }

    // What both forms say of a piece of content: severity and names may be parameters in one of them.
    private static string Described(JsonElement properties) => string.Join('\n',
        Telling.Select(name => properties.TryGetProperty(name, out var value) ? Lines().Replace(value.ToString(), "") : ""));

    private static JsonElement Package(JsonDocument template) => template.RootElement.GetProperty("resources").EnumerateArray()
        .Single(resource => resource.GetProperty("type").GetString()!.EndsWith("/contentPackages", StringComparison.Ordinal)).GetProperty("properties");

    private static IEnumerable<string> Names(string function, string text) =>
        Regex.Matches(text, function + @"\('([^']+)'\)").Select(match => match.Groups[1].Value).Distinct();

    private static JsonDocument Parse(Dictionary<string, Artifact> files, string path) => JsonDocument.Parse(Text(files, path));

    private static string Text(Dictionary<string, Artifact> files, string path) => files[Folder + path].Text;

    private static async Task<Dictionary<string, Artifact>> Files(ImmutableArray<ContentItem> items)
    {
        var findings = new List<Finding>();
        var pack = (await ShippedPack.Compilation).Pack! with { Solution = Spec, Publisher = "Contoso" };
        var files = SolutionFormat.Render(pack, items, [OutputFormat.Solution], findings);
        Assert.That(findings, Is.Empty);
        return files.ToDictionary(file => file.Path);
    }

    [GeneratedRegex(@"\n\s*")]
    private static partial Regex Lines();

    [GeneratedRegex(@"PK\x01\x02.(.)", RegexOptions.Singleline)]
    private static partial Regex Header();
}
