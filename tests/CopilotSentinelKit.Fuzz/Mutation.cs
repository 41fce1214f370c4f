using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Fuzz;

/// <summary>Input that is nearly right: mutations that know how a text is built.</summary>
internal static partial class Mutation
{
    private const int MostChanges = 4;
    private const int MostCopies = 300;

    // Values at the edges of what types, forms and readers allow.
    private static readonly ImmutableArray<string> Values =
    [
        "", "~", "null", "true", "yes", "0", "-1", "1e999", "99999999999999999999", "0x1F", ".nan", "1h", "14d", "15d", "0m", "99999999d", "PT5H", "1.0.0", "01.0.0", "[]", "{}", "[a, b]", "{ a: b }", "[[[[]]]]", "*a",
        "&a b", "!!str x", "<<", "|", ">-", "'", "\"", "\"\\uD800\"", "\"\\uD83D\\uDE00\"", "\"\\0\"", "\"\\u202Ea\"", "\"\\e[31m\"", "::error::x", "##vso[x]", "##[error]x", "\U0001F600", "é", "\uFEFF", "\u2028",
        "{{ x }}", "{{ x | kql }}", "{{ query }}", "{{ p | ??? | kql }}", "{{ for i in 1..1000000 }}a{{ end }}", "{{ func f; f; end; f }}", "{%{ {{ }%}", "{{", "}}", "{% if %}", "../../../etc/hosts", "/etc/hosts", "a/../b",
        "CopilotEvents", "T1562.001", "High", "scheduled", "nrt", "hunting", "first-seen", "2026-02-30", "2026-01-01T00:00:00Z", "=1+1", "@SUM(1)", "0f8fad5b-d9cb-469f-a165-70867728950e", "a.b.c", "$", "none",
    ];

    /// <summary>Changes blocks of lines that belong together, keys, values and words.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="other">Other YAML, parts of which may come in.</param>
    /// <param name="queries">KQL, parts of which may come in.</param>
    /// <param name="random">Chance.</param>
    public static string OfYaml(string text, string other, ImmutableArray<string> queries, Random random)
    {
        var lines = text.Split('\n').ToList();
        for (var changes = random.Next(1, MostChanges); changes > 0 && lines.Count > 0; changes--)
        {
            var (start, length) = Block(lines, random);
            switch (random.Next(8))
            {
                case 0:
                    lines.RemoveRange(start, length);
                    break;
                case 1:
                    lines.InsertRange(start, [.. Enumerable.Repeat(lines.GetRange(start, length), random.Next(10) == 0 ? MostCopies : 1).SelectMany(copy => copy)]);
                    break;
                case 2:
                    var moved = lines.GetRange(start, length);
                    lines.RemoveRange(start, length);
                    lines.InsertRange(random.Next(lines.Count + 1), moved);
                    break;
                case 3:
                    var foreign = other.Split('\n').ToList();
                    var (from, count) = Block(foreign, random);
                    lines.InsertRange(start, foreign.GetRange(from, count).Select(line => new string(' ', Indent(lines[start])) + line.TrimStart()));
                    break;
                case 4:
                    lines[start] = KeyAndValue().Replace(lines[start], match => match.Groups[1].Value + Pick(Values, random), 1);
                    break;
                case 5:
                    lines[start] = Key().Replace(lines[start], match => match.Groups[1].Value + Pick(Values, random) + ":", 1);
                    break;
                case 6:
                    lines[start] = (random.Next(2) == 0 ? " " : "") + lines[start].Replace("  ", random.Next(2) == 0 ? "\t" : " ", StringComparison.Ordinal);
                    break;
                default:
                    lines[start] = OfTokens(lines[start], queries, random);
                    break;
            }
        }

        return string.Join(random.Next(10) == 0 ? "\r\n" : "\n", lines);
    }

    /// <summary>Changes words, signs, texts in quotes and what stands in brackets.</summary>
    public static string OfTokens(string text, ImmutableArray<string> queries, Random random)
    {
        var tokens = Token().Matches(text).Select(match => match.Value).ToList();
        for (var changes = random.Next(1, MostChanges); changes > 0 && tokens.Count > 0; changes--)
        {
            var at = random.Next(tokens.Count);
            switch (random.Next(7))
            {
                case 0:
                    tokens.RemoveRange(at, Math.Min(random.Next(1, 6), tokens.Count - at));
                    break;
                case 1:
                    tokens.InsertRange(at, [.. Enumerable.Repeat(tokens[at], random.Next(10) == 0 ? MostCopies : 1)]);
                    break;
                case 2:
                    (tokens[at], tokens[random.Next(tokens.Count)]) = (tokens[random.Next(tokens.Count)], tokens[at]);
                    break;
                case 3:
                    tokens[at] = Pick(Values, random);
                    break;
                case 4:
                    tokens.Insert(at, Pick(Values, random));
                    break;
                case 5:
                    var words = Token().Matches(Pick(queries, random)).Select(match => match.Value).ToList();
                    var from = random.Next(words.Count);
                    tokens.InsertRange(at, words.GetRange(from, Math.Min(random.Next(1, 30), words.Count - from)));
                    break;
                default:
                    tokens[at] = tokens[at].Length > 1 ? tokens[at][..random.Next(tokens[at].Length)] : "";
                    break;
            }
        }

        return string.Concat(tokens);
    }

    // A line with those below it that are further in.
    private static (int Start, int Length) Block(List<string> lines, Random random)
    {
        var start = random.Next(lines.Count);
        var end = start + 1;
        while (end < lines.Count && Indent(lines[end]) > Indent(lines[start]))
        {
            end++;
        }

        return (start, random.Next(3) == 0 ? 1 : end - start);
    }

    private static int Indent(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;

    private static T Pick<T>(ImmutableArray<T> from, Random random) => from[random.Next(from.Length)];

    [GeneratedRegex(@"^(\s*(?:- )?[\w-]+:\s?).*$")]
    private static partial Regex KeyAndValue();

    [GeneratedRegex(@"^(\s*(?:- )?)[\w-]+:")]
    private static partial Regex Key();

    [GeneratedRegex(@"\w+|\s+|""[^""\n]*""|'[^'\n]*'|[^\w\s]", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
