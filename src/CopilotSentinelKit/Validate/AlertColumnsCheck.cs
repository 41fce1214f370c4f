
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>What columns set on an alert: its severity and its dynamic properties.</summary>
internal static class AlertColumnsCheck
{
    // The AlertProperty enumeration of Microsoft.SecurityInsights.
    private static readonly string[] Properties =
    [
        "AlertLink", "ConfidenceLevel", "ConfidenceScore", "ExtendedLinks", "ProductComponentName", "ProductName", "ProviderName",
        "RemediationSteps", "Techniques",
    ];

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { AlertDetails: { } alert })
        {
            yield break;
        }

        var columns = analysis.GetSoundColumns() ?? [];
        if (alert.SeverityColumn is { } severity
            && columns.FirstOrDefault(column => column.Name == severity.Value) is { } found && found.Type is not ("string" or "dynamic"))
        {
            yield return AlertFindings.SeverityColumnType(severity.Span, found.Name, found.Type);
        }

        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var (key, _) in alert.DynamicProperties)
        {
            if (!Properties.Contains(key.Value, StringComparer.Ordinal))
            {
                yield return AlertFindings.UnknownProperty(key.Span, key.Value, Properties).FixedBy(Fixes.LetterCase(key.Span, key.Value, Properties));
            }
            else if (!seen.TryAdd(key.Value, key.Span))
            {
                yield return AlertFindings.DuplicateProperty(key.Span, key.Value).With(seen[key.Value], "The first one.");
            }
        }
    }
}
