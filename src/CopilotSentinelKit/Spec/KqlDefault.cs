using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>KQL literals for the defaults of function parameters, made from checked values only: a text of kit.yaml is never KQL.</summary>
internal static class KqlDefault
{
    /// <summary>The literal of a type that stands for nothing.</summary>
    public static string Null(string type) => type == "string" ? "\"\"" : $"{type}(null)";

    /// <summary>The literal of a value, or null when it is not of the type.</summary>
    public static string? Literal(string type, YamlText value, out string expected)
    {
        expected = type switch
        {
            "int" or "long" => "write a whole number, without quotes.",
            "real" or "decimal" => "write a number such as 0.5, without quotes.",
            "bool" => "write true or false, without quotes.",
            "timespan" => "write a duration in minutes, hours or days, such as 5m, 1h or 14d.",
            "datetime" => "write a date such as 2026-01-31 or 2026-01-31T08:00:00Z.",
            "guid" => "write a GUID.",
            "dynamic" => "leave the default out; it is then dynamic(null).",
            _ => "write a text.",
        };
        return type switch
        {
            "int" => ScalarValue.Integer(value) is >= int.MinValue and <= int.MaxValue ? Call(type, value) : null,
            "long" => ScalarValue.Integer(value) is not null ? Call(type, value) : null,
            "real" or "decimal" => ScalarValue.Real(value) is not null ? Call(type, value) : null,
            "bool" => ScalarValue.Boolean(value) is not null ? value.Value : null,
            "timespan" => DurationText.ReadShort(value.Value) is not null ? value.Value : null,
            "datetime" => ParameterValue.IsDate(value.Value) ? Call(type, value) : null,
            "guid" => Forms.Guid.Matches(value.Value) ? Call(type, value) : null,
            "dynamic" => null,
            _ => KqlWriter.Text(value.Value),
        };
    }

    private static string Call(string type, YamlText value) => $"{type}({value.Value})";
}
