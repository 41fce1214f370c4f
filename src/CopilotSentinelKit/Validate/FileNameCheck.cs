using System.Collections.Frozen;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>File names that every platform can check out and that stay inside their folder.</summary>
internal static partial class FileNameCheck
{
    // Windows reserves these with any extension and in any letter case.
    private static readonly FrozenSet<string> Devices = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(digit => new[] { $"com{digit}", $"lpt{digit}" })]);

    // Of Azure Resource Manager.
    private const int DeploymentNameLimit = 64;

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        // A spec's file name is the kit's doing; files of others have the names that they have.
        var isSpec = item.Origin == ContentOrigin.Spec;
        if (isSpec && !Pattern().IsMatch(item.FileName))
        {
            yield return ContentFindings.IllegalFileName(item.Id.Span, item.FileName);
        }
        else if (isSpec && Devices.Contains(item.FileName))
        {
            yield return ContentFindings.ReservedFileName(item.Id.Span, item.FileName);
        }

        if (item.FileName.Length > DeploymentNameLimit && item.Origin != ContentOrigin.Kql)
        {
            yield return ContentFindings.FileNameTooLong(item.Id.Span, item.FileName, DeploymentNameLimit);
        }

        if (item is { Origin: ContentOrigin.CommunityYaml } and (AnalyticsRule or HuntingQuery) && Words(item.Name.Value) is { Count: > 0 } words
            && !words.Exists(word => item.FileName.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            yield return ContentFindings.UnrelatedFileName(item.Name.Span, item.FileName);
        }
    }

    // Short words, such as "of", are in many names by chance; of longer ones the stem will do.
    private static List<string> Words(string name) =>
        [.. Word().Matches(name).Select(match => match.Value).Where(word => word.Length > 2).Select(word => word[..Math.Min(word.Length, 5)])];

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z")]
    private static partial Regex Pattern();
}
