namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>Rows of the same values, in the sense of grouping.</summary>
internal sealed class RowComparer : IEqualityComparer<Value[]>
{
    public static RowComparer Instance { get; } = new();

    public bool Equals(Value[]? x, Value[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(Value[] obj)
    {
        var hash = 0u;
        foreach (var value in obj)
        {
            hash = ((hash << 5) | (hash >> 27)) * 0x9E3779B1 ^ (uint)value.GetHashCode();
        }

        return (int)hash;
    }
}
