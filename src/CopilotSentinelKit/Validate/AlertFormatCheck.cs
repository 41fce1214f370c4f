
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>The formats of an alert's name and description: length, and placeholders that Sentinel fills.</summary>
internal static class AlertFormatCheck
{
    private const int NameLimit = 256;
    private const int DescriptionLimit = 5000;
    private const int PlaceholderLimit = 3;

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { AlertDetails: { } alert } rule)
        {
            return [];
        }

        return CheckFormat(alert.NameFormat, "alert name", NameLimit)
            .Concat(CheckFormat(alert.DescriptionFormat, "alert description", DescriptionLimit))
            .Concat(CheckGrouping(rule, alert));
    }

    private static IEnumerable<Finding> CheckFormat(Spanned<string>? format, string what, int limit)
    {
        if (format is not { } text)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(text.Value))
        {
            yield return AlertFindings.BlankFormat(text.Span, what);
        }
        else if (text.Value.Length > limit)
        {
            yield return AlertFindings.FormatTooLong(text.Span, what, text.Value.Length, limit);
        }

        var placeholders = Placeholder.In(text).ToList();
        if (placeholders.Count > PlaceholderLimit)
        {
            yield return AlertFindings.TooManyPlaceholders(placeholders[PlaceholderLimit].Span, what, placeholders.Count, PlaceholderLimit);
        }

        foreach (var placeholder in placeholders)
        {
            if (placeholder.Column.Length == 0)
            {
                yield return AlertFindings.EmptyPlaceholder(placeholder.Span);
            }
            else if (placeholder.Column != placeholder.Inner)
            {
                yield return AlertFindings.PlaceholderSpaces(placeholder.Span, placeholder.Column);
            }
        }

        var rest = Placeholder.Remove(text.Value);
        if (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal))
        {
            yield return AlertFindings.UnbalancedBraces(text.Span, what);
        }
    }

    // NRT and scheduled rules alike take one alert a run unless they say otherwise.
    private static IEnumerable<Finding> CheckGrouping(AnalyticsRule rule, AlertDetails alert)
    {
        if (rule.EventGrouping?.Value == EventGrouping.AlertPerResult)
        {
            return [];
        }

        var formats = new[] { alert.NameFormat, alert.DescriptionFormat }.OfType<Spanned<string>>();
        var columns = new[] { alert.SeverityColumn, alert.TacticsColumn }.OfType<Spanned<string>>().Concat(alert.DynamicProperties.Select(property => property.Column));
        return formats.SelectMany(Placeholder.In).Select(placeholder => placeholder.Span).Concat(columns.Select(column => column.Span)).Take(1)
            .Select(AlertFindings.PlaceholdersInSingleAlert);
    }
}
