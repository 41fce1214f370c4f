using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Content;

/// <summary>A place where a workbook inserts a parameter: <c>{Name}</c> or <c>{Name:format}</c>, without spaces.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Format">The format, or empty.</param>
/// <param name="Start">Offset of the opening brace.</param>
/// <param name="Length">Length with both braces.</param>
public sealed partial record ParameterReference(string Name, string Format, int Start, int Length)
{
    /// <summary>The references in a text, in order. Braces with a space or line break inside them are the text's own.</summary>
    public static ImmutableArray<ParameterReference> In(string text) =>
    [
        .. Pattern().Matches(text).Select(match => new ParameterReference(
            match.Groups["name"].Value, match.Groups["format"].Value, match.Index, match.Length)),
    ];

    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:(?<format>[A-Za-z0-9_]+))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
