using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>A part of a regular expression.</summary>
internal abstract record PatternNode
{
    /// <summary>Whether it matches without reading a character.</summary>
    public abstract bool CanBeEmpty { get; }
}

/// <summary>One character of a set.</summary>
internal sealed record Character(CharacterSet Set) : PatternNode
{
    public override bool CanBeEmpty => false;
}

/// <summary>A place between two characters.</summary>
internal sealed record Place(PlaceKind Kind, CharacterSet Word) : PatternNode
{
    private const int None = -1;

    public override bool CanBeEmpty => true;

    /// <summary>Whether a place is such a one.</summary>
    /// <param name="before">The code point before it; -1 at the start of the text.</param>
    /// <param name="after">The code point behind it; -1 at the end.</param>
    public bool IsAt(int before, int after) => Kind switch
    {
        PlaceKind.Start => before == None,
        PlaceKind.End => after == None,
        PlaceKind.LineStart => before is None or '\n',
        PlaceKind.LineEnd => after is None or '\n',
        PlaceKind.AnyLineStart => before is None or '\n' || (before == '\r' && after != '\n'),
        PlaceKind.AnyLineEnd => after is None or '\r' || (after == '\n' && before != '\r'),
        PlaceKind.WordBorder => Word.Contains(before) != Word.Contains(after),
        PlaceKind.NoWordBorder => Word.Contains(before) == Word.Contains(after),
        PlaceKind.WordStart => !Word.Contains(before) && Word.Contains(after),
        PlaceKind.WordEnd => Word.Contains(before) && !Word.Contains(after),
        PlaceKind.WordStartHalf => !Word.Contains(before),
        _ => !Word.Contains(after),
    };
}

/// <summary>The kinds of places.</summary>
internal enum PlaceKind
{
    /// <summary>Of the text.</summary>
    Start,

    /// <summary>Of the text.</summary>
    End,

    /// <summary>After a line feed.</summary>
    LineStart,

    /// <summary>Before a line feed.</summary>
    LineEnd,

    /// <summary>After \r, \n or \r\n.</summary>
    AnyLineStart,

    /// <summary>Before \r, \n or \r\n.</summary>
    AnyLineEnd,

    /// <summary>Between a character of a word and none.</summary>
    WordBorder,

    /// <summary>Anywhere else.</summary>
    NoWordBorder,

    /// <summary>Before a word.</summary>
    WordStart,

    /// <summary>After a word.</summary>
    WordEnd,

    /// <summary>Where no word is before.</summary>
    WordStartHalf,

    /// <summary>Where no word is behind.</summary>
    WordEndHalf,
}

/// <summary>A capture group; 1 is the first.</summary>
internal sealed record Capture(PatternNode Inner, int Number) : PatternNode
{
    public override bool CanBeEmpty => Inner.CanBeEmpty;
}

/// <summary>One part after the other; none is the empty text.</summary>
internal sealed record Sequence(ImmutableArray<PatternNode> Parts) : PatternNode
{
    public override bool CanBeEmpty => Parts.All(part => part.CanBeEmpty);
}

/// <summary>The first part that matches.</summary>
internal sealed record Choice(ImmutableArray<PatternNode> Parts) : PatternNode
{
    public override bool CanBeEmpty => Parts.Any(part => part.CanBeEmpty);
}

/// <summary>A part some times over.</summary>
/// <param name="Inner">The part.</param>
/// <param name="Least">At least so often.</param>
/// <param name="Most">At most so often; null for any number.</param>
/// <param name="IsLazy">Whether less is better.</param>
internal sealed record Repetition(PatternNode Inner, int Least, int? Most, bool IsLazy) : PatternNode
{
    public override bool CanBeEmpty => Least == 0 || Inner.CanBeEmpty;
}
