using System.Collections.Immutable;
using System.Text.Json;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace CopilotSentinelKit.Tests.Shipped;

/// <summary>The shipped pack's output, read back as Sentinel would read it, and analysed against a schema made from those files alone.</summary>
internal static class PackFiles
{
    /// <summary>The files with one resource each; main.json has all of theirs.</summary>
    public static List<(string Path, JsonElement Root)> Arm(TemporaryFolder folder) =>
        [.. folder.Files("arm").Keys.Where(path => path.EndsWith(".json", StringComparison.Ordinal) && path.Contains('/', StringComparison.Ordinal))
            .Select(path => (path, JsonDocument.Parse(folder.Read("arm/" + path)).RootElement))];

    public static List<(string Path, YamlMappingNode Root)> Yaml(TemporaryFolder folder) =>
        [.. folder.Files("yaml").Keys.Where(path => path.EndsWith(".yaml", StringComparison.Ordinal)).Select(path =>
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(folder.Read("yaml/" + path)));
            return (path, (YamlMappingNode)stream.Documents.Single().RootNode);
        })];

    /// <summary>A value of a mapping, or null.</summary>
    public static string? Text(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? ((YamlScalarNode)value).Value : null;

    public static ImmutableArray<KqlFunction> FunctionsOf(IEnumerable<ContentItem> items) =>
        [.. items.OfType<ParserFunction>().Select(parser => new KqlFunction(parser.Alias, parser.Parameters, [.. parser.Columns.Select(column => column.Value)]))];

    /// <summary>"name:type=default, ..." as in functionParameters.</summary>
    public static ImmutableArray<FunctionParameter> Parameters(string text) =>
        [.. text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':', '=')).Select(part => new FunctionParameter(part[0], part[1], part[2]))];

    /// <summary>Functions with the columns that their own queries return; one that calls another comes after it.</summary>
    public static async Task<ImmutableArray<KqlFunction>> BindAsync(IEnumerable<(string Name, string Parameters, string Query)> parsers)
    {
        var bound = ImmutableArray<KqlFunction>.Empty;
        foreach (var (name, text, query) in parsers.OrderBy(parser => parser.Query.Contains("CopilotEvents(", StringComparison.Ordinal)))
        {
            var parameters = Parameters(text);
            var analysis = await AnalyzeAsync(query, bound, parameters);
            Assert.That(Problems(analysis), Is.Empty, name);
            bound = bound.Add(new(name, parameters, analysis.Columns!.Value));
        }

        return bound;
    }

    public static async Task<KqlAnalysis> AnalyzeAsync(string query, ImmutableArray<KqlFunction> functions, ImmutableArray<FunctionParameter>? parameters = null)
    {
        var watchlists = ShippedPack.Specs.Watchlists.Select(list => new KqlWatchlist(list.Alias.Value, [.. list.Columns.Select(column => column.Value)]));
        var results = await SharedHost.Analyzer.AnalyzeAsync(
            new(SharedHost.Catalog, [], functions, [.. watchlists]), [new(query, parameters ?? [])], null, CancellationToken.None);
        return results.Single();
    }

    /// <summary>What Kusto.Language has against a query: errors and warnings.</summary>
    public static IEnumerable<string> Problems(KqlAnalysis analysis) =>
        analysis.Diagnostics.Where(finding => finding.Severity is "Error" or "Warning").Select(finding => $"{finding.Code} at {finding.Start}: {finding.Message}");
}
