using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>Operators that make one row of one row: extend, project and its kin, serialize.</summary>
internal static class Projections
{
    /// <summary>What is computed and moved for the places that are asked for, and what that reads.</summary>
    private sealed record Plan((Evaluator Evaluate, int To)[] Computed, (int From, int To)[] Moves, Places Reads);

    public static Relation Project(Context context, SyntaxNode node, Relation input)
    {
        var windows = new WindowCalls(input);
        var items = ColumnItems.Compile(context, node.Items("Expressions"), windows.Row);
        var names = new ColumnNames();
        var schema = new Schema(items.Select(item => new SchemaColumn(names.Add(item.Name), item.Value.Type)), input.Schema.HasIngestionTime);
        return Computed(windows, schema, items, [.. Enumerable.Range(0, items.Length)], [], input.Schema.Width - 1);
    }

    public static Relation Extend(Context context, SyntaxNode node, Relation input)
    {
        var windows = new WindowCalls(input);
        var items = ColumnItems.Compile(context, node.Items("Expressions"), windows.Row);
        return Extended(windows, items);
    }

    /// <summary>Rows with more columns; one whose name is there already takes its place.</summary>
    public static Relation Extended(WindowCalls windows, ImmutableArray<ColumnItem> items)
    {
        var columns = windows.Input.Schema.Columns.ToList();
        var names = new ColumnNames(columns.Select(column => column.Name));
        var places = new int[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var place = items[i].Name is { } name ? columns.FindIndex(column => column.Name == name) : -1;
            places[i] = place < 0 ? columns.Count : place;
            if (place < 0)
            {
                columns.Add(new(names.Add(items[i].Name), items[i].Value.Type));
            }
            else
            {
                columns[place] = new(columns[place].Name, items[i].Value.Type);
            }
        }

        var kept = Enumerable.Range(0, windows.Input.Schema.Columns.Length).Except(places).Select(place => (place, place)).ToArray();
        return Computed(windows, new(columns, windows.Input.Schema.HasIngestionTime), items, places, kept, windows.Input.Schema.Width - 1);
    }

    /// <summary>The same values at other places, perhaps under other names.</summary>
    public static Relation Selected(Relation input, IEnumerable<(int Place, string Name)> columns)
    {
        var chosen = columns.ToArray();
        var schema = new Schema(chosen.Select(column => new SchemaColumn(column.Name, input.Schema.Columns[column.Place].Type)), input.Schema.HasIngestionTime);
        var moves = chosen.Select((column, i) => (column.Place, i)).ToArray();
        return Computed(new(input), schema, [], [], moves, input.Schema.Width - 1);
    }

    public static Relation Away(Context context, SyntaxNode node, Relation input)
    {
        var gone = node.Items("Expressions").SelectMany(item => ColumnItems.Matching(context, item, input.Schema)).ToHashSet();
        return Selected(input, All(input).Where(column => !gone.Contains(column.Place)));
    }

    public static Relation Keep(Context context, SyntaxNode node, Relation input)
    {
        var kept = node.Items("Expressions").SelectMany(item => ColumnItems.Matching(context, item, input.Schema)).ToHashSet();
        return Selected(input, All(input).Where(column => kept.Contains(column.Place)));
    }

    public static Relation Rename(Context context, SyntaxNode node, Relation input)
    {
        var names = All(input).Select(column => column.Name).ToArray();
        foreach (var item in node.Items("Expressions"))
        {
            if (item.Kind != "SimpleNamedExpression")
            {
                throw context.UnknownForm(item, "project-rename without a new name");
            }

            names[ColumnItems.Matching(context, item["Expression"]!, input.Schema).Single()] = item["Name"]!.Name();
        }

        return Selected(input, names.Select((name, i) => (i, name)));
    }

    public static Relation Reorder(Context context, SyntaxNode node, Relation input)
    {
        var order = new List<int>();
        foreach (var item in node.Items("Expressions"))
        {
            var found = ColumnItems.Matching(context, item, input.Schema).Where(place => !order.Contains(place));
            var direction = item["Ordering"]?.Children.FirstOrDefault()?.Text;
            order.AddRange(direction switch
            {
                null => found,
                "asc" => found.OrderBy(place => input.Schema.Columns[place].Name, StringComparer.OrdinalIgnoreCase),
                "desc" => found.OrderByDescending(place => input.Schema.Columns[place].Name, StringComparer.OrdinalIgnoreCase),
                _ => throw context.UnknownForm(item, $"project-reorder {direction}"),
            });
        }

        return Selected(input, order.Concat(Enumerable.Range(0, input.Schema.Columns.Length).Except(order)).Select(place => (place, input.Schema.Columns[place].Name)));
    }

    public static Relation Serialize(Context context, SyntaxNode node, Relation input) =>
        Extend(context, node, input with { IsSerialized = true });

    private static IEnumerable<(int Place, string Name)> All(Relation input) => input.Schema.Columns.Select((column, i) => (i, column.Name));

    private static Relation Computed(WindowCalls windows, Schema schema, ImmutableArray<ColumnItem> items, int[] places, (int From, int To)[] moves, int ingestionTime)
    {
        var plans = new Asked<Plan>(Planned);
        return windows.Input with { Schema = schema, Read = Rows };

        Plan Planned(Places needed)
        {
            (ColumnItem Item, int To)[] computed = [.. items.Zip(places).Where(item => needed.Contains(item.Second))];
            var moved = Array.FindAll(moves, move => needed.Contains(move.To));
            return new(
                [.. computed.Select(entry => (entry.Item.Value.Evaluate, entry.To))],
                moved,
                computed.Aggregate(Places.Of(moved.Select(move => move.From)), (reads, entry) => reads.With(entry.Item.Reads)));
        }

        IEnumerable<Value[]> Rows(Places needed)
        {
            var plan = plans.For(needed);
            foreach (var row in windows.Read(plan.Reads))
            {
                var result = new Value[schema.Width];
                foreach (var (from, to) in plan.Moves)
                {
                    result[to] = row[from];
                }

                foreach (var (evaluate, to) in plan.Computed)
                {
                    result[to] = evaluate(row);
                }

                if (schema.HasIngestionTime)
                {
                    result[^1] = row[ingestionTime];
                }

                yield return result;
            }
        }
    }
}
