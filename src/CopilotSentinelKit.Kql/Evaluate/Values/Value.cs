namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>A KQL value: 64 bits and a reference that tells their kind, so that numbers, times and truth values are never boxed.
/// The default is null.</summary>
public readonly struct Value : IEquatable<Value>
{
    private const int LongestText = 1 << 26;
    private readonly object? _reference;
    private readonly long _bits;

    private Value(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>Null of any type.</summary>
    public static Value Null => default;

    /// <summary>The empty text.</summary>
    public static Value Empty { get; } = new(string.Empty, 0);

    /// <summary>What it is.</summary>
    public ValueKind Kind => _reference switch
    {
        null => ValueKind.Null,
        Tag tag => tag.Kind,
        string => ValueKind.String,
        DynamicBag => ValueKind.Bag,
        DynamicArray => ValueKind.Array,
        System.Guid => ValueKind.Guid,
        _ => ValueKind.Decimal,
    };

    /// <summary>Whether it is null; a text never is.</summary>
    public bool IsNull => _reference is null;

    /// <summary>Whether it is true: where treats null as false.</summary>
    public bool IsTrue => _bits != 0 && ReferenceEquals(_reference, Tag.Bool);

    /// <summary>The bits of a bool, int, long, datetime or timespan (ticks).</summary>
    public long Bits => _bits;

    /// <summary>The number of a real.</summary>
    public double Number => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The text of a string; empty for null.</summary>
    public string Text => _reference as string ?? string.Empty;

    /// <summary>The elements of an array.</summary>
    public DynamicArray? AsArray => _reference as DynamicArray;

    /// <summary>The properties of a bag.</summary>
    public DynamicBag? AsBag => _reference as DynamicBag;

    /// <summary>The GUID of a guid.</summary>
    public Guid AsGuid => (Guid)_reference!;

    /// <summary>The number of a decimal.</summary>
    public decimal AsDecimal => (decimal)_reference!;

    /// <summary>A bool.</summary>
    public static Value Of(bool value) => new(Tag.Bool, value ? 1 : 0);

    /// <summary>A long.</summary>
    public static Value Of(long value) => new(Tag.Long, value);

    /// <summary>An int.</summary>
    public static Value OfInt(int value) => new(Tag.Int, value);

    /// <summary>A real.</summary>
    public static Value Of(double value) => new(Tag.Real, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A decimal.</summary>
    public static Value Of(decimal value) => new(value, 0);

    /// <summary>A datetime, by its ticks since the year 1, UTC.</summary>
    public static Value OfDateTime(long ticks) => new(Tag.DateTime, ticks);

    /// <summary>A datetime, taken as UTC.</summary>
    public static Value Of(DateTime value) => new(Tag.DateTime, value.Ticks);

    /// <summary>A timespan, by its ticks.</summary>
    public static Value OfTimespan(long ticks) => new(Tag.Timespan, ticks);

    /// <summary>A timespan.</summary>
    public static Value Of(TimeSpan value) => new(Tag.Timespan, value.Ticks);

    /// <summary>A guid.</summary>
    public static Value Of(Guid value) => new(value, 0);

    /// <summary>A string.</summary>
    /// <exception cref="EvaluationException">It is longer than a query can need.</exception>
    public static Value Of(string value) => value.Length <= LongestText ? new(value, 0) : throw EvaluationException.Of($"A text has more than {LongestText} characters.");

    /// <summary>A dynamic array.</summary>
    public static Value Of(DynamicArray value) => new(value, 0);

    /// <summary>A dynamic property bag.</summary>
    public static Value Of(DynamicBag value) => new(value, 0);

    /// <summary>The same kind and content: the equality of grouping, where null equals null and long 1 is not real 1.</summary>
    public bool Equals(Value other)
    {
        if (_bits != other._bits)
        {
            return false;
        }

        return ReferenceEquals(_reference, other._reference) || _reference switch
        {
            null or Tag => false,
            string text => other._reference is string same && string.Equals(text, same, StringComparison.Ordinal),
            _ => _reference.Equals(other._reference),
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _reference is null or Tag
        ? unchecked((int)((ulong)_bits * 0x9E3779B97F4A7C15UL >> 32))
        : _reference.GetHashCode();

    /// <summary>As tostring() gives it.</summary>
    public override string ToString() => ValueText.Of(this);

    /// <summary>Equal in the sense of grouping.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Not equal in the sense of grouping.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    private sealed class Tag(ValueKind kind)
    {
        public static readonly Tag Bool = new(ValueKind.Bool);
        public static readonly Tag Int = new(ValueKind.Int);
        public static readonly Tag Long = new(ValueKind.Long);
        public static readonly Tag Real = new(ValueKind.Real);
        public static readonly Tag DateTime = new(ValueKind.DateTime);
        public static readonly Tag Timespan = new(ValueKind.Timespan);

        public ValueKind Kind => kind;
    }
}
