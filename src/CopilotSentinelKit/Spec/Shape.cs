using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Spec;

/// <summary>What a value may be. The formats of all specs are tables of these: the reader checks by them, and they hold what a
/// JSON Schema says.</summary>
internal abstract record Shape;

/// <summary>A text that YAML reads as a text.</summary>
/// <param name="Form">The form it must have, or null for any.</param>
/// <param name="MaxLength">The most UTF-16 units it may have.</param>
/// <param name="Lines">Whether it may have several lines, tabs too.</param>
internal sealed record TextShape(TextForm? Form = null, int MaxLength = 20_000, bool Lines = false) : Shape;

/// <summary>The form of a text.</summary>
/// <param name="Pattern">A regular expression that .NET and JavaScript read alike, anchored at both ends.</param>
/// <param name="Expected">What it demands, to put after "must be".</param>
internal sealed record TextForm(Regex Pattern, string Expected)
{
    /// <summary>Whether all of the text has the form: <c>$</c> alone would let a final line break pass.</summary>
    public bool Matches(string text) => Pattern.Match(text) is { Success: true } match && match.Length == text.Length;
}

/// <summary>A text, number or boolean, taken as the text that is written; may be empty in quotes.</summary>
/// <param name="Form">The form it must have, or null for any.</param>
internal sealed record ScalarShape(TextForm? Form = null) : Shape;

/// <summary>The value of a parameter: a scalar or a list of scalars; its type is checked elsewhere.</summary>
internal sealed record ParameterValueShape : Shape;

/// <summary>Anything, taken as data: a part of an event or a row.</summary>
internal sealed record DataShape : Shape;

/// <summary>What a value may be in each form in which it can be written; null where it cannot be written so.</summary>
/// <param name="Single">As a scalar.</param>
/// <param name="Map">As a map.</param>
/// <param name="List">As a list.</param>
internal sealed record FormsShape(Shape? Single, Shape? Map, ListShape? List) : Shape
{
    /// <summary>The shapes that there are.</summary>
    public ImmutableArray<Shape> All => [.. new[] { Single, Map, List }.OfType<Shape>()];
}

/// <summary>true or false.</summary>
internal sealed record BooleanShape : Shape;

/// <summary>A whole number.</summary>
internal sealed record IntegerShape(int Min, int Max) : Shape;

/// <summary>Minutes, hours or days: 5m, 1h, 14d.</summary>
internal sealed record DurationShape : Shape;

/// <summary>One of some words.</summary>
internal sealed record ChoiceShape(ImmutableArray<string> Words) : Shape;

/// <summary>A list of at least <paramref name="Min"/> items.</summary>
internal sealed record ListShape(Shape Item, int Min = 1) : Shape;

/// <summary>An item or a list of at least one.</summary>
internal sealed record ItemOrListShape(Shape Item) : Shape;

/// <summary>Keys and values.</summary>
/// <param name="Name">What it is, with its article: "a detection".</param>
/// <param name="Keys">The keys it knows, in the order in which to write them.</param>
/// <param name="Others">What further keys may be, or null when there are none.</param>
internal sealed record MapShape(string Name, ImmutableArray<Key> Keys, OtherKeys? Others = null) : Shape
{
    /// <summary>A map whose keys are all the user's own.</summary>
    public static MapShape Of(string name, OtherKeys others) => new(name, [], others);
}

/// <summary>A map of one of several sorts.</summary>
/// <param name="Name">What it is, with its article: "an item".</param>
/// <param name="Variants">The sorts; the first key of each is its mark, which the others do not have.</param>
internal sealed record VariantShape(string Name, ImmutableArray<MapShape> Variants) : Shape;

/// <summary>A key of a map.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">Its value.</param>
/// <param name="Description">What it is for, a sentence.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record Key(string Name, Shape Shape, string Description, bool IsRequired)
{
    /// <summary>A key that must be there.</summary>
    public static Key Required(string name, Shape shape, string description) => new(name, shape, description, true);

    /// <summary>A key that may be left out.</summary>
    public static Key Optional(string name, Shape shape, string description) => new(name, shape, description, false);
}

/// <summary>Keys that the user chooses.</summary>
/// <param name="Form">The form of a key, or null for any text.</param>
/// <param name="Shape">The value of each.</param>
/// <param name="Description">What a key and its value are, a sentence.</param>
internal sealed record OtherKeys(TextForm? Form, Shape Shape, string Description);
