using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Analyze;

/// <summary>What a rule scans. Sizes of tables are not known, so it is counted in days of data: a table read twice over 14 days each hour is 672 a day.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Reads">Tables and how often a run reads them, in ordinal order.</param>
/// <param name="Window">How far back a run reads at most: its period; a minute for a rule in near real time.</param>
/// <param name="RunsADay">Runs in a day.</param>
/// <param name="ColumnsRead">Columns of the tables that it names, itself or in parsers.</param>
/// <param name="WidestRow">The most columns that rows have on their way, in the query or in a parser.</param>
public sealed record RuleCost(AnalyticsRule Rule, ImmutableSortedDictionary<string, int> Reads, TimeSpan Window, double RunsADay, int ColumnsRead, int WidestRow)
{
    /// <summary>The tables for people, with how often where that is more than once: "2 x CloudAppEvents".</summary>
    public IEnumerable<string> ReadsInWords => Reads.Select(read => read.Value == 1 ? read.Key : FormattableString.Invariant($"{read.Value} x {read.Key}"));

    /// <summary>Days of data that it scans in a day, all tables together.</summary>
    public double DaysScannedADay => Reads.Values.Sum() * Window.TotalDays * RunsADay;
}

/// <summary>Works out what rules scan.</summary>
internal static class RuleCosts
{
    /// <summary>The rules, the most costly first.</summary>
    /// <param name="items">Content with its analysis; parsers too, which rules are followed into.</param>
    /// <param name="catalog">Microsoft's functions.</param>
    public static ImmutableArray<RuleCost> Of(ImmutableArray<AnalyzedContent> items, TableCatalog catalog)
    {
        var parsers = items.Where(item => item is { Item: ParserFunction, Analysis.Tree: not null }).ToImmutableDictionary(item => ((ParserFunction)item.Item).Alias, item => item.Analysis!, StringComparer.Ordinal);
        var reads = new TableReads(parsers.ToImmutableDictionary(parser => parser.Key, parser => parser.Value.Tree!, StringComparer.Ordinal), catalog);
        return
        [
            .. (from item in items
                let rule = item.Item as AnalyticsRule
                where rule is not null && item.Analysis?.Tree is not null
                select Of(rule, item.Analysis!, parsers, reads)).OrderByDescending(cost => cost.DaysScannedADay).ThenBy(cost => cost.Rule.Id.Value, StringComparer.Ordinal),
        ];
    }

    private static RuleCost Of(AnalyticsRule rule, KqlAnalysis analysis, ImmutableDictionary<string, KqlAnalysis> parsers, TableReads reads)
    {
        var called = Called(analysis, parsers);
        var window = rule.Schedule?.Period.Value ?? TimeSpan.FromMinutes(1);
        var tables = reads.Of(analysis.Tree!);
        return new(
            rule,
            tables,
            window,
            TimeSpan.FromDays(1) / (rule.Schedule?.Frequency.Value ?? TimeSpan.FromMinutes(1)),
            called.SelectMany(one => one.ColumnsRead).Distinct(StringComparer.Ordinal).Count(column => tables.ContainsKey(column.Split('.')[0])),
            called.SelectMany(one => one.Tree!.SelfAndDescendants()).Where(node => node.Kind.EndsWith("Operator", StringComparison.Ordinal)).Max(node => (int?)node.Columns?.Length) ?? 0);
    }

    private static HashSet<KqlAnalysis> Called(KqlAnalysis analysis, ImmutableDictionary<string, KqlAnalysis> parsers)
    {
        var called = new HashSet<KqlAnalysis>(ReferenceEqualityComparer.Instance) { analysis };
        var waiting = new Stack<KqlAnalysis>([analysis]);
        while (waiting.TryPop(out var next))
        {
            foreach (var name in next.Functions)
            {
                if (parsers.TryGetValue(name, out var parser) && called.Add(parser))
                {
                    waiting.Push(parser);
                }
            }
        }

        return called;
    }
}
