using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>One connector is written in one way in all content.</summary>
internal static class ConnectorSpellingCheck
{
    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items)
    {
        // Of a connector that the kit knows, the known spelling is right; of another, the one that is used most.
        var ids = items.SelectMany(item => item.Item.DeclaredConnectors).Select(connector => connector.ConnectorId).Where(id => id.Value.Length > 0)
            .OrderBy(id => id.Span.File.Path, StringComparer.Ordinal).ThenBy(id => id.Span.Start);
        return
            from same in ids.GroupBy(id => id.Value, StringComparer.OrdinalIgnoreCase)
            where !Connectors.Ids.Contains(same.Key, StringComparer.OrdinalIgnoreCase)
            let usual = same.GroupBy(id => id.Value, StringComparer.Ordinal).MaxBy(spelling => spelling.Count())!
            from other in same
            where other.Value != usual.Key
            select ConnectorFindings.SpelledDifferently(other.Span, other.Value, usual.Key).With(usual.First().Span, "Written so here.");
    }
}
