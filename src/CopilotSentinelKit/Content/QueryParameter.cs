using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>The types of values that can be set when content is deployed: of others, such as columns and lists, no expression of Azure Resource Manager can make
/// KQL that means the value and nothing else.</summary>
public enum QueryParameterType
{
    /// <summary>A whole number.</summary>
    Int,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>A text.</summary>
    String,

    /// <summary>A time span, as a whole number of days, hours or minutes.</summary>
    Timespan,
}

/// <summary>A value that stands in a query as a literal of its own and does nothing else, so that a workspace can have another.</summary>
/// <param name="Name">Its name in the spec, with its place.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its value in the spec: a number, true or false, or a text. Of a time span, the number alone.</param>
/// <param name="Unit">Of a time span, KQL's letter for its unit: d, h or m; else empty.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Max">The largest number that it may be, or null.</param>
public sealed record QueryParameter(Spanned<string> Name, QueryParameterType Type, string Value, string Unit, string Description, long? Max);
