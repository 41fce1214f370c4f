using System.Collections.Immutable;
using System.Text.Json;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Tests.Emit;
using CopilotSentinelKit.Tests.Emit.Equivalence;
using CopilotSentinelKit.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace CopilotSentinelKit.Tests.Shipped;

/// <summary>The files on disk, as the repositories deployment finds them.</summary>
internal sealed class PackOutputTests
{
    private const string WatchlistType = "Microsoft.OperationalInsights/workspaces/providers/Watchlists";

    private static readonly (string Folder, int AtLeast)[] Kinds =
        [("Parsers", 5), ("AnalyticRules", 14), ("HuntingQueries", 4), ("Watchlists", 2)];

    private readonly TemporaryFolder _output = new();
    private List<(string Path, JsonElement Root)> _arm = [];
    private List<(string Path, YamlMappingNode Root)> _yaml = [];

    [OneTimeSetUp]
    public async Task Generate()
    {
        using var empty = new TemporaryFolder();
        await Csk.GenerateAsync(empty.Root, "--out", _output.Root);
        _arm = PackFiles.Arm(_output);
        _yaml = PackFiles.Yaml(_output);
    }

    [OneTimeTearDown]
    public void Remove() => _output.Dispose();

    [Test]
    public void Every_kind_is_there_in_both_formats()
    {
        foreach (var (folder, atLeast) in Kinds)
        {
            var arm = _arm.Select(file => file.Path).Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)).Select(Name).ToList();
            Assert.That(arm, Has.Count.AtLeast(atLeast), folder);
            Assert.That(_yaml.Select(file => file.Path).Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)).Select(Name), Is.EqualTo(arm), folder);
        }

        static string Name(string path) => path[..path.IndexOf('.', StringComparison.Ordinal)];
    }

    [Test]
    public void Every_ARM_file_can_be_deployed_from_a_repository()
    {
        foreach (var (path, root) in _arm)
        {
            var parameters = root.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToList();
            Assert.That(parameters.Take(ParametersOf(path).Length), Is.EqualTo(ParametersOf(path)), path);
            Assert.That(parameters.Skip(ParametersOf(path).Length), HasOwn(path) ? Is.Unique : Is.Empty, path);
            Assert.That(path.TrimEnd('.', 'j', 's', 'o', 'n'), Is.EqualTo(path[..^".json".Length]), path);
            foreach (var resource in root.GetProperty("resources").EnumerateArray())
            {
                var type = resource.GetProperty("type").GetString()!;
                Assert.That(type.ToLowerInvariant(), path.StartsWith("Watchlists/", StringComparison.Ordinal) ? Is.EqualTo(WatchlistType.ToLowerInvariant()) : Is.AnyOf(ArmContentTests.AllowedTypes), path);
                var kind = resource.TryGetProperty("kind", out var value) ? value.GetString() : "";
                Assert.That(
                    ProviderSchema.Violations(resource.GetProperty("properties"), ArmContentTests.SchemaOfType[$"{type} {kind}"], resource.GetProperty("apiVersion").GetString()!),
                    Is.Empty,
                    path);
            }
        }
    }

    private static string[] ParametersOf(string path) => path.Split('/')[0] switch
    {
        "AnalyticRules" => ["workspace", "enabled", "severity"],
        "Workbooks" => ["workspace", "location"],
        _ => ["workspace"],
    };

    // Parameters of the detection's own come behind those of every file of the kind.
    private static bool HasOwn(string path) => path.Split('/')[0] is "AnalyticRules" or "HuntingQueries";

    [Test]
    public async Task Every_query_in_the_ARM_files_is_sound()
    {
        var resources = _arm.SelectMany(file => DeployedResource.OfArm([file.Root.GetRawText()])
            .Select(resource => (file.Path, Properties: JsonSerializer.Deserialize<JsonElement>(resource.Properties).GetProperty("properties")))).ToList();
        var functions = await PackFiles.BindAsync(
            from resource in resources
            where resource.Properties.TryGetProperty("functionAlias", out _)
            select (Value(resource.Properties, "functionAlias"), Value(resource.Properties, "functionParameters"), Value(resource.Properties, "query")));
        await AnalyzeAllAsync(
            functions,
            [.. resources.Where(resource => resource.Properties.TryGetProperty("query", out _) && !resource.Properties.TryGetProperty("functionAlias", out _))
                .Select(resource => (resource.Path, Value(resource.Properties, "query")))]);

        static string Value(JsonElement properties, string name) => properties.GetProperty(name).GetString()!;
    }

    [Test]
    public async Task Every_query_in_the_YAML_files_is_sound()
    {
        var functions = await PackFiles.BindAsync(
            from file in _yaml
            where file.Root.Text("FunctionAlias") is not null
            select (file.Root.Text("FunctionAlias")!, Parameters(file.Root), file.Root.Text("FunctionQuery")!));
        await AnalyzeAllAsync(functions, [.. _yaml.Where(file => file.Root.Text("query") is not null).Select(file => (file.Path, file.Root.Text("query")!))]);
    }

    // As Microsoft's packaging tool joins them.
    private static string Parameters(YamlMappingNode parser) => !parser.Children.TryGetValue(new YamlScalarNode("FunctionParams"), out var parameters) ? "" : string.Join(", ", ((YamlSequenceNode)parameters).Cast<YamlMappingNode>().Select(parameter => $"{parameter.Text("Name")}:{parameter.Text("Type")}={parameter.Text("Default")}"));

    private static async Task AnalyzeAllAsync(ImmutableArray<KqlFunction> functions, List<(string Path, string Query)> queries)
    {
        Assert.That(functions.Select(function => function.Name), Is.SupersetOf(["CopilotEvents", "CopilotMessages", "CopilotResources", "CopilotPlugins", "CopilotAdminEvents"]));
        Assert.That(queries, Has.Count.AtLeast(18));
        foreach (var (path, query) in queries)
        {
            var analysis = await PackFiles.AnalyzeAsync(query, functions);
            Assert.That(PackFiles.Problems(analysis), Is.Empty, path);
            Assert.That(analysis.Columns?.Length, Is.GreaterThan(0), path);
        }
    }
}
