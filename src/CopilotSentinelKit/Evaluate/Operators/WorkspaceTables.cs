using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CopilotSentinelKit.Evaluate.Expressions;
using CopilotSentinelKit.Evaluate.Values;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Evaluate.Operators;

/// <summary>The tables and watchlists of the workspace as relations.</summary>
internal static class WorkspaceTables
{
    public static Relation Find(Context context, SyntaxNode node, string name) =>
        context.Workspace.Tables.FirstOrDefault(table => table.Name == name) is { } found
            ? Read(found)
            : throw Refusals.UnknownTable(context.Source, node, name);

    public static Relation Watchlist(Context context, SyntaxNode call)
    {
        var alias = ScalarCompiler.CompileKnown(context, call.Arguments()[0], "the alias of a watchlist").Text;
        return context.Workspace.Watchlists.FirstOrDefault(watchlist => watchlist.Name == alias) is { } found
            ? Read(found)
            : throw Refusals.UnknownTable(context.Source, call, alias);
    }

    private static Relation Read(EvaluationTable table)
    {
        var hasTimes = !table.IngestionTimes.IsDefaultOrEmpty;
        var schema = new Schema(Schema.Of(table.Columns).Columns, hasTimes);
        var rows = new Lazy<List<Value[]>>(() => [.. table.Rows.Select((row, i) => RowOf(row, hasTimes ? table.IngestionTimes[i] : null))], LazyThreadSafetyMode.None);
        return new(schema, () => rows.Value) { SourceName = table.Name };

        Value[] RowOf(ImmutableArray<Value> values, DateTime? time)
        {
            if (time is null && !schema.Columns.Where((column, i) => column.Type == KqlType.String && values[i].IsNull).Any())
            {
                return ImmutableCollectionsMarshal.AsArray(values)!;
            }

            var row = new Value[schema.Width];
            for (var i = 0; i < schema.Columns.Length; i++)
            {
                row[i] = values[i].IsNull && schema.Columns[i].Type == KqlType.String ? Value.Empty : values[i];
            }

            if (time is { } known)
            {
                row[^1] = Value.Of(known);
            }

            return row;
        }
    }
}
