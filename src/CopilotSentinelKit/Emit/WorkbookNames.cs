using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Emit;

/// <summary>Names of a workbook's items, unique in it: words of the title, and a number where another has them.</summary>
internal sealed partial class WorkbookNames
{
    private const int MaxLength = 60;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A new name.</summary>
    /// <param name="words">What to name it after.</param>
    public string Next(string words)
    {
        var slug = NotWord().Replace(words.ToLowerInvariant(), "-").Trim('-');
        slug = slug.Length > MaxLength ? slug[..MaxLength].TrimEnd('-') : slug;
        var name = slug;
        for (var i = 2; name.Length == 0 || !_taken.Add(name); i++)
        {
            name = FormattableString.Invariant($"{slug}-{i}");
        }

        return name;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWord();
}
