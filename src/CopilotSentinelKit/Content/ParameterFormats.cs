using System.Collections.Immutable;

namespace CopilotSentinelKit.Content;

/// <summary>The formats in which a workbook inserts parameters, as the documentation of Azure workbooks lists them.</summary>
internal static class ParameterFormats
{
    /// <summary>Formats of a time range: without one, or as value or query, an operator and a time to put behind a column; start and end
    /// are datetimes and grain a timespan of KQL; startISO and endISO are for texts.</summary>
    public static ImmutableArray<string> TimeRange { get; } = ["value", "query", "start", "end", "grain", "label", "startISO", "endISO"];

    /// <summary>Formats of everything else: escapejson is also how a value becomes safe between KQL's double quotes.</summary>
    public static ImmutableArray<string> Value { get; } = ["value", "label", "escapejson", "base64"];
}
