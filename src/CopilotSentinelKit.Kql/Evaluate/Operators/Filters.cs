
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>where, distinct, count, getschema, sample-distinct, as.</summary>
internal static class Filters
{
    public static Relation Where(Context context, SyntaxNode node, Relation input)
    {
        var windows = new WindowCalls(input);
        var condition = ScalarCompiler.Compile(context, node["Condition"]!, windows.Row).As(KqlType.Bool).Evaluate;
        var width = input.Schema.Width;
        var reads = windows.Row.Reads;
        var plans = new Asked<Places>(needed => needed.With(reads));
        return input with { Read = Rows };

        IEnumerable<Value[]> Rows(Places needed)
        {
            foreach (var row in windows.Read(plans.For(needed)))
            {
                if (condition(row).IsTrue)
                {
                    yield return row.Length == width ? row : row[..width];
                }
            }
        }
    }

    public static Relation Distinct(Context context, SyntaxNode node, Relation input)
    {
        var source = new Row(input.Schema);
        var items = ColumnItems.Compile(context, node.Items("Expressions"), source);
        var names = new ColumnNames();
        var schema = new Schema(items.Select(item => new SchemaColumn(names.Add(item.Name), item.Value.Type)));
        var evaluators = items.Select(item => item.Value.Evaluate).ToArray();
        var reads = source.Reads;
        return new(schema, () => input.Read(reads).Select(row => Array.ConvertAll(evaluators, evaluate => evaluate(row))).Distinct(RowComparer.Instance));
    }

    public static Relation Count(Context context, SyntaxNode node, Relation input) => node["AsIdentifier"] is null
        ? new(new([new("Count", KqlType.Long)]), () => [[Value.Of(input.Read(Places.None).LongCount())]])
        : throw context.UnknownForm(node, "count as");

    public static Relation GetSchema(Context context, SyntaxNode node, Relation input)
    {
        var schema = new Schema([new("ColumnName", KqlType.String), new("ColumnOrdinal", KqlType.Long), new("DataType", KqlType.String), new("ColumnType", KqlType.String)]);
        Value[][] rows =
        [
            .. input.Schema.Columns.Select((column, i) => new[] { Value.Of(column.Name), Value.Of((long)i), Value.Of(column.Type.ClrName()), Value.Of(column.Type.Name()) }),
        ];
        return new(schema, () => rows, isSerialized: true);
    }

    public static Relation SampleDistinct(Context context, SyntaxNode node, Relation input)
    {
        var count = ScalarCompiler.CompileConstant(context, node["Expression"]!, "the number of values").As(KqlType.Long);
        var of = node["OfExpression"]!;
        var source = new Row(input.Schema);
        var value = ScalarCompiler.Compile(context, of, source);
        var schema = new Schema([new(new ColumnNames().Add(ColumnNames.Of(of)), value.Type)]);
        var reads = source.Reads;
        return new(schema, () => input.Read(reads).Select(row => new[] { value.Evaluate(row) }).Distinct(RowComparer.Instance).Take((int)count.Value.Bits));
    }

    public static Relation As(Context context, SyntaxNode node, Relation input)
    {
        var kept = input.Kept(context) with { SourceName = node["Name"]!.Name() };
        context.Scope.Declare(node["Name"]!.Name(), new(Table: kept));
        return kept;
    }

    /// <summary>What only tells how to show or compute the rows.</summary>
    public static Relation Same(Context context, SyntaxNode node, Relation input) => input;
}
