namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>What a value is at run time; of a dynamic column each value has its own.</summary>
public enum ValueKind
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>A truth value.</summary>
    Bool,

    /// <summary>A 32-bit number.</summary>
    Int,

    /// <summary>A 64-bit number.</summary>
    Long,

    /// <summary>A floating-point number.</summary>
    Real,

    /// <summary>A decimal number.</summary>
    Decimal,

    /// <summary>A point in time.</summary>
    DateTime,

    /// <summary>A length of time.</summary>
    Timespan,

    /// <summary>A GUID.</summary>
    Guid,

    /// <summary>A text.</summary>
    String,

    /// <summary>A dynamic array.</summary>
    Array,

    /// <summary>A dynamic property bag.</summary>
    Bag,
}
