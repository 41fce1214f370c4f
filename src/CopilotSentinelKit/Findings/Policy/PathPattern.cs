using System.Text;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>A path with <c>*</c> for anything in a name, <c>?</c> for a character and <c>**</c> for any folders. A pattern without a slash is
/// for files of that name in any folder, as in .gitignore.</summary>
internal sealed class PathPattern(string pattern)
{
    private readonly Regex _regex = new(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Whether a text is meant as a path and not as an id.</summary>
    public static bool IsPath(string text) => text.AsSpan().ContainsAny("/*?.");

    /// <summary>Whether the path of a file fits.</summary>
    public bool Matches(string path) => _regex.IsMatch(path);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(pattern.Contains('/', StringComparison.Ordinal) ? "^" : "^(?:.*/)?");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern.AsSpan(i).StartsWith("**/"))
            {
                regex.Append("(?:.*/)?");
                i += 2;
            }
            else if (pattern.AsSpan(i).StartsWith("**"))
            {
                regex.Append(".*");
                i++;
            }
            else
            {
                regex.Append(pattern[i] switch { '*' => "[^/]*", '?' => "[^/]", _ => Regex.Escape(pattern[i].ToString()) });
            }
        }

        return regex.Append("\\z").ToString();
    }
}
