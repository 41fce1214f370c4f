using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Cli.Cache;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Tests.Golden;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Contract;

/// <summary>What Kusto.Language says of queries, whichever host is compiled in. To record it anew from the Node host:
/// UPDATE_GOLDEN=1 dotnet test --filter Contract.</summary>
internal sealed class KqlContractTests
{
    private const int ReadableTree = 160;

    private static readonly bool IsNode = LanguageServices.Describe().Name == "Node.js";
    private static readonly bool IsUpdate = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    private static readonly string Folder = Repository.PathOf("tests", "CopilotSentinelKit.Tests", "Contract", "Kql");

    private static readonly KqlSchema Schema = new(
        SharedHost.Catalog,
        [
            new("Signins_CL", [new("TimeGenerated", "datetime"), new("Upn", "string"), new("Risk", "dynamic")]),
            new("Sessions_CL", [new("TimeGenerated", "datetime"), new("Upn", "string"), new("Odd", "unknown")]),
            new("Open_CL", [new("TimeGenerated", "datetime"), new("Known", "string")]) { IsOpen = true },
        ],
        [
            new(
                "Prompts",
                [new("starttime", "datetime", "datetime(null)"), new("endtime", "datetime", "datetime(null)")],
                [new("TimeGenerated", "datetime"), new("Upn", "string"), new("Flagged", "bool"), new("Attempts", "int")]),
        ],
        [new("Entitled", [new("UserPrincipalName", "string"), new("Licence", "string")])]);

    [Test]
    public async Task Queries()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Folder, "Queries"), "*.kql").Order(StringComparer.Ordinal).ToList();
        var requests = files.ConvertAll(path => new KqlRequest(File.ReadAllText(path).ReplaceLineEndings("\n"), [new("workspaceStart", "datetime", "")], WithTree: true));
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(Schema, [.. requests], null, CancellationToken.None);

        Assert.That(IsNode || !IsUpdate, "Results are recorded from the Node host.");
        GoldenFolder.Verify(
            Path.Combine(Folder, "Expected"),
            files.Zip(requests.Zip(analyses)).ToDictionary(pair => Path.GetFileNameWithoutExtension(pair.First) + ".txt", pair => Show(pair.Second.First.Text, pair.Second.Second)));
    }

    [Test]
    public async Task Depth_without_end_is_a_finding_and_no_more()
    {
        string[] texts =
        [
            $"print {new string('(', 20_000)}1{new string(')', 20_000)}",
            $"print {string.Join('+', Enumerable.Repeat("1", 3_000))}",
            $"print {new string('-', 3_000)}1",
            "Prompts" + string.Concat(Enumerable.Repeat(" | where Flagged", 1_000)),
            "print a" + string.Concat(Enumerable.Repeat(".a", 3_000)),
        ];
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(Schema, [.. texts.Select(text => new KqlRequest(text, [], WithTree: true)), new("print 1", [])], null, CancellationToken.None);

        Assert.That(analyses[^1].Diagnostics, Is.Empty);
        Assert.That(analyses.Take(texts.Length).Select(analysis => analysis.Diagnostics.Last().Code), Is.All.EqualTo("KS245"));
        Assert.That(analyses.Take(texts.Length).Select(analysis => analysis.Tree), Is.All.Null);
    }

    // The file holds what the Node host said of the shipped queries when it was recorded last. Queries that have changed since are not in it, which is
    // no mistake as long as most are.
    [Test]
    public async Task Shipped_queries()
    {
        var recorder = new Recorder();
        await new Compiler(recorder, SharedHost.Catalog).CompileAsync([.. PackFolder.Read(Repository.Root)], [], null, CancellationToken.None);
        var actual = recorder.Results.ToImmutableSortedDictionary(StringComparer.Ordinal);
        var path = Path.Combine(Folder, "shipped.txt");
        if (IsUpdate)
        {
            Assert.That(IsNode && Environment.GetEnvironmentVariable("CI") is null or "", "Results are recorded from the Node host, and not in CI.");
            await File.WriteAllTextAsync(path, string.Concat(actual.Select(entry => $"{entry.Key} {entry.Value}\n")));
        }

        var expected = (await File.ReadAllLinesAsync(path)).Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1]);
        var known = actual.Where(entry => expected.ContainsKey(entry.Key)).ToList();
        Assert.That(known.Select(entry => entry.Value), Is.EqualTo(known.Select(entry => expected[entry.Key])));
        Assert.That(known, Has.Count.GreaterThan(actual.Count / 2), "Most shipped queries have changed: record them anew with UPDATE_GOLDEN=1 dotnet test --filter Contract.");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Json(KqlAnalysis analysis) => JsonSerializer.Serialize(analysis, CacheJson.Default.KqlAnalysis);

    private static string Show(string text, KqlAnalysis analysis)
    {
        var lines = new StringBuilder();
        foreach (var finding in analysis.Diagnostics)
        {
            lines.Append(finding.Code).Append(' ').Append(finding.Severity).Append(" «").Append(text.AsSpan(finding.Start, finding.Length)).Append("»: ").Append(finding.Message).Append('\n');
        }

        lines.Append("columns: ").AppendJoin(", ", analysis.Columns?.Select(column => $"{column.Name}:{column.Type}") ?? ["none"]).Append(analysis.IsOpen ? " and more" : "").Append('\n');
        lines.Append("tables: ").AppendJoin(", ", analysis.Tables).Append('\n');
        lines.Append("functions: ").AppendJoin(", ", analysis.Functions).Append('\n');
        lines.Append("watchlists: ").AppendJoin(", ", analysis.Watchlists).Append('\n');
        lines.Append("reads: ").AppendJoin(", ", analysis.ColumnsRead).Append('\n');
        if (text.Length <= ReadableTree)
        {
            Show(analysis.Tree!, "", lines);
        }

        return lines.Append("all of it: ").Append(Hash(Json(analysis))).Append('\n').ToString().Replace(" \n", "\n", StringComparison.Ordinal);
    }

    private static void Show(SyntaxNode node, string indent, StringBuilder lines)
    {
        lines.Append(indent).Append(node.Role.Length > 0 ? node.Role + "=" : "").Append(node.Kind);
        if (node.Symbol is { } symbol)
        {
            lines.Append(" ->").Append(symbol.Kind).Append(':').Append(symbol.Name).Append(symbol.Type is { } type ? $":{type}" : "").Append(symbol.Origins.IsEmpty ? "" : $" of {string.Join('+', symbol.Origins)}");
            lines.Append(string.Concat(symbol.Sources.Select(source => $" from «{source.Source}»")));
        }

        lines.Append(node.ResultType is { } result ? $" :{result}" : "").Append(node.Columns is { } columns ? $"({string.Join(',', columns.Select(column => column.Name))}{(node.IsOpen ? ",..." : "")})" : "");
        lines.Append(node.Value is { } value ? $" = {value}" : "").Append(node.ResultName is { } name ? $" as {name}" : "").Append(node.Text is { } text ? $" \"{text}\"" : "").Append('\n');
        foreach (var child in node.Children)
        {
            Show(child, indent + "  ", lines);
        }
    }

    /// <summary>Keeps what the analyzer says, by what it was asked.</summary>
    private sealed class Recorder : IKqlAnalyzer
    {
        public Dictionary<string, string> Results { get; } = [];

        public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
        {
            var analyses = await SharedHost.Analyzer.AnalyzeAsync(schema, requests, analyzed, cancellation);
            var digest = JsonSerializer.Serialize(new KqlSchemaDigest(schema.Catalog.Hash, schema.Tables, schema.Functions, schema.Watchlists), CacheJson.Default.KqlSchemaDigest);
            foreach (var (request, analysis) in requests.Zip(analyses))
            {
                Results[Hash(digest + request.Text + string.Join(';', request.Parameters) + request.WithTree)] = Hash(Json(analysis));
            }

            return analyses;
        }
    }
}
