using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>A JSON object of a template as readers use it. What is missing, null, an expression or of the wrong shape gives null or nothing; only
/// the last is a finding by itself.</summary>
/// <param name="map">The object.</param>
/// <param name="subject">What to underline when something is missing in it.</param>
/// <param name="scope">Resolves references.</param>
/// <param name="findings">Takes what is wrong.</param>
internal sealed class ArmMap(YamlMap map, SourceSpan subject, ArmScope scope, ICollection<Finding> findings)
{
    /// <summary>What to underline when something is missing in it.</summary>
    public SourceSpan Subject => subject;

    /// <summary>Resolves references.</summary>
    public ArmScope Scope => scope;

    /// <summary>Takes what is wrong.</summary>
    public ICollection<Finding> Findings => findings;

    /// <summary>The object itself.</summary>
    public YamlMap Map => map;

    /// <summary>A key with its value as written, or null when there is none or its value is null.</summary>
    public YamlEntry? Entry(string key) => map.Entry(key) is { } entry && !IsNull(entry.Value) ? entry : null;

    /// <summary>Whether a key has a value that only the deployment knows, in itself or in an item of it.</summary>
    public bool IsUnknown(string key) => Entry(key) is { Value: var value } && scope.Resolve(value) switch
    {
        null => true,
        YamlList list => list.Items.Any(item => scope.Resolve(item) is null),
        _ => false,
    };

    /// <summary>A scalar.</summary>
    public YamlText? Text(string key) => Shaped<YamlText>(key, "a text");

    /// <summary>A text; an empty one, at the place of the object, where it is not known.</summary>
    public Spanned<string> TextOrEmpty(string key) => TextOrNull(key) ?? new("", Entry(key)?.Value.FirstLine() ?? subject);

    /// <summary>A text, or null.</summary>
    public Spanned<string>? TextOrNull(string key) => Text(key) is { } text ? new(text.Value, text.FirstLine()) : null;

    /// <summary>An object in this one.</summary>
    public ArmMap? Object(string key) => Shaped<YamlMap>(key, "an object") is { } inner ? new(inner, Entry(key)!.Key.Span, scope, findings) : null;

    /// <summary>The items of a list that are known.</summary>
    public ImmutableArray<YamlValue> Items(string key) =>
        Shaped<YamlList>(key, "a list") is { } list ? [.. list.Items.Select(scope.Resolve).OfType<YamlValue>().Where(item => !IsNull(item))] : [];

    /// <summary>The objects of a list.</summary>
    public ImmutableArray<ArmMap> Objects(string key) =>
        [.. Items(key).OfType<YamlMap>().Select(item => new ArmMap(item, item.Span with { Length = Math.Min(1, item.Span.Length) }, scope, findings))];

    /// <summary>The texts of a list.</summary>
    public ImmutableArray<Spanned<string>> Texts(string key) =>
        [.. Items(key).OfType<YamlText>().Select(text => new Spanned<string>(text.Value, text.Span))];

    /// <summary>true or false; the services take it as a text too.</summary>
    public Spanned<bool>? Flag(string key) =>
        Text(key) is { } text && bool.TryParse(text.Value, out var value) ? new(value, text.Span) : null;

    /// <summary>A whole number; the services take it as a text too.</summary>
    public Spanned<int>? Integer(string key) =>
        Text(key) is { } text && int.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? new(value, text.Span) : null;

    /// <summary>A duration of ISO 8601; zero at its place where it is not known.</summary>
    public Spanned<TimeSpan> Duration(string key)
    {
        if (Text(key) is not { } text)
        {
            return new(TimeSpan.Zero, Entry(key)?.Value.Span ?? subject);
        }

        if (DurationText.ReadIso(text.Value) is not { } value)
        {
            findings.Add(ArmFindings.NotIsoDuration(text.Span, key, text.Value));
            return new(TimeSpan.Zero, text.Span);
        }

        return new(value, text.Span);
    }

    /// <summary>A word of an enumeration, in any letter case; null where it is not known.</summary>
    public Spanned<T>? Choice<T>(string key)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!Enum.GetNames<T>().Contains(text.Value, StringComparer.OrdinalIgnoreCase))
        {
            findings.Add(ArmFindings.UnknownChoice(text.Span, key, text.Value, Enum.GetNames<T>()));
            return null;
        }

        return new(Enum.Parse<T>(text.Value, ignoreCase: true), text.Span);
    }

    /// <summary>A finding for each property that is not there.</summary>
    public void Require(string owner, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Entry(key) is null)
            {
                findings.Add(ArmFindings.MissingProperty(subject, key, owner));
            }
        }
    }

    private T? Shaped<T>(string key, string expected)
        where T : YamlValue
    {
        var entry = Entry(key);
        if (entry is null || scope.Resolve(entry.Value) is not { } value || IsNull(value))
        {
            return null;
        }

        if (value is not T)
        {
            findings.Add(ArmFindings.WrongShape(entry.Value.FirstLine(), key, expected));
        }

        return value as T;
    }

    private static bool IsNull(YamlValue value) => value is YamlText { Plain: true, Value: "null" };
}
