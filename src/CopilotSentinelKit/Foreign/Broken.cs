using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Foreign;

/// <summary>Whether a text that cannot be read was meant to be content of Sentinel.</summary>
internal static partial class Broken
{
    /// <summary>Whether it has lines that only rules, hunting queries and parsers have.</summary>
    public static bool LooksLikeContent(string text) => Parser().IsMatch(text) || (Query().IsMatch(text) && Rule().IsMatch(text));

    [GeneratedRegex(@"^(FunctionQuery|FunctionAlias|ParserQuery|ParserName)[ \t]*:", RegexOptions.Multiline)]
    private static partial Regex Parser();

    [GeneratedRegex(@"^[ \t]*query[ \t]*:", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    [GeneratedRegex(@"^(queryFrequency|queryPeriod|triggerOperator|triggerThreshold|relevantTechniques|requiredDataConnectors|entityMappings|kind[ \t]*:[ \t]*(Scheduled|NRT)\s)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Rule();
}
