using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Import;

/// <summary>Ids for specs of content that has none of the form that specs have: words of its file or name, each id once.</summary>
internal sealed partial class SpecNames
{
    private const int Longest = 60;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="taken">Ids that are there already.</param>
    public SpecNames(IEnumerable<string> taken) => _taken.UnionWith(taken.Select(Key));

    /// <summary>A new id for a piece of content.</summary>
    public string Next(ContentItem item)
    {
        var first = Id(item);
        for (var number = 1; ; number++)
        {
            var id = number == 1 ? first : FormattableString.Invariant($"{first}-{number}");
            if (_taken.Add(Key(id)))
            {
                return id;
            }
        }
    }

    // The file's name where it speaks of the content, as most do; those of exports do not.
    private static string Id(ContentItem item)
    {
        var (file, name) = (Words(item.FileName), Words(item.Name.Value));
        var words = file.Intersect(name, StringComparer.Ordinal).Any() || name.Count == 0 ? file : name;
        var id = string.Join('-', words);
        id = id.Length <= Longest ? id : id[..(id.LastIndexOf('-', Longest) is > 0 and var end ? end : Longest)];
        id = id.Length > 0 && char.IsAsciiLetter(id[0]) ? id : "rule-" + id.TrimStart('-');
        return Forms.Id.Matches(id) ? id : (id + "-rule").Trim('-');
    }

    private static List<string> Words(string text) => [.. Word().Matches(text).Select(word => word.Value.ToLowerInvariant())];

    // Files are named by ids without their hyphens.
    private static string Key(string id) => id.Replace("-", "", StringComparison.Ordinal);

    // ADFSNewServer: adfs, new, server. O365 and T1078 stay whole.
    [GeneratedRegex("[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+[0-9]*|[0-9]+")]
    private static partial Regex Word();
}
