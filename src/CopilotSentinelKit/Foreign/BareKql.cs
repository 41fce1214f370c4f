using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Foreign;

/// <summary>KQL without a form around it: whether a text is some, and where each query of it is.</summary>
internal static partial class BareKql
{
    // Words that a line of a query may begin with, so that a name there begins no new query.
    private static readonly FrozenSet<string> Continuations = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "and", "or", "by", "on", "in", "has", "has_any", "has_all", "contains", "between", "to", "from", "with", "asc", "desc", "kind", "limit", "nulls", "step", "of", "where", "else", "matches", "startswith", "endswith");

    /// <summary>Whether it has a line with an operator, or a pipe with one.</summary>
    public static bool Looks(string text) => Operator().IsMatch(text);

    /// <summary>Whether it holds a place for a value that only its reader puts in, where KQL has none: <c>&lt;user&gt;</c>, <c>{days}</c>, <c>%%x%%</c>, <c>let a = ;</c>.</summary>
    public static bool HasGaps(string kql) => Gap().IsMatch(Quoted().Replace(kql, "\"\""));

    /// <summary>The queries of a text, as (offset, length). Two are parted by a line that is blank or a comment where the one cannot go on.</summary>
    public static IEnumerable<(int Start, int Length)> Queries(string text)
    {
        var (start, end, parted, open) = (-1, 0, false, 0);
        var last = "";
        foreach (var (from, line) in Lines(text))
        {
            var code = Code(line);
            if (code.Length == 0)
            {
                parted = true;
                continue;
            }

            if (start >= 0 && parted && open <= 0 && !GoesOn().IsMatch(last) && Begins(code))
            {
                yield return (start, end - start);
                (start, open) = (-1, 0);
            }

            start = start < 0 ? from : start;
            end = from + line.TrimEnd().Length;
            open += Depth(code);
            (last, parted) = (code, false);
        }

        if (start >= 0)
        {
            yield return (start, end - start);
        }
    }

    private static bool Begins(string code) =>
        Name().Match(code) is { Success: true } match && !Continuations.Contains(match.Groups["name"].Value);

    private static IEnumerable<(int Start, string Line)> Lines(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            yield return (start, text[start..end]);
            start = end + 1;
        }
    }

    // A line without its comment and blanks; brackets in texts do not count.
    private static string Code(string line) => Comment().Replace(Quoted().Replace(line, "\"\""), "").Trim();

    private static int Depth(string code) => code.Count(c => c is '(' or '[' or '{') - code.Count(c => c is ')' or ']' or '}');

    [GeneratedRegex(@"(^|\|)\s*\|?\s*\b(where|extend|summarize|project|project-away|project-rename|project-reorder|join|union|mv-expand|mv-apply|parse|distinct|lookup|make-series|take|top|invoke|evaluate)\b\s+(?=[\w(*@""'])", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Operator();

    [GeneratedRegex(@"<[A-Za-z][\w \-.]*>|(?<![\w)]\s*)\{[A-Za-z]\w*(:\w+)?\}|%%[\w:.-]+%%|\{\{[^{}]*\}\}|\$\{\w+\}|\[[A-Z_ ]{4,}\]|(?<![=<>!])=\s*;|\bdynamic\(\s*\)|^\s*\|?\s*(\.\.\.|…)\s*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Gap();

    [GeneratedRegex(@"@?""(?:[^""\\\n]|\\.)*""|@?'(?:[^'\\\n]|\\.)*'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex("//.*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    // The end of a line that something must follow.
    [GeneratedRegex(@"[;|,=(\[{+\-*/<>~:.]$|\b(and|or|by|on|in|with|kind|union|where|let|not)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex GoesOn();

    // A table, a function with arguments or a declaration; a column that is assigned to is part of something.
    [GeneratedRegex(@"^(let\s+\w+\s*=|(?<name>\w+)(\s*$|\s*\||\s+[\w*]|\s*\()(?!.*^\w+\s*=[^=~]))", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
