
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Plugins;

/// <summary>evaluate narrow: a row for each value, with the number of its row and its column's name.</summary>
internal static class Narrow
{
    public static Relation Compile(PluginCall plugin)
    {
        var input = plugin.Input;
        var columns = input.Schema.Columns;
        if (columns.FirstOrDefault(column => column.Type is not (KqlType.String or KqlType.Int or KqlType.Long or KqlType.Guid)) is { Name: { } name } other)
        {
            // The documented example shows dates, truth values and nulls in forms that tostring() does not have.
            throw plugin.Call.Refuse($"the column \"{name}\" of type {other.Type.Name()}, whose text is not documented,");
        }

        return new(new([new("Row", KqlType.Long), new("Column", KqlType.String), new("Value", KqlType.String)]), () => input.Rows().SelectMany((row, number) => columns.Select((column, i) => new[]
        {
            Value.Of((long)number),
            Value.Of(column.Name),
            ValueText.Of(row[i]) is { Length: > 0 } text ? Value.Of(text) : throw EvaluationException.Of("What narrow() writes for a value that is empty is not documented."),
        })));
    }
}
