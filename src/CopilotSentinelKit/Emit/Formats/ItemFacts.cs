using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>What tests and analysis know of an item.</summary>
/// <param name="Item">The item.</param>
/// <param name="Tests">Its tests, in the order written.</param>
/// <param name="Cost">What it scans; null for what is no rule or was not analysed.</param>
/// <param name="Calls">The parsers that it calls itself.</param>
/// <param name="CalledBy">For a parser, the content that calls it.</param>
internal sealed record ItemFacts(ContentItem Item, ImmutableArray<TestSpec> Tests, RuleCost? Cost, ImmutableArray<ContentItem> Calls, ImmutableArray<ContentItem> CalledBy)
{
    /// <summary>The facts of a run's items, by item.</summary>
    /// <param name="pack">The project, with its tests.</param>
    /// <param name="items">The items.</param>
    /// <param name="analyzed">All content with its analysis.</param>
    /// <param name="costs">What rules scan.</param>
    public static ImmutableDictionary<ContentItem, ItemFacts> Of(ResolvedPack pack, ImmutableArray<ContentItem> items, ImmutableArray<AnalyzedContent> analyzed, ImmutableArray<RuleCost> costs)
    {
        var tests = pack.Tests.ToDictionary(target => target.Target, target => target.Tests, StringComparer.Ordinal);
        var costOf = costs.ToDictionary(cost => cost.Rule.Id.Value, StringComparer.Ordinal);
        var functions = analyzed.Where(content => content.Analysis is not null || !content.Parts.IsEmpty)
            .GroupBy(content => content.Item.Guid)
            .ToDictionary(group => group.Key, group => group.SelectMany(content => content.Parts.Concat(content.Analysis is { } own ? [own] : [])).SelectMany(analysis => analysis.Functions).ToHashSet(StringComparer.Ordinal));
        ImmutableArray<ParserFunction> parsers = [.. items.OfType<ParserFunction>()];
        IEqualityComparer<ContentItem> same = ReferenceEqualityComparer.Instance;
        var calls = items.ToDictionary(item => item, item => functions.TryGetValue(item.Guid, out var called) ? parsers.Where(parser => called.Contains(parser.Alias)).ToImmutableArray<ContentItem>() : [], same);
        return items.ToImmutableDictionary(
            item => item,
            item => new ItemFacts(
                item,
                tests.GetValueOrDefault((item as ParserFunction)?.Alias ?? item.Id.Value, []),
                item is AnalyticsRule ? costOf.GetValueOrDefault(item.Id.Value) : null,
                calls[item],
                item is ParserFunction ? [.. items.Where(other => calls[other].Contains(item, same))] : []),
            same);
    }
}

/// <summary>An operation of audit records, and the rules and hunts that find a record of it in a test.</summary>
/// <param name="Name">The operation, as records name it.</param>
/// <param name="FoundBy">Ids of rules and hunts, in ordinal order.</param>
internal sealed record OperationFacts(string Name, ImmutableArray<string> FoundBy);
