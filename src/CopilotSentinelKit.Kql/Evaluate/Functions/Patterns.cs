using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Kusto's regular expressions (RE2's syntax) as .NET ones. What the two understand differently is translated or refused.</summary>
internal static class Patterns
{
    private const string Digit = "0-9";
    private const string Word = "0-9A-Za-z_";
    private const string Space = @"\t\n\f\r ";
    private const string WordBorder = $"(?:(?<=[{Word}])(?![{Word}])|(?<![{Word}])(?=[{Word}]))";
    private const string NoWordBorder = $"(?:(?<=[{Word}])(?=[{Word}])|(?<![{Word}])(?![{Word}]))";

    // The same tree is compiled against many workspaces, and of all that is done then reading regular expressions takes the longest.
    private static readonly ConditionalWeakTable<SyntaxNode, Tuple<string, Regex>> Known = [];

    /// <summary>A pattern that is a constant.</summary>
    public static Func<Regex> Compile(Context context, SyntaxNode node, Expression pattern)
    {
        if (!pattern.IsConstant)
        {
            throw context.NotConstant(node, "a regular expression");
        }

        if (pattern.IsKnown)
        {
            var text = pattern.As(KqlType.String).Value.Text;
            if (Known.TryGetValue(node, out var known) && known.Item1 == text)
            {
                return () => known.Item2;
            }

            var regex = Read(text, out var difference) ?? throw Refusals.UncertainRegex(context.Source, node, difference ?? $"\"{text}\"");
            Known.AddOrUpdate(node, Tuple.Create(text, regex));
            return () => regex;
        }

        var late = new Lazy<Regex>(() => Read(pattern.As(KqlType.String).Value.Text, out var difference)
            ?? throw EvaluationException.Of($"Kusto's regular expressions differ from those of the evaluator in {difference}."), LazyThreadSafetyMode.None);
        return () => late.Value;
    }

    /// <summary>The .NET expression of a pattern; null with what stands against it.</summary>
    public static Regex? Read(string pattern, out string? difference)
    {
        try
        {
            var translated = Translate(pattern, out difference);
            return difference is null ? new(translated, RegexOptions.CultureInvariant) : null;
        }
        catch (ArgumentException)
        {
            difference = $"\"{pattern}\", which .NET does not read";
            return null;
        }
    }

    private static string Translate(string pattern, out string? difference)
    {
        var result = new StringBuilder();
        var isMultiline = false;
        difference = null;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            switch (pattern[i])
            {
                case '\\':
                    i = Escape(pattern, i, inClass: false, result, ref difference);
                    break;
                case '[':
                    i = Class(pattern, i, result, ref difference);
                    break;
                case '$':
                    result.Append(isMultiline ? @"(?=\n|\z)" : @"\z");
                    break;
                case '(' when GroupName(rest) is var end && end > 0:
                    // Kusto numbers groups from left to right, .NET those with names after the others.
                    result.Append('(');
                    i += end;
                    break;
                case '(' when rest.StartsWith("(?") && !rest.StartsWith("(?:"):
                    var flags = Flags().Match(pattern[i..]);
                    difference ??= flags.Success || (rest.StartsWith("(?<") && !rest.StartsWith("(?<=") && !rest.StartsWith("(?<!")) ? null : $"\"{rest[..Math.Min(rest.Length, 4)]}\"";
                    isMultiline |= flags.Success && flags.Value.Contains('m', StringComparison.Ordinal);
                    result.Append('(');
                    break;
                case '+' or '*' or '?' or '}' when rest.Length > 1 && rest[1] == '+':
                    difference ??= "a possessive or doubled quantifier";
                    break;
                default:
                    result.Append(pattern[i]);
                    break;
            }
        }

        return result.ToString();
    }

    /// <summary>The place of the last character of <c>(?P&lt;name&gt;</c> or <c>(?&lt;name&gt;</c>; 0 when the text does not begin with it.</summary>
    private static int GroupName(ReadOnlySpan<char> text) =>
        text.StartsWith("(?P<") || (text.StartsWith("(?<") && !text.StartsWith("(?<=") && !text.StartsWith("(?<!")) ? Math.Max(0, text.IndexOf('>')) : 0;

    private static int Escape(string pattern, int at, bool inClass, StringBuilder result, ref string? difference)
    {
        if (at + 1 == pattern.Length)
        {
            difference ??= "a backslash at the end";
            return at;
        }

        var escaped = pattern[at + 1];
        var replaced = escaped switch
        {
            'd' => inClass ? Digit : $"[{Digit}]",
            'w' => inClass ? Word : $"[{Word}]",
            's' => inClass ? Space : $"[{Space}]",
            'D' when !inClass => $"[^{Digit}]",
            'W' when !inClass => $"[^{Word}]",
            'S' when !inClass => $"[^{Space}]",
            'b' when !inClass => WordBorder,
            'B' when !inClass => NoWordBorder,
            'A' or 'z' when !inClass => "\\" + escaped,
            'a' or 'f' or 't' or 'n' or 'r' or 'v' => "\\" + escaped,
            'x' when at + 2 < pattern.Length && pattern[at + 2] != '{' => @"\x",
            _ when !char.IsLetterOrDigit(escaped) => Regex.Escape(escaped.ToString()) is { Length: > 1 } quoted ? quoted : "\\" + escaped,
            _ => null,
        };
        if (replaced is null)
        {
            difference ??= $"\"\\{escaped}\"";
        }

        result.Append(replaced is "\\\"" or "\\'" or "\\<" or "\\>" or "\\_" ? escaped.ToString() : replaced);
        return at + 1;
    }

    private static int Class(string pattern, int at, StringBuilder result, ref string? difference)
    {
        result.Append('[');
        var i = at + 1;
        if (i < pattern.Length && pattern[i] == '^')
        {
            result.Append('^');
            i++;
        }

        for (var first = true; i < pattern.Length; i++, first = false)
        {
            switch (pattern[i])
            {
                case ']' when !first:
                    result.Append(']');
                    return i;
                case '\\':
                    i = Escape(pattern, i, inClass: true, result, ref difference);
                    break;
                case '[' when i + 1 < pattern.Length && pattern[i + 1] == ':':
                    difference ??= "a class such as [:alpha:]";
                    return i;
                case '[':
                    result.Append(@"\[");
                    break;
                case ']':
                    result.Append(@"\]");
                    break;
                case '&' when i + 1 < pattern.Length && pattern[i + 1] == '&':
                    difference ??= "\"&&\" in a class";
                    return i;
                default:
                    result.Append(pattern[i]);
                    break;
            }
        }

        difference ??= "a class without an end";
        return i;
    }

    private static Regex Flags() => FlagGroup;

    private static readonly Regex FlagGroup = new(@"\A\(\?[ims]*(-[ims]+)?[:)]", RegexOptions.CultureInvariant);
}
