using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>A dynamic property bag: keys are case-sensitive and keep their order; equal when the same keys have the same values.</summary>
public sealed class DynamicBag : IEquatable<DynamicBag>
{
    private const int FewProperties = 8;
    private readonly KeyValuePair<string, Value>[] _properties;
    private Dictionary<string, int>? _index;

    private DynamicBag(KeyValuePair<string, Value>[] properties) => _properties = properties;

    /// <summary>The bag without properties.</summary>
    public static DynamicBag Empty { get; } = new([]);

    /// <summary>Its properties, in order.</summary>
    public ImmutableArray<KeyValuePair<string, Value>> Properties => ImmutableCollectionsMarshal.AsImmutableArray(_properties);

    /// <summary>A bag of properties; of a repeated key the last value counts, at the place of the first.</summary>
    public static DynamicBag From(IEnumerable<KeyValuePair<string, Value>> properties)
    {
        var list = new List<KeyValuePair<string, Value>>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            if (places.TryAdd(property.Key, list.Count))
            {
                list.Add(property);
            }
            else
            {
                list[places[property.Key]] = property;
            }
        }

        return list.Count == 0 ? Empty : new([.. list]);
    }

    /// <summary>The value of a key; null when it is not there.</summary>
    public Value Find(string key) => TryFind(key, out var value) ? value : default;

    /// <summary>Whether it has a key.</summary>
    public bool TryFind(string key, out Value value)
    {
        var place = IndexOf(key);
        value = place < 0 ? default : _properties[place].Value;
        return place >= 0;
    }

    /// <inheritdoc/>
    public bool Equals(DynamicBag? other) =>
        other is not null && _properties.Length == other._properties.Length
        && Array.TrueForAll(_properties, property => other.TryFind(property.Key, out var value) && value == property.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DynamicBag);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = _properties.Length;
        foreach (var (key, value) in _properties)
        {
            hash ^= HashCode.Combine(key, value);
        }

        return hash;
    }

    private int IndexOf(string key)
    {
        if (_properties.Length <= FewProperties)
        {
            for (var i = 0; i < _properties.Length; i++)
            {
                if (string.Equals(_properties[i].Key, key, StringComparison.Ordinal))
                {
                    return i;
                }
            }

            return -1;
        }

        var index = _index;
        if (index is null)
        {
            index = new(_properties.Length, StringComparer.Ordinal);
            for (var i = 0; i < _properties.Length; i++)
            {
                index.Add(_properties[i].Key, i);
            }

            _index = index;
        }

        return index.GetValueOrDefault(key, -1);
    }
}
