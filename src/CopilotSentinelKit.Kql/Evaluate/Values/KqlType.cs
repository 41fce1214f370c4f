namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>The scalar types of KQL.</summary>
public enum KqlType
{
    /// <summary>True, false or null.</summary>
    Bool,

    /// <summary>32 bits.</summary>
    Int,

    /// <summary>64 bits.</summary>
    Long,

    /// <summary>64-bit floating point.</summary>
    Real,

    /// <summary>Decimal floating point.</summary>
    Decimal,

    /// <summary>A point in time, UTC, in ticks of 100 ns.</summary>
    DateTime,

    /// <summary>A length of time in ticks of 100 ns.</summary>
    Timespan,

    /// <summary>128 bits.</summary>
    Guid,

    /// <summary>Text; never null.</summary>
    String,

    /// <summary>Any of the others, an array or a property bag.</summary>
    Dynamic,
}

/// <summary>The names that KQL has for its types.</summary>
public static class KqlTypes
{
    /// <summary>The type of a name (long, datetime, ...), or null.</summary>
    public static KqlType? Find(string? name) => name switch
    {
        "bool" or "boolean" => KqlType.Bool,
        "int" => KqlType.Int,
        "long" => KqlType.Long,
        "real" or "double" => KqlType.Real,
        "decimal" => KqlType.Decimal,
        "datetime" or "date" => KqlType.DateTime,
        "timespan" or "time" => KqlType.Timespan,
        "guid" or "uuid" or "uniqueid" => KqlType.Guid,
        "string" => KqlType.String,
        "dynamic" => KqlType.Dynamic,
        _ => null,
    };

    /// <summary>Its name.</summary>
    public static string Name(this KqlType type) => type.ToString().ToLowerInvariant();

    internal static bool IsInteger(this KqlType type) => type is KqlType.Int or KqlType.Long;

    internal static bool IsNumber(this KqlType type) => type is KqlType.Int or KqlType.Long or KqlType.Real or KqlType.Decimal;

    /// <summary>The .NET name that getschema shows.</summary>
    internal static string ClrName(this KqlType type) => type switch
    {
        KqlType.Bool => "System.SByte",
        KqlType.Int => "System.Int32",
        KqlType.Long => "System.Int64",
        KqlType.Real => "System.Double",
        KqlType.Decimal => "System.Data.SqlTypes.SqlDecimal",
        KqlType.DateTime => "System.DateTime",
        KqlType.Timespan => "System.TimeSpan",
        KqlType.Guid => "System.Guid",
        KqlType.String => "System.String",
        _ => "System.Object",
    };
}
