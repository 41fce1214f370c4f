namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>The order of values of one type, as comparisons, min, max and sort have it. Nulls are the caller's matter.</summary>
internal static class ValueOrder
{
    public static int Compare(in Value left, in Value right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.String, ValueKind.String) => CodePoints.Compare(left.Text, right.Text),
        (ValueKind.Real, ValueKind.Real) => left.Number.CompareTo(right.Number),
        (ValueKind.Guid, ValueKind.Guid) => string.CompareOrdinal(left.AsGuid.ToString("D"), right.AsGuid.ToString("D")),
        (ValueKind.Decimal, _) or (_, ValueKind.Decimal) when IsNumber(left) && IsNumber(right) => AsDecimal(left).CompareTo(AsDecimal(right)),
        (ValueKind.Real, _) or (_, ValueKind.Real) when IsNumber(left) && IsNumber(right) => AsReal(left).CompareTo(AsReal(right)),
        (ValueKind.Array or ValueKind.Bag, _) or (_, ValueKind.Array or ValueKind.Bag) => string.CompareOrdinal(ValueText.Of(left), ValueText.Of(right)),
        (ValueKind.String, _) => 1,
        (_, ValueKind.String) => -1,
        _ => left.Bits.CompareTo(right.Bits),
    };

    /// <summary>Whether a value is a better extreme than another: a NaN is, in both directions.</summary>
    /// <param name="value">The value, no null.</param>
    /// <param name="best">The extreme so far, no null.</param>
    /// <param name="direction">1 for the greatest, -1 for the least.</param>
    public static bool IsBetter(in Value value, in Value best, int direction) => IsNaN(value) ? !IsNaN(best) : !IsNaN(best) && Compare(value, best) * direction > 0;

    public static bool IsNaN(in Value value) => value.Kind == ValueKind.Real && double.IsNaN(value.Number);

    public static bool IsNumber(in Value value) => value.Kind is ValueKind.Int or ValueKind.Long or ValueKind.Real or ValueKind.Decimal;

    public static double AsReal(in Value value) => value.Kind switch
    {
        ValueKind.Real => value.Number,
        ValueKind.Decimal => (double)value.AsDecimal,
        _ => value.Bits,
    };

    public static decimal AsDecimal(in Value value) => value.Kind switch
    {
        ValueKind.Decimal => value.AsDecimal,
        ValueKind.Real => (decimal)value.Number,
        _ => value.Bits,
    };
}
