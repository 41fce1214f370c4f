using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Emit.Formats;

namespace CopilotSentinelKit.Preview;

/// <summary>Markdown as texts of workbooks have it: headings, paragraphs, items, and in them strong, code and links. The rest stays as it is written.</summary>
internal static partial class MarkdownBlocks
{
    /// <summary>The blocks of a text, from top to bottom.</summary>
    public static ImmutableArray<TextBlock> Of(string markdown)
    {
        var blocks = ImmutableArray.CreateBuilder<TextBlock>();
        var open = new List<string>();
        var kind = "paragraph";
        foreach (var line in markdown.Split('\n').Append(""))
        {
            var start = Start().Match(line);
            if (start.Success || string.IsNullOrWhiteSpace(line))
            {
                Close();
            }

            if (start.Groups["heading"].Success)
            {
                blocks.Add(new("heading", Runs(start.Groups["rest"].Value.Trim())));
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                kind = start.Success ? "item" : kind;
                open.Add((start.Success ? start.Groups["rest"].Value : line).Trim());
            }
        }

        return blocks.ToImmutable();

        void Close()
        {
            if (open.Count > 0)
            {
                blocks.Add(new(kind, Runs(string.Join(' ', open))));
            }

            open.Clear();
            kind = "paragraph";
        }
    }

    private static ImmutableArray<TextRun> Runs(string text)
    {
        var runs = ImmutableArray.CreateBuilder<TextRun>();
        var end = 0;
        foreach (Match mark in Mark().Matches(text))
        {
            Plain(text[end..mark.Index]);
            runs.Add(mark.Groups["strong"] is { Success: true } strong ? new("strong", strong.Value)
                : mark.Groups["code"] is { Success: true } code ? new("code", code.Value)
                : new("link", mark.Groups["words"].Value, mark.Groups["address"].Value));
            end = mark.Index + mark.Length;
        }

        Plain(text[end..]);
        return runs.ToImmutable();

        void Plain(string part)
        {
            if (part.Length > 0)
            {
                runs.Add(new("plain", part));
            }
        }
    }

    [GeneratedRegex(@"^\s{0,3}(?:(?<heading>#{1,6})|[-*+]|[0-9]{1,3}[.)])\s+(?<rest>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Start();

    [GeneratedRegex(@"\*\*(?<strong>[^*]+)\*\*|`(?<code>[^`]+)`|\[(?<words>[^\]]+)\]\((?<address>https?://[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();
}
