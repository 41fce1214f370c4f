using System.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>Classes in brackets: ranges, named and nested classes, &amp;&amp; -- and ~~ between them.</summary>
internal static class ClassParser
{
    private const int DeepestNesting = 100;

    /// <summary>Reads a class; the reader stands at its bracket.</summary>
    public static CharacterSet Parse(PatternReader reader, int depth = 0)
    {
        reader.At++;
        reader.Skip();
        var isNegated = reader.TryTake("^");
        var union = CharacterSet.Empty;
        reader.Skip();
        while (reader.Current == '-')
        {
            union = union.Union(CharacterSet.Single('-'));
            reader.At++;
            reader.Skip();
        }

        if (reader.Current == ']' && union.IsEmpty)
        {
            union = CharacterSet.Single(']');
            reader.At++;
        }

        CharacterSet? left = null;
        var operation = "";
        for (reader.Skip(); reader.Current != ']'; reader.Skip())
        {
            if (reader.IsAtEnd || depth > DeepestNesting)
            {
                throw depth == 0 ? PatternException.Refused("it has a class without an end") : PatternException.Doubtful("it has a class in a class without an end");
            }

            if (Operator(reader) is { } next)
            {
                left = Combined(left, operation, union);
                (operation, union) = (next, CharacterSet.Empty);
                continue;
            }

            union = union.Union(Item(reader, depth));
        }

        reader.At++;
        // Case is ignored before a class is denied: [^k] is no K either.
        return reader.Restricted(Combined(left, operation, union), isNegated);
    }

    private static string? Operator(PatternReader reader) =>
        reader.TryTake("&&") ? "&&" : reader.TryTake("--") ? "--" : reader.TryTake("~~") ? "~~" : null;

    private static CharacterSet Combined(CharacterSet? left, string operation, CharacterSet right) => operation switch
    {
        "&&" => left!.Intersection(right),
        "--" => left!.Without(right),
        "~~" => left!.Difference(right),
        _ => right,
    };

    private static CharacterSet Item(PatternReader reader, int depth)
    {
        if (reader.Current == '[')
        {
            return AsciiClass(reader) ?? Parse(reader, depth + 1);
        }

        var isEscaped = reader.TryTake("\\");
        if (isEscaped && reader.TakeSet() is { } set)
        {
            return set;
        }

        var first = isEscaped ? reader.TakeEscaped() : Next(reader);
        reader.Skip();
        if (reader.Current != '-' || reader.Ahead(1) is ']' or '-')
        {
            return CharacterSet.Single(first);
        }

        reader.At++;
        reader.Skip();
        var last = reader.TryTake("\\") ? reader.TakeEscaped() : Next(reader);
        return first <= last ? CharacterSet.Of([(first, last)]) : throw new PatternException($"it has the range {new Rune(first)}-{new Rune(last)}, which is upside down");
    }

    /// <summary>The class that [:name:] or [:^name:] means, or null.</summary>
    private static CharacterSet? AsciiClass(PatternReader reader)
    {
        var start = reader.At;
        if (!reader.TryTake("[:"))
        {
            return null;
        }

        var isNegated = reader.TryTake("^");
        var name = new StringBuilder();
        while (reader.Current is >= 'a' and <= 'z')
        {
            name.Append((char)reader.Current);
            reader.At++;
        }

        if (reader.TryTake(":]") && UnicodeSets.FindAscii(name.ToString()) is { } set)
        {
            return reader.Restricted(set, isNegated);
        }

        reader.At = start;
        return null;
    }

    private static int Next(PatternReader reader)
    {
        var code = reader.Current;
        reader.At++;
        return code;
    }
}
