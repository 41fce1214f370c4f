using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>The texts of content as its forms take them.</summary>
internal static partial class ContentTexts
{
    /// <summary>The most characters of a description that Microsoft's review takes, and that a tag of a saved search holds.</summary>
    public const int SummaryLimit = 255;

    /// <summary>The description of the YAML: a <see cref="Summary"/>, unless it is written as it stands.</summary>
    public static string OfYaml(ContentItem item) => item.IsVerbatim ? item.Description.Value : Summary(item);

    /// <summary>The whole sentences at the start of the description that are within <see cref="SummaryLimit"/>; words where the first sentence is longer.</summary>
    public static string Summary(ContentItem item)
    {
        var text = item.Description.Value.Trim();
        if (text.Length <= SummaryLimit)
        {
            return item.Description.Value;
        }

        var ends = SentenceEnd().Matches(text).Select(end => end.Index + 1).Where(end => end <= SummaryLimit).ToList();
        return ends.Count > 0 ? text[..ends[^1]] : text[..text.LastIndexOf(' ', SummaryLimit - 3)] + "...";
    }

    /// <summary>The description with what an analyst needs behind it. Of the ids, those that Sentinel has no field for.</summary>
    public static string Whole(ContentItem item)
    {
        var ids = item.Atlas.Concat(item.Owasp).Select(id => id.Value).Distinct(StringComparer.Ordinal).ToList();
        string[] known = ids.Count == 0 ? [] : ["MITRE ATLAS and OWASP: " + string.Join(", ", ids)];
        return string.Join("\n\n", [item.Description.Value.TrimEnd('\n'), .. item.Notes.Paragraphs(), .. known]);
    }

    /// <summary>The format of an alert's description, which is what incidents show: the rule's own with the notes behind it. Null where the rule's description says it all.</summary>
    public static string? AlertDescription(AnalyticsRule rule)
    {
        if (rule.AlertDetails?.DescriptionFormat is { } own)
        {
            return string.Join("\n\n", [own.Value.TrimEnd('\n'), .. rule.Notes.Paragraphs().Select(Plain)]);
        }

        return rule.Notes.Paragraphs().Any() || (rule.Description.Value.Trim().Length > SummaryLimit && !rule.IsVerbatim) ? Plain(Whole(rule)) : null;
    }

    /// <summary>Comment lines for a query that people open by itself: the description where a tag cannot hold it, and the notes. Empty where there is nothing to say.</summary>
    public static string Comment(Spanned<string> description, AnalystNotes notes)
    {
        string[] first = description.Value.Trim().Length > SummaryLimit ? [description.Value.Trim()] : [];
        return string.Concat(first.Concat(notes.Paragraphs()).SelectMany(text => Lines(text)).Select(line => $"// {line}\n"));
    }

    private static IEnumerable<string> Lines(string text)
    {
        const int width = 120;
        var line = "";
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length > 0 ? " " + word : word;
        }

        yield return line;
    }

    // Braces of a note are no placeholder.
    private static string Plain(string text) => text.Replace("{{", "{ {", StringComparison.Ordinal).Replace("}}", "} }", StringComparison.Ordinal);

    [GeneratedRegex(@"[.!?](?=\s)")]
    private static partial Regex SentenceEnd();
}
