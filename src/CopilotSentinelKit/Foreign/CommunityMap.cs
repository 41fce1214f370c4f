using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Foreign;

/// <summary>A map of a community YAML file as readers use it. A key that is missing, or has no value, gives null or nothing; a value that
/// nothing can be made of is a finding and gives the same. Forms that tools of the field forgive are forgiven.</summary>
/// <param name="map">The map.</param>
/// <param name="shape">The keys that it may have.</param>
/// <param name="findings">Takes what is wrong.</param>
/// <param name="owner">The key whose value it is, to underline for what is missing; null for the file's map.</param>
internal sealed class CommunityMap(YamlMap map, MapShape shape, ICollection<Finding> findings, YamlText? owner = null)
{
    /// <summary>What to underline for something that is not there: the first word of the map.</summary>
    public SourceSpan Place { get; } = owner?.Span ?? map.Entries.FirstOrDefault()?.Key.Span ?? map.Span with { Length = 0 };

    /// <summary>The entries as they are.</summary>
    public ImmutableArray<YamlEntry> Entries => map.Entries;

    /// <summary>Takes what is wrong.</summary>
    public ICollection<Finding> Findings => findings;

    /// <summary>The key as written, or null.</summary>
    public YamlText? Key(string key) => map.Entries.FirstOrDefault(entry => entry.Key.Value == key)?.Key;

    /// <summary>The value, or null when nothing stands there.</summary>
    public YamlValue? Value(string key) => map[key] switch
    {
        YamlText text when ScalarValue.IsNull(text) || string.IsNullOrWhiteSpace(text.Value) => null,
        var value => value,
    };

    /// <summary>Reports keys that the shape does not have: all of them in a map of Sentinel's own, in the file's map those that are
    /// near a known one, because people keep their own notes there.</summary>
    public CommunityMap CheckKeys()
    {
        var names = shape.Keys.Select(key => key.Name).ToImmutableArray();
        var missing = names.RemoveAll(name => map[name] is not null);
        foreach (var key in map.Entries.Where(entry => entry.Value is not YamlText text || !ScalarValue.IsNull(text)).Select(entry => entry.Key).Where(key => !names.Contains(key.Value)))
        {
            var near = Nearest.Find(key.Value, missing);
            if (near is not null || owner is not null)
            {
                var hint = near is null ? $" Its keys are {string.Join(", ", names)}." : $" Did you mean \"{near}\"?";
                findings.Add(CommunityFindings.UnknownKey(key.Span, key.Value, shape.Name, hint));
            }
        }

        return this;
    }

    /// <summary>Reports those of the keys that have no value and that Sentinel does not do without.</summary>
    public void Require(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Value(key) is null && !HasNear(key))
            {
                findings.Add(CommunityFindings.MissingKey(Key(key)?.Span ?? Place, shape.Name, key, Describe(key)));
            }
        }
    }

    /// <summary>Reports those of the keys that have no value and that content should have.</summary>
    public void Advise(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Value(key) is null && !HasNear(key))
            {
                findings.Add(CommunityFindings.AdvisedKey(Key(key)?.Span ?? Place, shape.Name, key, Describe(key)));
            }
        }
    }

    /// <summary>A text, number or boolean as the text that is written.</summary>
    public YamlText? Scalar(string key) => Value(key) switch
    {
        null => null,
        YamlText text => text,
        var value => Wrong<YamlText>(value, key, "a text"),
    };

    /// <summary>A text.</summary>
    public Spanned<string>? Text(string key) => Scalar(key) is { } text ? new(text.Value, text.Span) : null;

    /// <summary>A text; an empty one where there is none.</summary>
    public Spanned<string> TextOrEmpty(string key) => Text(key) ?? new("", Key(key)?.Span ?? Place);

    /// <summary>true or false, quoted too.</summary>
    public Spanned<bool>? Flag(string key) => Read<bool>(key, text => bool.TryParse(text, out var flag) ? flag : null, CommunityFindings.NotBoolean);

    /// <summary>A whole number, quoted too.</summary>
    public Spanned<int>? Integer(string key) => Read<int>(
        key, text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null, CommunityFindings.NotNumber);

    /// <summary>A duration in any form; zero where there is none.</summary>
    public Spanned<TimeSpan> Duration(string key) =>
        Read(key, DurationText.ReadAny, CommunityFindings.NotDuration) ?? new(TimeSpan.Zero, Key(key)?.Span ?? Place);

    /// <summary>A word of an enumeration; one that differs in letter case only is a warning.</summary>
    public Spanned<T>? Choice<T>(string key, Choices<T> choices)
        where T : struct
    {
        if (Scalar(key) is not { } text)
        {
            return null;
        }

        var word = text.Value.Trim();
        foreach (var (candidate, value) in choices.All)
        {
            if (candidate.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                if (candidate != word)
                {
                    findings.Add(CommunityFindings.LetterCase(text.FirstLine(), word, candidate));
                }

                return new(value, text.Span);
            }
        }

        findings.Add(CommunityFindings.UnknownWord(text.FirstLine(), Quoted(key), word, [.. choices.All.Select(choice => choice.Word)]));
        return null;
    }

    /// <summary>A list of texts, or a single one.</summary>
    public ImmutableArray<Spanned<string>> Texts(string key) => Value(key) switch
    {
        null => [],
        YamlText text => [new(text.Value.Trim(), text.Span)],
        YamlList list => [.. list.Items.OfType<YamlText>().Where(item => !string.IsNullOrWhiteSpace(item.Value)).Select(item => new Spanned<string>(item.Value.Trim(), item.Span))],
        var value => Wrong<YamlList>(value, key, "a list of texts") is null ? [] : [],
    };

    /// <summary>A map inside this one, its keys checked.</summary>
    public CommunityMap? Map(string key, MapShape inner) => Value(key) switch
    {
        null => null,
        YamlMap value => new CommunityMap(value, inner, findings, Key(key)).CheckKeys(),
        var value => Wrong<YamlMap>(value, key, "a map of keys and values") is null ? null : null,
    };

    /// <summary>The maps of a list, their keys checked.</summary>
    public ImmutableArray<CommunityMap> Maps(string key, MapShape item, bool isMetadata = false)
    {
        if (isMetadata && Value(key) is not null and not YamlList)
        {
            findings.Add(CommunityFindings.MetadataShape(Key(key)!.Span, Quoted(key), "a list, each item after \"- \""));
            return [];
        }

        if (Value(key) is not { } value || (value as YamlList ?? Wrong<YamlList>(value, key, "a list, each item after \"- \"")) is not { } list)
        {
            return [];
        }

        foreach (var stray in list.Items.Where(entry => entry is not YamlMap && entry is not YamlText { Value: "" }))
        {
            Wrong<YamlMap>(stray, key, "a list of maps", $"An item of {Quoted(key)}");
        }

        return [.. list.Items.OfType<YamlMap>().Select(entry => new CommunityMap(entry, item, findings, entry.Entries.FirstOrDefault()?.Key ?? Key(key)).CheckKeys())];
    }

    /// <summary>The entries of a map whose keys are the user's own, each with its text.</summary>
    public ImmutableArray<(Spanned<string> Key, Spanned<string> Value)> NamedTexts(string key)
    {
        if (Value(key) is not { } value || (value as YamlMap ?? Wrong<YamlMap>(value, key, "a map of keys and values")) is not { } named)
        {
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<(Spanned<string>, Spanned<string>)>();
        foreach (var (name, written) in named.Entries)
        {
            if (written is YamlText text && !ScalarValue.IsNull(text) && !string.IsNullOrWhiteSpace(text.Value))
            {
                texts.Add((new(name.Value, name.Span), new(text.Value, text.Span)));
            }
            else if (written is YamlText)
            {
                findings.Add(CommunityFindings.NoValue(name.Span, $"\"{name.Value}\" of {Quoted(key)}"));
            }
            else
            {
                Wrong<YamlText>(written, name.Value, "the name of a column");
            }
        }

        return texts.DrainToImmutable();
    }

    private Spanned<T>? Read<T>(string key, Func<string, T?> parse, Func<SourceSpan, string, string, Finding> wrong)
        where T : struct
    {
        if (Scalar(key) is not { } text)
        {
            return null;
        }

        if (parse(text.Value.Trim()) is { } value)
        {
            return new(value, text.Span);
        }

        findings.Add(wrong(text.FirstLine(), Quoted(key), text.Value.Trim()));
        return null;
    }

    private T? Wrong<T>(YamlValue value, string key, string expected, string? subject = null)
        where T : YamlValue
    {
        if (value is YamlMap && value.Span.Text is ['{', '{', ..] placeholder)
        {
            findings.Add(CommunityFindings.QuotesNeeded(value.FirstLine(), value.Span, placeholder));
            return null;
        }

        var found = value switch { YamlText => "a single value", YamlList => "a list", _ => "a map" };
        findings.Add(CommunityFindings.WrongType(value.FirstLine(), subject ?? Quoted(key), expected, found));
        return null;
    }

    // A key that is written almost so has its own finding; that it is missing, too, would say the same again.
    private bool HasNear(string key) => map[key] is null
        && map.Entries.Any(entry => shape.Keys.All(known => known.Name != entry.Key.Value) && Nearest.Find(entry.Key.Value, [key]) is not null);

    private string Describe(string key) => shape.Keys.First(known => known.Name == key).Description;

    private static string Quoted(string key) => $"\"{key}\"";
}
