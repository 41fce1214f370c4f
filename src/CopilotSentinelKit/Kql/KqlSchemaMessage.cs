using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Kql;

/// <summary>A schema as the host takes it. Of the catalog's hundreds of tables only those whose names occur in the queries are sent:
/// a symbol for each column of each would cost more than the analysis of a query.</summary>
internal static partial class KqlSchemaMessage
{
    public static byte[] Write(KqlSchema schema, IEnumerable<string> texts)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tables");
            foreach (var table in schema.Tables)
            {
                WriteTable(writer, table.Name, table.Columns, table.IsOpen);
            }

            foreach (var name in CatalogTables(schema, texts))
            {
                WriteTable(writer, name, schema.Catalog.Find(name) ?? [], IsOpen(name));
            }

            writer.WriteEndArray();
            writer.WriteStartArray("functions");
            foreach (var function in schema.Functions)
            {
                WriteFunction(writer, function);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("watchlists");
            foreach (var watchlist in schema.Watchlists)
            {
                WriteEntry(writer, watchlist.Alias, WithSearchKey(watchlist.Columns));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static IEnumerable<string> CatalogTables(KqlSchema schema, IEnumerable<string> texts)
    {
        var words = texts.SelectMany(text => Word().Matches(text)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var own = schema.Tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        var all = texts.Any(text => AllTables().IsMatch(Comment().Replace(text, "")) || WildcardUnion().IsMatch(NoWildcard().Replace(text, "")));
        return schema.Catalog.Names.Where(name => (all || words.Contains(name)) && !own.Contains(name));
    }

    private static ImmutableArray<Column> WithSearchKey(ImmutableArray<Column> columns) =>
        columns.Any(column => column.Name == "SearchKey") ? columns : columns.Add(new("SearchKey", "string"));

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
        writer.WriteEndArray();
    }

    // Its columns are those of the resources that write to it, such as "identity_claim_upn_s".
    private static bool IsOpen(string table) => table == "AzureDiagnostics";

    private static void WriteTable(Utf8JsonWriter writer, string name, ImmutableArray<Column> columns, bool isOpen)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(name);
        WriteColumns(writer, columns);
        writer.WriteBooleanValue(isOpen);
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

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // Comments say "find" and "search" all the time. An address in a text goes with them, which costs nothing.
    [GeneratedRegex(@"//[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    // At the start of a pipeline these two read every table.
    [GeneratedRegex(@"(\A|[;({=,])\s*(search|find)\b", RegexOptions.CultureInvariant)]
    private static partial Regex AllTables();

    // "union *", "union kind=outer T, Security*". True of some others too (a multiplication after a union): that only costs time.
    [GeneratedRegex(@"\bunion\b.*\*", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex WildcardUnion();

    // Stars that parsers have after their union and that name no tables: all columns, and those in texts, such as patterns.
    [GeneratedRegex(
        @"\barg_(max|min)\s*\([^()]*\*\s*\)|@'[^']*'|@""[^""]*""|'[^'\\]*(\\.[^'\\]*)*'|""[^""\\]*(\\.[^""\\]*)*""",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex NoWildcard();
}
