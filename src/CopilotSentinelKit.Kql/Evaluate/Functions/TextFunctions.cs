using System.Text;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions of texts.</summary>
internal static class TextFunctions
{
    private const KqlType S = KqlType.String;
    private const KqlType L = KqlType.Long;

    public static IEnumerable<ScalarFunction> All =>
    [
        Unary("strlen(text)", S, L, text => Value.Of(CodePoints.Count(text.Text))),
        Unary("string_size(text)", S, L, text => Value.Of((long)Encoding.UTF8.GetByteCount(text.Text))),
        Unary("tolower(text)", S, S, text => Value.Of(text.Text.ToLowerInvariant())),
        Unary("toupper(text)", S, S, text => Value.Of(text.Text.ToUpperInvariant())),
        Unary("reverse(text)", S, S, text => Value.Of(string.Concat(text.Text.EnumerateRunes().Reverse()))),
        Lenient("strcat(value ...)", [S], S, values => Value.Of(string.Concat(values.Select(value => value.Text)))),
        Lenient("strcat_delim(delimiter, value ...)", [S], S, values => Value.Of(string.Join(values[0].Text, values.Skip(1).Select(value => value.Text)))),
        Strict("strrep(value, times[, delimiter])", [S, L, S], S, values => Value.Of(string.Join(values.Length > 2 ? values[2].Text : "", Enumerable.Repeat(values[0].Text, (int)Math.Clamp(values[1].Bits, 0, 1024))))),
        Binary("strcmp(text, text)", S, S, L, (a, b) => Value.Of((long)Math.Sign(CodePoints.Compare(a.Text, b.Text)))),
        Strict("substring(text, start[, length])", [S, L, L], S, Substring),
        Strict("indexof(text, part[, start][, length][, occurrence])", [S, S, L, L, L], L, IndexOf),
        Strict("split(text, delimiter[, index])", [S, S, L], KqlType.Dynamic, Split),
        Strict("replace_string(text, part, by)", [S, S, S], S, values => values[1].Text.Length == 0 ? values[0] : Value.Of(values[0].Text.Replace(values[1].Text, values[2].Text, StringComparison.Ordinal))),
        Lenient("replace_strings(text, parts, by)", [S, KqlType.Dynamic, KqlType.Dynamic], S, ReplaceStrings),
        Strict("translate(search, replacement, text)", [S, S, S], S, Translate),
        Binary("strcat_array(array, delimiter)", KqlType.Dynamic, S, S, (array, delimiter) => array.AsArray is { } found ? Value.Of(string.Join(delimiter.Text, found.Items.Select(item => ValueText.Of(item)))) : Value.Null),
        Binary("array_strcat(array, delimiter)", KqlType.Dynamic, S, S, (array, delimiter) => array.AsArray is { } found ? Value.Of(string.Join(delimiter.Text, found.Items.Select(item => ValueText.Of(item)))) : Value.Null),
        Lenient("has_any_index(text, values)", [S, KqlType.Dynamic], L, values => Value.Of((long)(values[1].AsArray?.Items.Select(item => ValueText.Of(item)).ToList().FindIndex(term => Terms.Has(values[0].Text, term, StringComparison.OrdinalIgnoreCase)) ?? -1))),
        Unary("unicode_codepoints_from_string(text)", S, KqlType.Dynamic, text => Value.Of(new DynamicArray([.. text.Text.EnumerateRunes().Select(rune => Value.Of((long)rune.Value))]))),
        Unary("isascii(text)", S, KqlType.Bool, text => Value.Of(Ascii.IsValid(text.Text))),
    ];

    private static Value Substring(Value[] values)
    {
        // Counted from the end when it is below 0, and nothing when that is before the start.
        var text = values[0].Text;
        var start = values[1].Bits < 0 ? CodePoints.Count(text) + values[1].Bits : values[1].Bits;
        if (start < 0)
        {
            return Value.Empty;
        }

        var from = CodePoints.OffsetOf(text, start);
        var length = values.Length > 2 ? CodePoints.OffsetOf(text[from..], Math.Max(0, values[2].Bits)) : text.Length - from;
        return Value.Of(text.Substring(from, length));
    }

    private static Value IndexOf(Value[] values)
    {
        var (text, part) = (values[0].Text, values[1].Text);
        var start = values.Length > 2 ? values[2].Bits : 0;
        var length = values.Length > 3 ? values[3].Bits : -1;
        var occurrence = values.Length > 4 ? values[4].Bits : 1;
        if (occurrence < 0 || length < -1 || part.Length == 0)
        {
            return Value.Null;
        }

        start = start < 0 ? Math.Max(0, CodePoints.Count(text) + start) : start;
        var end = length < 0 ? text.Length : CodePoints.OffsetOf(text, start + length);
        for (var at = CodePoints.OffsetOf(text, start); at <= end; at++)
        {
            at = text.IndexOf(part, at, StringComparison.Ordinal);
            if (at < 0 || at + part.Length > end)
            {
                return at >= 0 && at < end && values.Length > 4 && values[4].Bits > 1
                    ? throw EvaluationException.Of("A later occurrence that indexof() looks for crosses the end of the part that it searches, of which documents say different things.")
                    : Value.Of(-1L);
            }

            if (--occurrence <= 0)
            {
                return Value.Of(CodePoints.CountBefore(text, at));
            }
        }

        return Value.Of(-1L);
    }

    private static Value Split(Value[] values)
    {
        if (values[1].Text.Length == 0)
        {
            throw EvaluationException.Of("What split() makes of an empty delimiter is not documented.");
        }

        var parts = values[0].Text.Split(values[1].Text);
        return values.Length < 3 ? Value.Of(new DynamicArray([.. parts.Select(Value.Of)]))
            : values[2].Bits >= 0 && values[2].Bits < parts.Length ? Value.Of(new DynamicArray([Value.Of(parts[values[2].Bits])]))
            : Value.Null;
    }

    // One text after the other; what has been replaced is not looked at again.
    private static Value ReplaceStrings(Value[] values)
    {
        var by = values[2].AsArray?.Items ?? [values[2]];
        var parts = values[1].AsArray?.Items ?? [values[1]];
        var pieces = new List<(string Text, bool IsDone)> { (values[0].Text, false) };
        for (var i = 0; i < parts.Length; i++)
        {
            // What is no text is not looked for, and does not replace what it would.
            var (part, rewrite) = (parts[i].Text, by.Length == 1 ? by[0] : by[i]);
            var replacement = (rewrite.Kind == ValueKind.String ? rewrite.Text : part, true);
            pieces = part.Length == 0 ? pieces : [.. pieces.SelectMany(piece => piece.IsDone
                ? [piece]
                : piece.Text.Split(part).SelectMany((text, place) => place == 0 ? [(text, false)] : new[] { replacement, (text, false) }))];
        }

        return Value.Of(string.Concat(pieces.Select(piece => piece.Text)));
    }

    // A list of replacements that is too short goes on with its last character.
    private static Value Translate(Value[] values)
    {
        var (search, replacement) = (values[0].Text.EnumerateRunes().ToArray(), values[1].Text.EnumerateRunes().ToArray());
        var result = new StringBuilder();
        foreach (var character in values[2].Text.EnumerateRunes())
        {
            var place = Array.IndexOf(search, character);
            if (place < 0 || replacement.Length > 0)
            {
                result.Append((place < 0 ? character : replacement[Math.Min(place, replacement.Length - 1)]).ToString());
            }
        }

        return Value.Of(result.ToString());
    }

}
