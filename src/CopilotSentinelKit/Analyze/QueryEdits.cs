using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Analyze;

/// <summary>What lays a query out in the file that it stands in: edits of the white space between its words, and of nothing else.</summary>
internal static partial class QueryEdits
{
    /// <summary>The edits that make a query read as its laid-out form, none when it does; null where the file cannot hold that form: the words
    /// are others, the query is written on one line of YAML, or its place is not exact.</summary>
    /// <param name="query">The query as the file has it.</param>
    /// <param name="laidOut">The same words with other white space between them, LF line ends.</param>
    /// <param name="isJson">Whether the file is JSON, where a line break is an escape.</param>
    public static ImmutableArray<TextEdit>? Of(Query query, string laidOut, bool isJson)
    {
        var text = query.Text;
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        var lines = new Lazy<LineForm?>(() => LineForm.Of(query, isJson));
        var (at, other) = (Skip(text, 0), Skip(laidOut, 0));
        while (at < text.Length)
        {
            if (other >= laidOut.Length || text[at] != laidOut[other])
            {
                return null;
            }

            var (end, otherEnd) = (Skip(text, at + 1), Skip(laidOut, other + 1));
            var (gap, wanted) = (text[(at + 1)..end], laidOut[(other + 1)..otherEnd]);
            if (end < text.Length && otherEnd < laidOut.Length && Plain(gap) != wanted)
            {
                if (Edit(query, at, end, wanted, lines) is not { } edit)
                {
                    return null;
                }

                edits.Add(edit);
            }

            (at, other) = (end, otherEnd);
        }

        return other < laidOut.Length ? null : edits.DrainToImmutable();
    }

    private static TextEdit? Edit(Query query, int last, int next, string wanted, Lazy<LineForm?> lines)
    {
        if (Between(query, last, next) is not { } place || !Blank().IsMatch(place.Text) || (wanted.Contains('\n') && lines.Value is null))
        {
            return null;
        }

        return new(place, wanted.Contains('\n') ? wanted.Replace("\n", lines.Value!.Break, StringComparison.Ordinal) : wanted);
    }

    // What the file has between two characters of the query; null where they have no place of their own, as within a parameter's value.
    private static SourceSpan? Between(Query query, int last, int next)
    {
        var (before, after) = (query.Locate(last, 1), query.Locate(next, 1));
        var start = before.Start + before.Length;
        return before.Length > 0 && after.Length > 0 && before != after && start <= after.Start ? new(before.File, start, after.Start - start) : null;
    }

    private static int Skip(string text, int from)
    {
        while (from < text.Length && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        return from;
    }

    private static string Plain(string gap) => gap.Replace("\r\n", "\n", StringComparison.Ordinal);

    // White space as it stands in a file, or as an escape of JSON within any number of texts.
    [GeneratedRegex(@"^([ \t\r\n]|\\+[rnt])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();

    [GeneratedRegex(@"(\\+r)?\\+n", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    /// <summary>How the file writes a line break of the query, with the indentation of the line that follows.</summary>
    private sealed record LineForm(string Break)
    {
        public static LineForm? Of(Query query, bool isJson)
        {
            for (var at = query.Text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = query.Text.IndexOf('\n', at + 1))
            {
                var (last, next) = (at - 1, Skip(query.Text, at));
                while (last >= 0 && char.IsWhiteSpace(query.Text[last]))
                {
                    last--;
                }

                if (last >= 0 && next < query.Text.Length && Between(query, last, next) is { } place)
                {
                    return Read(query, place, next);
                }
            }

            // In JSON a query on one line can have more of them: a quote within texts has a backslash less than their line break.
            return isJson ? new('\\' + new string('\\', Backslashes(query.Locate(Skip(query.Text, 0), 1))) + 'n') : null;
        }

        private static LineForm? Read(Query query, SourceSpan place, int next)
        {
            if (Escape().Match(place.Text) is { Success: true } escape)
            {
                return new(escape.Value);
            }

            var lineStart = place.Text.LastIndexOf('\n');
            var ofQuery = next - (query.Text.LastIndexOf('\n', next) + 1);
            var indentation = place.Text.Length - lineStart - 1 - ofQuery;
            return lineStart < 0 || indentation < 0 ? null : new((place.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n") + new string(' ', indentation));
        }

        private static int Backslashes(SourceSpan first)
        {
            var text = first.File.Text;
            var quote = text.LastIndexOf('"', Math.Max(0, first.Start - 1));
            var count = 0;
            while (quote - count > 0 && text[quote - count - 1] == '\\')
            {
                count++;
            }

            return count;
        }
    }
}
