using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>A part of a detection's runs that goes out as one request.</summary>
/// <param name="Detection">The detection.</param>
/// <param name="Runs">The times of the runs.</param>
internal sealed record BacktestBatch(BacktestDetection Detection, ImmutableArray<DateTime> Runs);

/// <summary>What to run over a workspace.</summary>
/// <param name="Until">The time of the last run, UTC.</param>
/// <param name="Length">How long before that the first run may be.</param>
/// <param name="Detections">Rules, then hunts, by id.</param>
/// <param name="Findings">What cannot be run, and why.</param>
internal sealed record BacktestPlan(DateTime Until, TimeSpan Length, ImmutableArray<BacktestDetection> Detections, ImmutableArray<(ContentItem Item, Finding Finding)> Findings)
{
    // Each run is a branch of one union. No limit of their number is documented; the service plans and runs all of them together.
    private const int RunsInRequest = 32;

    // Sentinel starts a scheduled rule so much later than its time, so that what is late still counts.
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    /// <summary>The requests, detection by detection.</summary>
    public ImmutableArray<BacktestBatch> Batches =>
        [.. Detections.SelectMany(detection => detection.Runs(Until, Length).Chunk(RunsInRequest).Select(runs => new BacktestBatch(detection, [.. runs])))];

    /// <summary>The KQL of a request.</summary>
    public static string Query(BacktestBatch batch) =>
        BacktestScript.Request(batch.Detection, batch.Runs, batch.Detection.Kind == BacktestKind.Scheduled ? Delay : TimeSpan.Zero);

    /// <summary>The plan for compiled content.</summary>
    /// <param name="items">Content of a project without errors.</param>
    /// <param name="analyzed">All of its content with its analysis, inline parsers too.</param>
    /// <param name="filter">The ids to run; empty for all.</param>
    /// <param name="until">The time of the last run, UTC.</param>
    /// <param name="length">How long before that the first run may be.</param>
    /// <param name="every">The time between runs, or null for each rule's own.</param>
    public static BacktestPlan Create(
        ImmutableArray<ContentItem> items, ImmutableArray<AnalyzedContent> analyzed, ImmutableArray<string> filter, DateTime until, TimeSpan length, TimeSpan? every)
    {
        var analyses = analyzed.Where(item => item.Analysis is not null)
            .ToDictionary<AnalyzedContent, ContentItem, KqlAnalysis>(item => item.Item, item => item.Analysis!, ReferenceEqualityComparer.Instance);
        var chosen = Candidates(items).Where(item => filter.IsEmpty || filter.Contains(item.Id.Value)).OrderBy(item => item is HuntingQuery).ThenBy(item => item.Id.Value, StringComparer.Ordinal);
        var bodies = items.OfType<ParserFunction>().ToDictionary(parser => parser.Alias, parser => (parser, KqlText.Of(parser.Alias, analyses[parser])), StringComparer.Ordinal);
        var detections = ImmutableArray.CreateBuilder<BacktestDetection>();
        var findings = ImmutableArray.CreateBuilder<(ContentItem, Finding)>();
        foreach (var item in chosen)
        {
            try
            {
                detections.Add(Detection(item, analyses[item], length, every, bodies));
            }
            catch (NotSendableException fault)
            {
                var place = fault.Problem is { Source: "" } problem ? item.GetQuery()!.Locate(problem.Start, problem.Length) : item.Name.Span;
                findings.Add((item, fault.Finding with { Span = place }));
            }
        }

        return new(until, length, detections.ToImmutable(), findings.ToImmutable());
    }

    /// <summary>What can be run at all.</summary>
    public static IEnumerable<ContentItem> Candidates(IEnumerable<ContentItem> items) => items.Where(item => item is AnalyticsRule or HuntingQuery && item.GetQuery() is not null);

    private static BacktestDetection Detection(
        ContentItem item, KqlAnalysis analysis, TimeSpan length, TimeSpan? every, Dictionary<string, (ParserFunction Parser, KqlText Text)> parsers)
    {
        var (kind, own, window) = item switch
        {
            AnalyticsRule { Schedule: { } schedule } => (BacktestKind.Scheduled, every ?? schedule.Frequency.Value, schedule.Period.Value),
            AnalyticsRule => (BacktestKind.Nrt, every ?? TimeSpan.FromMinutes(1), every ?? TimeSpan.FromMinutes(1)),
            _ => (BacktestKind.Hunt, length, length),
        };
        var names = analysis.Columns?.Select(column => column.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        ImmutableArray<BacktestColumn> columns =
        [
            .. item.GetEntities().SelectMany(entity => entity.Fields.Select(field => new BacktestColumn($"{entity.Type.Value} {field.Identifier.Value}", field.Column.Value)))
                .Where(column => names.Contains(column.Column)).DistinctBy(column => column.Column),
        ];
        return new(item, kind, own, window, BacktestScript.Of(KqlText.Of("", analysis), kind, parsers), columns);
    }
}
