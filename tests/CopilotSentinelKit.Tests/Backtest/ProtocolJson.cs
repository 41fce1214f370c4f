using System.Text.Json.Nodes;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Backtest;

/// <summary>Results and errors as the protocols write them.</summary>
internal static class ProtocolJson
{
    public static string Error(string code, string message) =>
        new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "Request is invalid.", ["innererror"] = new JsonObject { ["code"] = "Inner", ["message"] = message } } }.ToJsonString();

    public static JsonArray Kusto(EvaluationResult result) =>
    [
        new JsonObject { ["FrameType"] = "DataSetHeader", ["IsProgressive"] = false, ["Version"] = "v2.0" },
        Frame("QueryProperties", "@ExtendedProperties", [new("Key", "string")], []),
        Frame("PrimaryResult", "PrimaryResult", result.Columns, [.. result.Rows.Select(row => Row(row, result))]),
        new JsonObject { ["FrameType"] = "DataSetCompletion", ["HasErrors"] = false, ["Cancelled"] = false },
    ];

    public static JsonObject LogAnalytics(EvaluationResult result) => new()
    {
        ["tables"] = new JsonArray(new JsonObject
        {
            ["name"] = "PrimaryResult",
            ["columns"] = new JsonArray([.. result.Columns.Select(column => new JsonObject { ["name"] = column.Name, ["type"] = column.Type })]),
            ["rows"] = new JsonArray([.. result.Rows.Select(row => Row(row, result))]),
        }),
    };

    public static JsonObject Frame(string kind, string name, IEnumerable<Column> columns, JsonNode[] rows) => new()
    {
        ["FrameType"] = "DataTable",
        ["TableId"] = 1,
        ["TableKind"] = kind,
        ["TableName"] = name,
        ["Columns"] = new JsonArray([.. columns.Select(column => new JsonObject { ["ColumnName"] = column.Name, ["ColumnType"] = column.Type })]),
        ["Rows"] = new JsonArray(rows),
    };

    private static JsonArray Row(IEnumerable<Value> row, EvaluationResult result) => [.. row.Zip(result.Columns, (value, column) => Cell(value, column.Type))];

    private static JsonNode? Cell(Value value, string type) => value.Kind switch
    {
        ValueKind.Null => type == "string" ? "" : null,
        ValueKind.Bool => value.IsTrue,
        ValueKind.Int or ValueKind.Long => value.Bits,
        ValueKind.Real when double.IsFinite(value.Number) => value.Number,
        ValueKind.Array or ValueKind.Bag => JsonNode.Parse(ValueText.Json(value)),
        _ => ValueText.Of(value),
    };
}
