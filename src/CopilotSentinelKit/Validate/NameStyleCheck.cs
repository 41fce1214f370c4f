using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Names that read well wherever Sentinel shows them: no full stop, no environment, not all capitals.</summary>
internal static partial class NameStyleCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        var name = item.Name.Value;
        if (item is not (AnalyticsRule or HuntingQuery) || item.Origin == ContentOrigin.Kql || string.IsNullOrWhiteSpace(name))
        {
            yield break;
        }

        var plain = name.Trim().TrimEnd('.');
        if (plain != name && !name.EndsWith("...", StringComparison.Ordinal))
        {
            yield return ContentFindings.NameEnd(item.Name.Span).FixedBy(Fixes.Replace(item.Name.Span, name, plain));
        }

        if (Environment().Match(name) is { Success: true } match)
        {
            yield return ContentFindings.EnvironmentName(item.Name.Span, match.Value.Trim(' ', '-', ':', '|'));
        }
        else if (plain.Contains(' ', StringComparison.Ordinal) && plain.Count(char.IsLetter) > 8 && !plain.Any(char.IsLower) && plain.Any(char.IsUpper))
        {
            yield return ContentFindings.CapitalName(item.Name.Span);
        }
    }

    // As a word set apart by brackets, or before or after a dash: "test" alone may be what the rule is about.
    [GeneratedRegex(@"[\[(](dev|development|test|testing|uat|staging|preprod|prod|production)[\])]|^(dev|uat|staging|preprod|prod)\s*[-:|]\s|\s[-|]\s*(dev|uat|staging|preprod|prod)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Environment();
}
