using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Where each character of a scalar in double quotes stands in the file, through its escapes and line breaks.</summary>
internal static class QuotedScalar
{
    private const string Escapes = "0abtnvfre \"/\\N_LP";
    private const string Values = "\0\a\b\t\n\v\f\r\u001b \"/\\\u0085\u00a0\u2028\u2029";

    /// <summary>Gives the place of (offset, length) of the value; null when the file cannot be followed to just this value.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Offset of the opening quote.</param>
    /// <param name="end">Offset behind the closing one.</param>
    /// <param name="value">The value as YAML read it.</param>
    public static Func<int, int, SourceSpan>? Find(SourceFile file, int start, int end, string value)
    {
        var read = new StringBuilder(value.Length);
        var places = ImmutableArray.CreateBuilder<int>(value.Length + 1);
        var (text, at) = (file.Text, start + 1);
        while (at < end - 1)
        {
            var from = at;
            var piece = text[at] switch
            {
                '\\' => Escape(text, ref at),
                '\r' or '\n' => Fold(text, ref at, end, read, places),
                var letter => Plain(letter, ref at),
            };
            places.AddRange(Enumerable.Repeat(from, piece.Length));
            read.Append(piece);
        }

        places.Add(end - 1);
        var offsets = places.DrainToImmutable();
        return read.Equals(value) && offsets.Length == value.Length + 1
            ? (offset, length) => offsets[Math.Clamp(offset, 0, value.Length)] is var first
                ? new(file, first, Math.Max(0, offsets[Math.Clamp(offset + length, 0, value.Length)] - first))
                : default!
            : null;
    }

    private static string Plain(char letter, ref int at)
    {
        at++;
        return letter.ToString();
    }

    private static string Escape(string text, ref int at)
    {
        var letter = text[at + 1];
        at += 2;
        if (letter is '\r' or '\n')
        {
            at += letter == '\r' && text[at] == '\n' ? 1 : 0;
            SkipBlanks(text, ref at);
            return "";
        }

        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + digits <= text.Length && int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            at += digits;
            return code is > 0xFFFF and <= 0x10FFFF ? char.ConvertFromUtf32(code) : ((char)code).ToString();
        }

        var known = Escapes.IndexOf(letter, StringComparison.Ordinal);
        return known < 0 ? letter.ToString() : Values[known].ToString();
    }

    // A line break is a blank, an empty line a line break, and blanks around them do not count.
    private static string Fold(string text, ref int at, int end, StringBuilder read, ImmutableArray<int>.Builder places)
    {
        while (read.Length > 0 && read[^1] is ' ' or '\t' && text[places[^1]] is ' ' or '\t')
        {
            read.Length--;
            places.RemoveAt(places.Count - 1);
        }

        var breaks = 0;
        while (at < end && text[at] is '\r' or '\n')
        {
            at += text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
            breaks++;
            SkipBlanks(text, ref at);
        }

        return breaks == 1 ? " " : new('\n', breaks - 1);
    }

    private static void SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }
    }
}
