using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Versions are X.Y.Z.</summary>
internal static partial class VersionCheck
{
    private const int Limit = 20;

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item.Origin != ContentOrigin.Spec && item.Version.Value.Length == 0)
        {
            yield break;
        }

        if (item.Version.Value.Length > Limit || !Pattern().IsMatch(item.Version.Value))
        {
            yield return item.Origin == ContentOrigin.CommunityYaml
                ? ContentFindings.UnusualVersion(item.Version.Span, item.Version.Value, Limit)
                : ContentFindings.IllegalVersion(item.Version.Span, item.Version.Value, Limit);
        }
    }

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+\z")]
    private static partial Regex Pattern();
}
