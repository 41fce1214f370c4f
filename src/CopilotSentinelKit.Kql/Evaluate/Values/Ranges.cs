namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>Arithmetic series, both ends included.</summary>
internal static class Ranges
{
    private const int Most = 10_000_000;

    public static IEnumerable<Value> Values(KqlType type, Value from, Value to, Value step)
    {
        if (from.IsNull || to.IsNull || step.IsNull)
        {
            yield break;
        }

        if (type == KqlType.Real)
        {
            var (first, last, width) = (ValueOrder.AsReal(from), ValueOrder.AsReal(to), ValueOrder.AsReal(step));
            for (var i = 0; i < Most && width != 0 && (width > 0 ? first + (i * width) <= last : first + (i * width) >= last); i++)
            {
                yield return Value.Of(first + (i * width));
            }

            yield break;
        }

        for (var (value, count) = (from.Bits, 0); count < Most && step.Bits != 0 && (step.Bits > 0 ? value <= to.Bits : value >= to.Bits); value += step.Bits, count++)
        {
            yield return type switch
            {
                KqlType.Int => Value.OfInt((int)value),
                KqlType.DateTime => Value.OfDateTime(value),
                KqlType.Timespan => Value.OfTimespan(value),
                _ => Value.Of(value),
            };
        }
    }
}
