using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The tables and watchlists of the workspace as relations.</summary>
internal static class WorkspaceTables
{
    // Each query of a table reads the same rows: they are put into this form once.
    private static readonly ConditionalWeakTable<EvaluationTable, Value[][]> Stored = [];

    public static Relation Find(Context context, SyntaxNode node, string name) =>
        context.Workspace.Tables.FirstOrDefault(table => table.Name == name) is { } found
            ? Read(context, found)
            : throw Refusals.UnknownTable(context.Source, node, name);

    public static Relation Watchlist(Context context, SyntaxNode call)
    {
        var alias = ScalarCompiler.CompileKnown(context, call.Arguments()[0], "the alias of a watchlist").Text;
        return context.Workspace.Watchlists.FirstOrDefault(watchlist => watchlist.Name == alias) is { } found
            ? Read(context, found)
            : throw Refusals.UnknownTable(context.Source, call, alias);
    }

    /// <summary>The rows that the workspace has for the addresses of externaldata, in the columns that the query declares: by their names, as the conversions make
    /// them, and null where a file has no such column.</summary>
    public static Relation External(Context context, SyntaxNode node)
    {
        var schema = DataTable.SchemaOf(context, node["Schema"]!);
        var files = node.Items("URIs").Select(address => ScalarCompiler.CompileKnown(context, address, "an address of externaldata").Text)
            .Select(address => (context.Workspace.External.IsDefault ? [] : context.Workspace.External).FirstOrDefault(file => file.Name == address) ?? throw Refusals.UnknownTable(context.Source, node, address))
            .Select(file => (Rows: Read(context, file), Places: schema.Columns.Select(column => Schema.Of(file.Columns).Find(column.Name)).ToArray()))
            .ToArray();
        var nothing = Joins.Nothing(schema);
        return new(schema, () => files.SelectMany(file => file.Rows.Rows().Select(row => file.Places.Select((place, i) =>
            place >= 0 && Conversion.To(schema.Columns[i].Type, row[place]) is { IsNull: false } value ? value : nothing[i]).ToArray())));
    }

    /// <summary>A table with some of its rows; what is stored of them is shared.</summary>
    public static EvaluationTable Part(EvaluationTable table, ImmutableArray<int> places)
    {
        var stored = Stored.GetValue(table, Store);
        var part = table with
        {
            Rows = [.. places.Select(place => table.Rows[place])],
            IngestionTimes = table.IngestionTimes.IsDefaultOrEmpty ? table.IngestionTimes : [.. places.Select(place => table.IngestionTimes[place])],
        };
        Stored.Add(part, [.. places.Select(place => stored[place])]);
        return part;
    }

    /// <summary>What a function returned; nobody ingested its rows.</summary>
    public static Relation Result(Context context, EvaluationTable table) =>
        new(new(Schema.Of(table.Columns).Columns), () => context.Budget.Count(Stored.GetValue(table, Store))) { SourceName = table.Name };

    private static Relation Read(Context context, EvaluationTable table) =>
        new(new(Schema.Of(table.Columns).Columns, hasIngestionTime: true), () => context.Budget.Count(Stored.GetValue(table, Store))) { SourceName = table.Name };

    private static Value[][] Store(EvaluationTable table)
    {
        var isText = table.Columns.Select(column => KqlTypes.Find(column.Type) == KqlType.String).ToArray();
        var rows = new Value[table.Rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = new Value[isText.Length + 1];
            for (var place = 0; place < isText.Length; place++)
            {
                row[place] = table.Rows[i][place] is { IsNull: true } && isText[place] ? Value.Empty : table.Rows[i][place];
            }

            row[^1] = table.IngestionTimes.IsDefaultOrEmpty ? Value.Null : Value.Of(table.IngestionTimes[i]);
            rows[i] = row;
        }

        return rows;
    }
}
