using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Analyze;

/// <summary>Analyses content of others, a batch at a time, so that what is kept does not grow with the number of files.
/// Parsers go first, each after those that it calls, because the others are analysed against the columns they return.</summary>
/// <param name="kql">Kusto.Language.</param>
/// <param name="workspace">What queries can name beside the content itself.</param>
/// <param name="sources">Sources of the mapping, whose connectors are known.</param>
/// <param name="progress">Told what is being done; may be null.</param>
internal sealed class ForeignAnalysis(IKqlAnalyzer kql, KqlSchema workspace, ImmutableArray<SourceSpec> sources, IProgress<CompilerProgress>? progress)
{
    private const int BatchSize = 64;

    private readonly PatientAnalyzer _kql = new(kql);
    private readonly ForeignParsers _parsers = new(workspace.Catalog);
    private int _done;
    private int _total;

    /// <summary>All content with its analysis, and what its queries were bound against. Nothing is analysed before it is asked for.</summary>
    public async IAsyncEnumerable<(AnalyzedContent Content, KqlSchema Schema)> RunAsync(
        ImmutableArray<ContentItem> items, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var known = WorkspaceSchema.With(workspace, items);
        _total = items.Sum(item => item.GetQueries().Length);
        var layers = ParserOrder.Of([.. items.OfType<ParserFunction>()]);
        _parsers.Announce(items.OfType<ParserFunction>());
        foreach (var batch in layers.SelectMany(layer => layer.Chunk(BatchSize)).Concat(items.Where(item => item is not ParserFunction).Chunk(BatchSize)))
        {
            var schema = _parsers.AddTo(known);
            foreach (var content in await AnalyzeBatchAsync([.. batch], schema, cancellation))
            {
                yield return (content, schema);
            }
        }
    }

    private async Task<ImmutableArray<AnalyzedContent>> AnalyzeBatchAsync(ImmutableArray<ContentItem> batch, KqlSchema schema, CancellationToken cancellation)
    {
        var requests = batch
            .SelectMany(item => item.GetQueries().Select(query => new KqlRequest(WorkspaceNames.Analysable(query.Text), ParametersOf(item), WithTree: true) { Place = query.Fallback.ToString() }))
            .ToImmutableArray();
        var analyses = await AnalyzeAsync(schema, requests, cancellation);
        var isHunt = batch.SelectMany(item => item.GetQueries().Select(_ => item is HuntingQuery)).ToImmutableArray();
        analyses = await AsDefenderAsync(schema, requests, analyses, isHunt, cancellation);
        var result = ImmutableArray.CreateBuilder<AnalyzedContent>(batch.Length);
        var next = 0;
        foreach (var item in batch)
        {
            var count = item.GetQueries().Length;
            var content = Analyzed(item, [.. Enumerable.Range(next, count).Select(i => WorkspaceNames.Separate(analyses[i], requests[i].Text, _parsers.OfUnknownColumns, schema.Watchlists))]);
            next += count;
            result.Add(content);
            if (content is { Item: ParserFunction parser, Analysis: { } analysis })
            {
                _parsers.Add(parser, analysis);
            }
        }

        return result.MoveToImmutable();
    }

    /// <summary>The analyses, asked again as Defender's where a hunt fails as Sentinel's: nothing says which of the two it is for, and tables
    /// of one name differ in columns and types.</summary>
    private async Task<ImmutableArray<KqlAnalysis>> AsDefenderAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, ImmutableArray<KqlAnalysis> analyses, ImmutableArray<bool> isHunt, CancellationToken cancellation)
    {
        var catalog = schema.Catalog;
        var names = catalog.DefenderNames.ToHashSet(StringComparer.Ordinal);
        var failed = Enumerable.Range(0, requests.Length)
            .Where(i => isHunt[i] && Errors(analyses[i]) > 0 && QueryTables.WordsOf(requests[i].Text).Any(names.Contains))
            .ToImmutableArray();
        if (failed.IsEmpty)
        {
            return analyses;
        }

        var used = failed.SelectMany(i => QueryTables.WordsOf(requests[i].Text)).Where(names.Contains).ToHashSet(StringComparer.Ordinal);
        var defender = schema with
        {
            Tables = [.. schema.Tables.Where(table => !used.Contains(table.Name)), .. used.Order(StringComparer.Ordinal).Select(name => new KqlTable(name, catalog.FindDefender(name)!.Value))],
        };
        var second = await _kql.AnalyzeAsync(defender, [.. failed.Select(i => requests[i])], null, cancellation);
        var result = analyses.ToBuilder();
        foreach (var (index, analysis) in failed.Zip(second))
        {
            var lenient = ServiceRules.Apply(analysis, requests[index].Text, defender);
            result[index] = Errors(lenient) < Errors(result[index]) ? lenient : result[index];
        }

        return result.MoveToImmutable();
    }

    private static int Errors(KqlAnalysis analysis) => analysis.Diagnostics.Count(finding => finding.Severity == "Error");

    /// <summary>The analyses, asked again where a table that nobody knows leaves names without an answer.</summary>
    private async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(KqlSchema schema, ImmutableArray<KqlRequest> requests, CancellationToken cancellation)
    {
        var analyses = await _kql.AnalyzeAsync(schema, requests, () => progress?.Report(new("Analysing queries", Interlocked.Increment(ref _done), _total)), cancellation);
        analyses = [.. analyses.Select((analysis, index) => ServiceRules.Apply(analysis, requests[index].Text, schema))];
        var again = Enumerable.Range(0, requests.Length)
            .Select(i => (Index: i, Names: WorkspaceNames.ToDeclare(analyses[i], requests[i].Text).ToImmutableArray()))
            .Where(query => !query.Names.IsEmpty)
            .ToImmutableArray();
        if (again.IsEmpty)
        {
            return analyses;
        }

        var open = again.SelectMany(query => query.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new KqlTable(name, []) { IsOpen = true });
        var second = await _kql.AnalyzeAsync(
            schema with { Tables = [.. schema.Tables, .. open] }, [.. again.Select(query => requests[query.Index])], null, cancellation);
        var result = analyses.ToBuilder();
        foreach (var ((index, names), analysis) in again.Zip(second))
        {
            var first = analyses[index].Diagnostics.Where(finding => finding.Code == "KS142" && names.Contains(WorkspaceNames.NameAt(requests[index].Text, finding)));
            var lenient = ServiceRules.Apply(analysis, requests[index].Text, schema);
            result[index] = lenient with { Diagnostics = [.. lenient.Diagnostics, .. first], Tables = [.. lenient.Tables.Except(names, StringComparer.Ordinal)] };
        }

        return result.MoveToImmutable();
    }

    private AnalyzedContent Analyzed(ContentItem item, ImmutableArray<KqlAnalysis> parts)
    {
        var known = parts.IsEmpty ? item : item with { RequiredConnectors = ConnectorsNeeded.For(parts.SelectMany(_parsers.TablesOf).Distinct(), sources) };
        return item is Workbook or DataCollectionRule ? new(known, null) { Parts = parts } : new(known, parts is [var single] ? single : null);
    }

    private static ImmutableArray<FunctionParameter> ParametersOf(ContentItem item) => (item as ParserFunction)?.Parameters ?? [];
}
