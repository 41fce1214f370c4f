using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Custom details: how many, their keys and the names of their columns.</summary>
internal static partial class CustomDetailsCheck
{
    private const int Limit = 20;
    private const int KeyLimit = 20;

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule rule)
        {
            yield break;
        }

        if (rule.CustomDetails.Length > Limit)
        {
            yield return AlertFindings.TooManyDetails(rule.CustomDetails[Limit].Key.Span, rule.CustomDetails.Length, Limit);
        }

        var keys = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var (key, column) in rule.CustomDetails)
        {
            if (key.Value.Length > KeyLimit || !KeyPattern().IsMatch(key.Value))
            {
                yield return AlertFindings.IllegalDetailKey(key.Span, key.Value, KeyLimit);
            }
            else if (!keys.TryAdd(key.Value, key.Span))
            {
                yield return AlertFindings.DuplicateDetailKey(key.Span, key.Value).With(keys[key.Value], "The first one.");
            }

            foreach (var finding in ColumnName.Check(column))
            {
                yield return finding;
            }
        }
    }

    [GeneratedRegex(@"^[a-zA-Z]\w*\z")]
    private static partial Regex KeyPattern();
}
