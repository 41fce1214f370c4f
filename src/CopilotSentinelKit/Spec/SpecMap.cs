using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A checked map as readers use it: a key that is missing, or whose value was wrong, gives null or nothing.</summary>
internal sealed class SpecMap(YamlMap map)
{
    /// <summary>Where the map starts: the place of values that were not written.</summary>
    public SourceSpan Place { get; } = map.Span with { Length = 0 };

    /// <summary>All of the map.</summary>
    public SourceSpan Span => map.Span;

    /// <summary>The file, all of it.</summary>
    public SourceSpan File => map.Span.File.All;

    /// <summary>An id for a spec that has none or a wrong one: made of the file's path and so unique, so that it meets no further finding.</summary>
    public Spanned<string> FallbackId => new(
        "x" + string.Concat(File.File.Path.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-')), Place);

    /// <summary>The map itself.</summary>
    public YamlMap Yaml => map;

    /// <summary>The entries as they are.</summary>
    public ImmutableArray<YamlEntry> Entries => map.Entries;

    /// <summary>The value as it is, or null.</summary>
    public YamlValue? Value(string key) => map[key];

    /// <summary>The key as written, or null.</summary>
    public YamlText? Key(string key) => map.Entries.FirstOrDefault(entry => entry.Key.Value == key)?.Key;

    /// <summary>A scalar with the places of its lines.</summary>
    public YamlText? Scalar(string key) => map[key] as YamlText;

    /// <summary>A text.</summary>
    public Spanned<string>? Text(string key) => Scalar(key) is { } text ? Spanned(text) : null;

    /// <summary>A text, or an empty one.</summary>
    public Spanned<string> TextOrEmpty(string key) => Text(key) ?? new("", Place);

    /// <summary>true or false.</summary>
    public Spanned<bool>? Flag(string key) =>
        Scalar(key) is { } text && ScalarValue.Boolean(text) is { } value ? new(value, text.Span) : null;

    /// <summary>A whole number.</summary>
    public Spanned<int>? Integer(string key) =>
        Scalar(key) is { } text && ScalarValue.Integer(text) is { } value ? new((int)value, text.Span) : null;

    /// <summary>A duration.</summary>
    public Spanned<TimeSpan>? Duration(string key) =>
        Scalar(key) is { } text && DurationText.ReadShort(text.Value) is { } value ? new(value, text.Span) : null;

    /// <summary>A list of durations; empty when it was not written.</summary>
    public ImmutableArray<Spanned<TimeSpan>> Durations(string key) =>
    [
        .. from text in Texts(key)
           let value = DurationText.ReadShort(text.Value)
           where value is not null
           select text.Select(_ => value.Value),
    ];

    /// <summary>A word of an enumeration.</summary>
    public Spanned<T>? Choice<T>(string key, Choices<T> choices)
        where T : struct => Scalar(key) is { } text && choices.Find(text.Value) is { } value ? new(value, text.Span) : null;

    /// <summary>A list of texts, or a single text; null when it was not written.</summary>
    public ImmutableArray<Spanned<string>>? TextsOrNull(string key) => map[key] switch
    {
        YamlText text => [Spanned(text)],
        YamlList list => [.. list.Items.OfType<YamlText>().Select(Spanned)],
        _ => null,
    };

    /// <summary>A list of texts, or a single text; empty when it was not written.</summary>
    public ImmutableArray<Spanned<string>> Texts(string key) => TextsOrNull(key) ?? [];

    /// <summary>A map inside this one.</summary>
    public SpecMap? Map(string key) => map[key] is YamlMap inner ? new(inner) : null;

    /// <summary>The maps of a list.</summary>
    public IEnumerable<SpecMap> Maps(string key) => map[key] is YamlList list ? list.Items.OfType<YamlMap>().Select(item => new SpecMap(item)) : [];

    /// <summary>The entries of a map inside this one whose values are maps.</summary>
    public IEnumerable<(Spanned<string> Key, SpecMap Value)> NamedMaps(string key) =>
        (Map(key)?.Entries ?? []).Where(entry => entry.Value is YamlMap).Select(entry => (Spanned(entry.Key), new SpecMap((YamlMap)entry.Value)));

    /// <summary>The entries of a map inside this one whose values are scalars.</summary>
    public IEnumerable<(Spanned<string> Key, Spanned<string> Value)> NamedTexts(string key) => Map(key)?.AllTexts() ?? [];

    /// <summary>The same with the places of their lines.</summary>
    public ImmutableArray<(Spanned<string> Name, YamlText Value)> NamedScalars(string key) =>
        [.. (Map(key)?.Entries ?? []).Where(entry => entry.Value is YamlText).Select(entry => (Spanned(entry.Key), (YamlText)entry.Value))];

    /// <summary>The entries of this map whose values are scalars.</summary>
    public IEnumerable<(Spanned<string> Key, Spanned<string> Value)> AllTexts() =>
        Entries.Where(entry => entry.Value is YamlText).Select(entry => (Spanned(entry.Key), Spanned((YamlText)entry.Value)));

    private static Spanned<string> Spanned(YamlText text) => new(text.Value, text.Span);
}
