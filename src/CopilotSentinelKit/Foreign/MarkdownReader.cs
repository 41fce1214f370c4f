using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Queries in Markdown: blocks between fences that say KQL, or that say nothing and hold some.</summary>
internal static partial class MarkdownReader
{
    // A page of these names shows how something is written.
    private static readonly string[] ExampleNames = ["readme", "contributing", "template", "_template", "changelog"];

    /// <summary>Whether its queries are examples by the file's name.</summary>
    public static bool IsExample(string path) => ExampleNames.Contains(Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>A hunt for each query, named after the page and the heading that it stands under.</summary>
    public static IEnumerable<ContentItem> Items(SourceFile source)
    {
        var (page, heading) = (Path.GetFileNameWithoutExtension(source.Path), "");
        var fence = "";
        var (start, takes, mustLook) = (-1, false, false);
        for (var line = 1; line <= source.LineCount; line++)
        {
            var text = source.LineSpan(line).ToString();
            var title = Heading().Match(text);
            // A "#" in a block of shell is a comment; the heading of a section stands after a blank line, or has more of them.
            var isSection = title.Success && (text.StartsWith("##", StringComparison.Ordinal) || line == 1 || source.LineSpan(line - 1).ToString().Trim().Length == 0);
            if (fence.Length > 0 && (IsEnd(text, fence) || (isSection && !text.Contains('|', StringComparison.Ordinal))))
            {
                foreach (var hunt in takes ? Block(source, $"{page}{(heading.Length > 0 ? ": " : "")}{heading}", start, source.GetOffset(line, 1), mustLook) : [])
                {
                    yield return hunt;
                }

                // A fence that nobody closed ends with its section, and the line begins the next.
                fence = "";
                if (!isSection)
                {
                    continue;
                }
            }

            if (fence.Length == 0 && title.Success)
            {
                heading = title.Groups["title"].Value.Trim(' ', '#', '*');
            }
            else if (fence.Length == 0 && Fence().Match(text) is { Success: true } opening)
            {
                fence = opening.Groups["fence"].Value;
                start = line < source.LineCount ? source.GetOffset(line + 1, 1) : source.Text.Length;
                var language = opening.Groups["language"].Value;
                mustLook = !language.Equals("kql", StringComparison.OrdinalIgnoreCase) && !language.Equals("kusto", StringComparison.OrdinalIgnoreCase);
                takes = !mustLook || language.Length == 0 || language.Equals("c#", StringComparison.OrdinalIgnoreCase);
            }
        }

        foreach (var hunt in fence.Length > 0 && takes ? Block(source, page, start, source.Text.Length, mustLook) : [])
        {
            yield return hunt;
        }
    }

    // What begins with a pipe is the end of a query that the page is about.
    private static IEnumerable<HuntingQuery> Block(SourceFile source, string name, int start, int end, bool mustLook)
    {
        var text = source.Text[start..end];
        return text.TrimStart().StartsWith('|') || (mustLook && !BareKql.Looks(text)) ? [] : PlainQuery.Hunts(source, name, start, text.TrimEnd().Length);
    }

    private static bool IsEnd(string line, string fence) => line.TrimStart() is var text && text.StartsWith(fence, StringComparison.Ordinal) && text.TrimEnd().All(c => c == fence[0]);

    [GeneratedRegex(@"^#{1,6}\s+(?<title>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*(?<fence>`{3,}|~{3,})\s*(?<language>[\w#+-]*)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();
}
