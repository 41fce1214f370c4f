using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>Writes a regular expression for .NET that finds the same in texts of ASCII only, where the two agree about every class and border.</summary>
internal static class AsciiPattern
{
    /// <summary>The expression of .NET; null when it has none that means the same.</summary>
    public static string? Of(PatternNode tree)
    {
        var text = new StringBuilder();
        return TryAppend(text, tree) ? text.ToString() : null;
    }

    private static bool TryAppend(StringBuilder text, PatternNode node)
    {
        switch (node)
        {
            case Character character:
                Append(text, character.Set);
                return true;
            case Place place:
                text.Append(Of(place.Kind));
                return Of(place.Kind) is not null;
            case Capture capture:
                text.Append('(');
                return TryAppend(text, capture.Inner) && text.Append(')') is not null;
            case Sequence sequence:
                return sequence.Parts.All(part => TryAppend(text, part));
            case Choice choice:
                text.Append("(?:");
                for (var i = 0; i < choice.Parts.Length; i++)
                {
                    if (!TryAppend(i > 0 ? text.Append('|') : text, choice.Parts[i]))
                    {
                        return false;
                    }
                }

                text.Append(')');
                return true;
            default:
                return TryAppend(text, (Repetition)node);
        }
    }

    // Engines differ in what a group holds when a repeated part has matched nothing.
    private static bool TryAppend(StringBuilder text, Repetition repetition)
    {
        text.Append("(?:");
        if (repetition.Inner.CanBeEmpty || !TryAppend(text, repetition.Inner))
        {
            return false;
        }

        text.Append("){").Append(repetition.Least).Append(',').Append(repetition.Most).Append('}').Append(repetition.IsLazy ? "?" : "");
        return true;
    }

    private static string? Of(PlaceKind kind) => kind switch
    {
        PlaceKind.Start => @"\A",
        PlaceKind.End => @"\z",
        PlaceKind.LineStart => "(?m:^)",
        PlaceKind.LineEnd => "(?m:$)",
        PlaceKind.WordBorder => @"\b",
        PlaceKind.NoWordBorder => @"\B",
        _ => null,
    };

    private static void Append(StringBuilder text, CharacterSet set)
    {
        text.Append('[');
        var isEmpty = true;
        foreach (var (first, last) in set.Ranges.TakeWhile(range => range.First < 128))
        {
            text.Append(CultureInfo.InvariantCulture, $"\\x{first:x2}-\\x{Math.Min(last, 127):x2}");
            isEmpty = false;
        }

        // Nothing of ASCII: a character that such a text does not have.
        text.Append(isEmpty ? @"\uffff]" : "]");
    }
}
