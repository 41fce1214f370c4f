using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>A dynamic array; equal when its elements are.</summary>
/// <param name="Items">The elements.</param>
public sealed record DynamicArray(ImmutableArray<Value> Items)
{
    /// <summary>The array without elements.</summary>
    public static DynamicArray Empty { get; } = new([]);

    /// <inheritdoc/>
    public bool Equals(DynamicArray? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
