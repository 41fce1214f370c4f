using System.Collections.Immutable;
using System.Text.Json;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Backtest;

/// <summary>Tables of an answer, whose members are called differently in each protocol.</summary>
/// <param name="Columns">The member with the columns.</param>
/// <param name="Name">The member with a column's name.</param>
/// <param name="Type">The member with a column's type.</param>
/// <param name="Rows">The member with the rows.</param>
internal sealed record RemoteTable(string Columns, string Name, string Type, string Rows)
{
    /// <summary>As the Kusto protocol of version 2 has them.</summary>
    public static RemoteTable OfKusto { get; } = new("Columns", "ColumnName", "ColumnType", "Rows");

    /// <summary>As Log Analytics has them.</summary>
    public static RemoteTable OfLogAnalytics { get; } = new("columns", "name", "type", "rows");

    /// <summary>Reads a table with typed values.</summary>
    public (EvaluationResult? Result, RemoteFault? Fault) Read(JsonElement table, string endpoint)
    {
        if (table.ValueKind != JsonValueKind.Object || !table.TryGetProperty(Columns, out var columns) || columns.ValueKind != JsonValueKind.Array || !table.TryGetProperty(Rows, out var rows) || rows.ValueKind != JsonValueKind.Array)
        {
            return (null, Garbage(endpoint, "a table has no columns or no rows"));
        }

        var read = ImmutableArray.CreateBuilder<Column>();
        foreach (var column in columns.EnumerateArray())
        {
            if (column.ValueKind != JsonValueKind.Object || !column.TryGetProperty(Name, out var name) || name.ValueKind != JsonValueKind.String
                || !column.TryGetProperty(Type, out var type) || type.ValueKind != JsonValueKind.String || KqlTypes.Find(type.GetString()) is not { } known)
            {
                return (null, Garbage(endpoint, "a column has no name, or no type that KQL has"));
            }

            read.Add(new(name.GetString()!, known.Name()));
        }

        return ReadRows(rows, read.ToImmutable(), endpoint);
    }

    private static (EvaluationResult? Result, RemoteFault? Fault) ReadRows(JsonElement rows, ImmutableArray<Column> columns, string endpoint)
    {
        var types = columns.Select(column => KqlTypes.Find(column.Type)!.Value).ToArray();
        var all = ImmutableArray.CreateBuilder<ImmutableArray<Value>>(rows.GetArrayLength());
        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind == JsonValueKind.Object)
            {
                // In the place of a row: why there are no more.
                return (null, KustoFrames.OfErrors(row) ?? Garbage(endpoint, "a row is no list"));
            }

            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != types.Length)
            {
                return (null, Garbage(endpoint, "a row has not as many values as there are columns"));
            }

            var values = ImmutableArray.CreateBuilder<Value>(types.Length);
            foreach (var cell in row.EnumerateArray())
            {
                if (RemoteValues.Read(cell, types[values.Count]) is not { } value)
                {
                    var column = columns[values.Count];
                    return (null, Garbage(endpoint, $"the column \"{column.Name}\" is of the type {column.Type}, and has the value {Cut(cell.GetRawText())}"));
                }

                values.Add(value);
            }

            all.Add(values.MoveToImmutable());
        }

        return (new(columns, all.ToImmutable(), []), null);
    }

    public static RemoteFault Garbage(string endpoint, string reason) => new(FaultKind.Service, span => RemoteFindings.NotAReply(span, endpoint, reason));

    private static string Cut(string text) => text.Length > 60 ? text[..60] + "..." : text;
}
