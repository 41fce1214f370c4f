using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>A schema as the host takes it.</summary>
internal static class KqlSchemaMessage
{
    public static byte[] Write(KqlSchema schema, IEnumerable<string> texts)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tables");
            foreach (var table in QueryTables.Of(schema, texts))
            {
                WriteTable(writer, table);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("functions");
            foreach (var function in QueryTables.FunctionsOf(schema, texts))
            {
                WriteFunction(writer, function);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("watchlists");
            foreach (var watchlist in schema.Watchlists)
            {
                WriteEntry(writer, watchlist.Alias, watchlist.AllColumns());
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteFunction(Utf8JsonWriter writer, KqlFunction function)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(function.Name);
        writer.WriteStartArray();
        foreach (var parameter in function.Parameters)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(parameter.Name);
            writer.WriteStringValue(parameter.Type);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        WriteColumns(writer, function.Columns);
        writer.WriteBooleanValue(function.IsOpen);
        writer.WriteStringValue(function.Returns);
        writer.WriteEndArray();
    }

    private static void WriteTable(Utf8JsonWriter writer, KqlTable table)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(table.Name);
        WriteColumns(writer, table.Columns);
        writer.WriteBooleanValue(table.IsOpen);
        writer.WriteEndArray();
    }

    private static void WriteEntry(Utf8JsonWriter writer, string name, ImmutableArray<Column> columns)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(name);
        WriteColumns(writer, columns);
        writer.WriteEndArray();
    }

    private static void WriteColumns(Utf8JsonWriter writer, ImmutableArray<Column> columns)
    {
        writer.WriteStartArray();
        foreach (var column in columns)
        {
            writer.WriteStringValue(column.Name);
            writer.WriteStringValue(column.Type);
        }

        writer.WriteEndArray();
    }
}
