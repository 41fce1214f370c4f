using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>A value of an output file, before it is written as YAML or JSON.</summary>
internal abstract record OutputNode
{
    // Null stays null, so that OutputMap.Of leaves the entry out.
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator OutputNode?(string? value) => value is null ? null : new OutputText(value);

    public static implicit operator OutputNode(int value) => new OutputNumber(value);

    public static implicit operator OutputNode(long value) => new OutputNumber(value);

    public static implicit operator OutputNode(bool value) => new OutputFlag(value);
}

/// <summary>A string, always read back as the same string.</summary>
internal sealed record OutputText : OutputNode
{
    // An escape in YAML can write half of a surrogate pair.
    public OutputText(string value) => Value = HarmlessText.Whole(value);

    public string Value { get; }

    /// <summary>Whether YAML has it in quotes although it needs none: a version or a date, for readers that take one for a number.</summary>
    public bool IsQuoted { get; init; }
}

/// <summary>An ARM template expression, without its brackets. Strings of a spec are never one: see <see cref="JsonText"/>.</summary>
internal sealed record ArmExpression(string Code) : OutputNode
{
    /// <summary>An ARM string literal inside an expression.</summary>
    public static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>An integer.</summary>
internal sealed record OutputNumber(long Value) : OutputNode;

/// <summary>true or false.</summary>
internal sealed record OutputFlag(bool Value) : OutputNode;

/// <summary>A list.</summary>
internal sealed record OutputList(ImmutableArray<OutputNode> Items) : OutputNode
{
    public static OutputList Of(IEnumerable<OutputNode> items) => new([.. items]);

    public static OutputList Of(IEnumerable<string> items) => new([.. items.Select(item => (OutputNode)item)]);

    /// <summary>Null for an empty list: optional lists that are empty are left out.</summary>
    public OutputList? OrNull() => Items.IsEmpty ? null : this;
}

/// <summary>Keys and values in the order they are written.</summary>
internal sealed record OutputMap(ImmutableArray<(string Key, OutputNode Value)> Entries) : OutputNode
{
    /// <summary>A map without the entries whose value is null.</summary>
    public static OutputMap Of(params ReadOnlySpan<(string Key, OutputNode? Value)> entries)
    {
        var kept = ImmutableArray.CreateBuilder<(string, OutputNode)>(entries.Length);
        foreach (var (key, value) in entries)
        {
            if (value is not null)
            {
                kept.Add((key, value));
            }
        }

        return new(kept.ToImmutable());
    }

    /// <summary>The map with these values, each in place of that of its key, else behind all others; a value that is null changes nothing.</summary>
    public OutputMap With(params IEnumerable<(string Key, OutputNode? Value)> others)
    {
        var places = Entries.Select((entry, place) => (entry.Key, place)).ToLookup(entry => entry.Key, entry => entry.place, StringComparer.Ordinal);
        var entries = Entries.ToBuilder();
        foreach (var (key, value) in others)
        {
            if (value is null)
            {
                continue;
            }

            if (places.Contains(key))
            {
                entries[places[key].First()] = (key, value);
            }
            else
            {
                entries.Add((key, value));
            }
        }

        return new(entries.ToImmutable());
    }

    /// <summary>Null for an empty map.</summary>
    public OutputMap? OrNull() => Entries.IsEmpty ? null : this;
}
