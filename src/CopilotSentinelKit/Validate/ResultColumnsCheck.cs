using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Every column that a rule or hunt uses is one that its query returns. Sentinel does not say so: the entity, detail or text stays empty.</summary>
internal static class ResultColumnsCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (analysis.GetAllColumns() is not { } columns)
        {
            return [];
        }

        var names = columns.Select(column => column.Name).ToImmutableArray();
        return Uses(item)
            .Where(use => use.Column.Value.Length > 0 && !names.Contains(use.Column.Value))
            .Select(use => Explain(use.Column, use.By, names, item.GetQuery(), analysis?.Tree));
    }

    private static Finding Explain(Spanned<string> column, string by, ImmutableArray<string> names, Query? query, SyntaxNode? tree)
    {
        if (names.Where(name => name.Equals(column.Value, StringComparison.OrdinalIgnoreCase)).ToList() is [var written])
        {
            return KqlFindings.UnknownColumn(column.Span, column.Value, by, names).FixedBy(Fixes.Replace(column.Span, column.Value, written));
        }

        if (query is null || ColumnLoss.Find(tree?.Result(), column.Value) is not var (keyword, renamedTo))
        {
            return KqlFindings.UnknownColumn(column.Span, column.Value, by, names);
        }

        var place = query.Locate(keyword.Start, keyword.Length);
        return KqlFindings.UnknownColumn(column.Span, column.Value, by, names, keyword.Source, renamedTo)
            .With(place, string.Create(CultureInfo.InvariantCulture, $"Lost here by {keyword.Source}, at line {place.Position.Line}."));
    }

    /// <summary>Every column that a rule or hunt names, and what names it.</summary>
    public static IEnumerable<(Spanned<string> Column, string By)> Uses(ContentItem item)
    {
        var entities = item.GetEntities().SelectMany(entity => entity.Fields.Select(field => (field.Column, $"the entity {entity.Type.Value}")));
        return item is AnalyticsRule rule ? entities.Concat(DetailUses(rule)) : entities;
    }

    private static IEnumerable<(Spanned<string> Column, string By)> DetailUses(AnalyticsRule rule)
    {
        foreach (var detail in rule.CustomDetails)
        {
            yield return (detail.Column, $"the custom detail \"{detail.Key.Value}\"");
        }

        if (rule.AlertDetails is not { } alert)
        {
            yield break;
        }

        foreach (var (format, by) in new[] { (alert.NameFormat, "the alert name"), (alert.DescriptionFormat, "the alert description") })
        {
            foreach (var placeholder in format is { } text ? Placeholder.In(text) : [])
            {
                yield return (new(placeholder.Column, placeholder.Span), by);
            }
        }

        foreach (var (column, by) in new[] { (alert.SeverityColumn, "the alert severity"), (alert.TacticsColumn, "the alert tactics") })
        {
            if (column is { } named)
            {
                yield return (named, by);
            }
        }

        foreach (var property in alert.DynamicProperties)
        {
            yield return (property.Column, $"the alert property \"{property.Key.Value}\"");
        }
    }
}
