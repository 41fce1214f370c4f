using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The elements of dynamic values as rows: what mv-expand and mv-apply share.</summary>
/// <param name="Schema">The columns of the expanded rows.</param>
/// <param name="Places">Where the expanded columns stand in them.</param>
/// <param name="Reads">What is read of a row for the places of the expanded rows that are asked for.</param>
/// <param name="Expand">The rows of one row.</param>
internal sealed record Expansion(Schema Schema, int[] Places, Func<Places, Places> Reads, Func<Value[], IEnumerable<Value[]>> Expand)
{
    private sealed record Part(Evaluator Evaluate, KqlType Type, int Place);

    /// <param name="context">Where it is.</param>
    /// <param name="node">The operator.</param>
    /// <param name="input">The columns before it.</param>
    /// <param name="pairs">Whether a property becomes [key, value] rather than a bag of its own.</param>
    public static Expansion Compile(Context context, SyntaxNode node, Schema input, bool pairs)
    {
        var columns = input.Columns.ToList();
        var names = new ColumnNames(columns.Select(column => column.Name));
        var parts = new List<Part>();
        var source = new Row(input);
        foreach (var item in node.Items("Expressions"))
        {
            var value = ScalarCompiler.Compile(context, item["Expression"]!, source);
            if (value.Type != KqlType.Dynamic)
            {
                throw context.UnknownForm(item, $"the expansion of a {value.Type.Name()}");
            }

            var type = item["ToTypeOf"] is { } clause ? TypeOf(context, clause["TypeOf"]!) : KqlType.Dynamic;
            var name = ColumnNames.Of(item["Expression"]!);
            var place = columns.FindIndex(column => column.Name == name);
            if (place < 0)
            {
                place = columns.Count;
                columns.Add(new(names.Add(name), type));
            }

            columns[place] = new(columns[place].Name, type);
            parts.Add(new(value.Evaluate, type, place));
        }

        var index = node.Word("with_itemindex", "") is { Length: > 0 } indexName ? columns.Count : -1;
        if (index >= 0)
        {
            columns.Add(new(names.Add(node.Word("with_itemindex", "")), KqlType.Long));
        }

        var limit = node["RowLimitClause"] is { } clauseOfLimit
            ? ScalarCompiler.CompileKnown(context, clauseOfLimit["RowLimit"]!, "the limit of rows").Bits
            : int.MaxValue;
        var schema = new Schema(columns, input.HasIngestionTime);
        int[] places = [.. parts.Select(part => part.Place)];
        var reads = source.Reads;
        return new(schema, places, needed => Evaluate.Places.Of(needed.Below(input.Columns.Length).Except(places)).With(reads), row => context.Budget.Count(Rows(row, input.Columns.Length, schema, [.. parts], index, limit, pairs)));
    }

    public static KqlType TypeOf(Context context, SyntaxNode node) => KqlTypes.Find(node.Symbol?.Name) ?? throw context.UnknownForm(node, "this typeof()");

    private static IEnumerable<Value[]> Rows(Value[] row, int width, Schema schema, Part[] parts, int index, long limit, bool pairs)
    {
        var elements = Array.ConvertAll(parts, part => Elements(part.Evaluate(row), pairs));
        var count = Math.Min(elements.Max(list => list.Length), limit);
        for (var i = 0; i < count; i++)
        {
            var expanded = new Value[schema.Width];
            row.AsSpan(0, width).CopyTo(expanded);
            for (var part = 0; part < parts.Length; part++)
            {
                var value = i < elements[part].Length ? Conversion.Cast(parts[part].Type, elements[part][i]) : Value.Null;
                expanded[parts[part].Place] = value.IsNull && parts[part].Type == KqlType.String ? Value.Empty : value;
            }

            if (index >= 0)
            {
                expanded[index] = Value.Of((long)i);
            }

            if (schema.HasIngestionTime)
            {
                expanded[^1] = row[^1];
            }

            yield return expanded;
        }
    }

    // Null is one row; an empty array or bag is none.
    private static ImmutableArray<Value> Elements(in Value value, bool pairs)
    {
        if (value.AsArray is { } array)
        {
            return array.Items;
        }

        return value.AsBag is { } bag
            ? [.. bag.Properties.Select(property => pairs
                ? Value.Of(new DynamicArray([Value.Of(property.Key), property.Value]))
                : Value.Of(DynamicBag.From([property])))]
            : [value];
    }
}
