using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Two rules that are on, with one query: a copy that nobody finished.</summary>
internal static partial class SameQueryCheck
{
    // The same content may stand in a folder as YAML and as a template.
    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items) =>
        from rules in items.Select(content => content.Item).OfType<AnalyticsRule>().Where(rule => rule.Enabled && rule.GetQuery() is not null).GroupBy(rule => rule.Origin)
        from same in rules.GroupBy(rule => White().Replace(rule.Query.Text, " ").Trim(), StringComparer.Ordinal)
        where same.Key.Length > 0
        let ordered = same.DistinctBy(rule => rule.Id.Value).OrderBy(rule => rule.Id.Span.File.Path, StringComparer.Ordinal).ThenBy(rule => rule.Id.Span.Start).ToList()
        from copy in ordered.Skip(1)
        where copy.Name.Value != ordered[0].Name.Value
        select MeaningFindings.SameQuery(copy.Query.Fallback, ordered[0].Name.Value).With(ordered[0].Query.Fallback, "The first one.");

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
