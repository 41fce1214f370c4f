namespace CopilotSentinelKit.Kql.Language;

/// <summary>How much there is to bind in a query, before anybody binds it. Kusto.Language binds the body of a let function again for each
/// call: thirty functions that call the one before twice are a thousand million bodies.</summary>
internal static class QueryWeight
{
    /// <summary>The most that is bound, some fifty times as much as the largest query that is known to be used.</summary>
    public const int Most = 500_000;

    /// <summary>The most tables that are joined in one, where tables that let names build on each other: each join and union of such a table with
    /// itself doubles what Kusto.Language keeps of its columns.</summary>
    public const int MostTables = 2_000;

    /// <summary>The words and signs of a query with each function's own in place of its calls, more than there are where a name is something else
    /// too; and how often its largest part names a table of a <c>let</c>, those of each such table in place of its name.</summary>
    public static (long Words, long Tables) Of(string text)
    {
        var weights = new Dictionary<string, long>(StringComparer.Ordinal);
        var named = new Dictionary<string, long>(StringComparer.Ordinal);
        var outer = new Stack<(string? Declared, bool IsFunction, long Weight)>();
        var (weight, tables, mostTables, at) = (0L, 0L, 0L, 0);
        string? declared = null;
        var (isAfterLet, last, lastName) = (false, ' ', "");
        while (at < text.Length)
        {
            var start = at;
            at = TokenEnd(text, at);
            var token = text.AsSpan(start, at - start);
            if (char.IsWhiteSpace(token[0]) || token.StartsWith("//"))
            {
                continue;
            }

            var name = NameOf(token);
            if (isAfterLet)
            {
                (declared, tables) = (name, 0);
            }
            else if (token is "{")
            {
                // The body of the function that is being declared, even where something is wrong before it, over which Kusto.Language reads; else JSON.
                outer.Push((declared, last == ')' || lastName != "dynamic", weight));
                (declared, weight) = (null, 0);
            }
            else if (token is "}" && outer.TryPop(out var around))
            {
                if (around is { IsFunction: true, Declared: { } function })
                {
                    weights[function] = weight;
                }

                declared = around.Declared;
                weight += around.Weight;
            }
            else if (token is ";")
            {
                if (declared is not null)
                {
                    named[declared] = weights.ContainsKey(declared) ? tables : Math.Max(1, tables);
                }

                (declared, tables) = (null, 0);
            }
            else if (name is not null && named.TryGetValue(name, out var inside))
            {
                tables = Math.Min(long.MaxValue / 4, tables + inside);
                mostTables = Math.Max(mostTables, tables);
            }

            weight = Math.Min(long.MaxValue / 4, weight + (name is null || isAfterLet || !weights.TryGetValue(name, out var body) ? 1 : body));
            (isAfterLet, last, lastName) = (token is "let", token[^1], IsNamePart(token[0]) ? name! : lastName);
        }

        return (weight + outer.Sum(around => around.Weight), mostTables);
    }

    // A name may be quoted: ['f'].
    private static string? NameOf(ReadOnlySpan<char> token) =>
        IsNamePart(token[0]) ? token.ToString()
        : token is ['\'' or '"', .., '\'' or '"'] && token.Length < 256 ? token[1..^1].ToString()
        : null;

    private static int TokenEnd(string text, int at)
    {
        var character = text[at];
        if (IsNamePart(character))
        {
            return Skip(text, at, IsNamePart);
        }

        if (char.IsWhiteSpace(character))
        {
            return Skip(text, at, char.IsWhiteSpace);
        }

        var rest = text.AsSpan(at);
        return character switch
        {
            '/' when rest.StartsWith("//") => EndOf(text, at, "\n"),
            '`' when rest.StartsWith("```") => EndOf(text, at + 2, "```"),
            '@' when at + 1 < text.Length && text[at + 1] is '\'' or '"' => VerbatimEnd(text, at + 1),
            '\'' or '"' => QuotedEnd(text, at),
            _ => at + 1,
        };
    }

    private static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static int Skip(string text, int at, Func<char, bool> isPart)
    {
        while (at < text.Length && isPart(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int EndOf(string text, int at, string end) =>
        text.IndexOf(end, at + 1, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : text.Length;

    private static int VerbatimEnd(string text, int quote)
    {
        var at = quote + 1;
        while (at < text.Length && (text[at] != text[quote] || (at + 1 < text.Length && text[at + 1] == text[quote])))
        {
            at += text[at] == text[quote] ? 2 : 1;
        }

        return Math.Min(text.Length, at + 1);
    }

    // A text ends at its quote or with its line.
    private static int QuotedEnd(string text, int quote)
    {
        var at = quote + 1;
        while (at < text.Length && text[at] != text[quote] && text[at] != '\n')
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return Math.Min(text.Length, at + 1);
    }
}
