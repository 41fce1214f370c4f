using System.Text;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Matching;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions that look for regular expressions; the expressions must be constants.</summary>
internal static class PatternFunctions
{
    private const int MostGroups = 16;

    public static IEnumerable<ScalarFunction> All =>
    [
        new("extract(regex, group, text[, typeof(type)])", Extract),
        new("extract_all(regex[, groups], text)", ExtractAll),
        new("extractall(regex[, groups], text)", ExtractAll),
        new("replace_regex(text, regex, by)", Replace),
        new("replace(regex, by, text)", call => Replace(call with { Arguments = [call.Arguments[2], call.Arguments[0], call.Arguments[1]] })),
        new("trim(regex, text)", call => Trim(call, start: true, end: true)),
        new("trim_start(regex, text)", call => Trim(call, start: true, end: false)),
        new("trim_end(regex, text)", call => Trim(call, start: false, end: true)),
        new("countof(text, part[, kind])", CountOf),
        new("indexof_regex(text, regex[, start][, length][, occurrence])", IndexOf),
    ];

    private static Func<Pattern> PatternOf(Call call, int index, Func<string, string>? around = null) => Patterns.Compile(call.Context, call.Arguments[index], call.Argument(index), around);

    private static Expression OfText(Call call, int index, KqlType type, Func<string, Value> compute)
    {
        var text = call.Argument(index, KqlType.String);
        var evaluate = text.Evaluate;
        return Expression.Of(type, row => compute(evaluate(row).Text), text);
    }

    private static Expression Extract(Call call)
    {
        var pattern = PatternOf(call, 0);
        var type = call.Count > 3 ? Expansion.TypeOf(call.Context, call.Arguments[3]) : KqlType.String;
        var group = call.Known(1, default);
        if (group.Kind == ValueKind.String)
        {
            throw call.Refuse("a named group");
        }

        return OfText(call, 2, type, text => pattern().Find(text) is { } match
            ? Conversion.To(type, Value.Of(match.Group(Number(pattern(), group))))
            : type == KqlType.String ? Value.Empty : Value.Null);
    }

    private static Expression ExtractAll(Call call)
    {
        var pattern = PatternOf(call, 0);
        var chosen = call.Count > 2 ? call.Known(1, default).AsArray ?? throw call.Refuse("groups that are no array") : null;
        if (call.Argument(0).IsKnown && pattern().GroupCount is 0 or > MostGroups)
        {
            throw call.Refuse("an expression without a group in parentheses, or with more than 16 of them, which Kusto refuses,");
        }

        return OfText(call, call.Count - 1, KqlType.Dynamic, text =>
        {
            int[] groups = chosen is null ? [.. Enumerable.Range(1, pattern().GroupCount)] : [.. chosen.Items.Select(group => Number(pattern(), group))];
            Value[] matches = [.. pattern().Matches(text).Select(match => groups.Length == 1
                ? Value.Of(match.Group(groups[0]))
                : Value.Of(new DynamicArray([.. groups.Select(group => Value.Of(match.Group(group)))])))];
            return matches.Length == 0 ? Value.Null : Value.Of(new DynamicArray([.. matches]));
        });
    }

    /// <summary>The number of a group that is given by number or name.</summary>
    private static int Number(Pattern pattern, in Value group) =>
        group.Kind == ValueKind.String ? pattern.GroupOf(group.Text) ?? throw NoGroup(group)
        : group.Bits >= 0 && group.Bits <= pattern.GroupCount ? (int)group.Bits : throw NoGroup(group);

    private static EvaluationException NoGroup(in Value group) => EvaluationException.Of($"The regular expression has no group {ValueText.Of(group)}.");

    private static Expression Replace(Call call)
    {
        var pattern = PatternOf(call, 1);
        var rewrite = call.Known(2, default).Text;
        return OfText(call, 0, KqlType.String, text => Value.Of(pattern().Replace(text, match => Rewrite(match, rewrite))));
    }

    // \0 is the whole match, \1 the first group; everything else is literal.
    private static string Rewrite(PatternMatch match, string rewrite)
    {
        var result = new StringBuilder();
        for (var i = 0; i < rewrite.Length; i++)
        {
            if (rewrite[i] == '\\' && i + 1 < rewrite.Length)
            {
                i++;
                result.Append(char.IsAsciiDigit(rewrite[i]) ? match.Group(rewrite[i] - '0') : rewrite[i].ToString());
            }
            else
            {
                result.Append(rewrite[i]);
            }
        }

        return result.ToString();
    }

    // One match at an end, and not all that follow one another.
    private static Expression Trim(Call call, bool start, bool end)
    {
        var (first, last) = (PatternOf(call, 0, pattern => $@"\A(?:{pattern})"), PatternOf(call, 0, pattern => $@"(?:{pattern})\z"));
        return OfText(call, 1, KqlType.String, text =>
        {
            text = start && first().Find(text) is { } head ? text[head.End..] : text;
            return Value.Of(end && last().Find(text) is { } tail ? text[..tail.Start] : text);
        });
    }

    // Plain matches may overlap, those of a regular expression do not.
    private static Expression CountOf(Call call)
    {
        if (call.Known(2, Value.Of("normal")).Text == "regex")
        {
            var pattern = PatternOf(call, 1);
            return OfText(call, 0, KqlType.Long, text => Value.Of((long)pattern().Matches(text).Count()));
        }

        var (text, part) = (call.Argument(0, KqlType.String), call.Argument(1, KqlType.String));
        return Expression.Of(KqlType.Long, row => Value.Of(Count(text.Evaluate(row).Text, part.Evaluate(row).Text)), text, part);
    }

    private static Expression IndexOf(Call call)
    {
        var pattern = PatternOf(call, 1);
        var (start, length, occurrence) = (call.Known(2, Value.Of(0L)).Bits, call.Known(3, Value.Of(-1L)).Bits, call.Known(4, Value.Of(1L)).Bits);
        if (start < 0 || ((start > 0 || length >= 0) && call.Argument(1) is { } regex && !(regex.IsKnown && regex.Value.Text.AsSpan().IndexOfAny("^$\\") < 0)))
        {
            // Its page says two things about a start below 0, and nothing about what looks beyond the part that is searched.
            throw call.Refuse("a start below 0, or an expression with ^, $ or \\ in a part of the text,");
        }

        return OfText(call, 0, KqlType.Long, text =>
        {
            if (occurrence < 0 || length < -1)
            {
                return Value.Null;
            }

            var from = CodePoints.OffsetOf(text, start);
            var end = length < 0 ? text.Length : CodePoints.OffsetOf(text, start + length);
            return pattern().Matches(text[from..end]).Skip((int)Math.Max(0, occurrence - 1)).FirstOrDefault() is { } match
                ? Value.Of(CodePoints.CountBefore(text, from + match.Start))
                : Value.Of(-1L);
        });
    }

    private static long Count(string text, string part)
    {
        var count = 0L;
        for (var at = part.Length == 0 ? -1 : text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
