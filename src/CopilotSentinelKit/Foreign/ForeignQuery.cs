using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>KQL as it stands in a YAML file.</summary>
internal static partial class ForeignQuery
{
    /// <summary>The query with the place of each character; one that is not known where there is none, which its reader reports.</summary>
    public static Query Read(CommunityMap keys, string key)
    {
        var place = keys.Key(key)?.Span ?? keys.Place;
        if (keys.Scalar(key) is not { } text)
        {
            return Query.Unknown(place);
        }

        return Of(text, place);
    }

    /// <summary>The query that a text is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it is called by its name.</param>
    public static Query Of(YamlText text, SourceSpan place)
    {
        var kql = StandIns(text.Value.TrimEnd());
        return new(kql, [new(0, kql.Length, (start, length) => text is { LineStarts.IsEmpty: true, Place: null } ? text.FirstLine() : text.Locate(start, length))], place);
    }

    /// <summary>KQL with a date in place of what a hunt's time range is put in for, of the same length, so that places stay.</summary>
    public static string StandIns(string kql) => StandIn().Replace(kql, match => match.Value.Replace(
        match.Groups["name"].Value, "2026-01-01".PadRight(match.Groups["name"].Length), StringComparison.Ordinal));

    [GeneratedRegex(@"datetime\(\s*(?<name>\{\{(Start|End)TimeISO\}\})\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex StandIn();
}
