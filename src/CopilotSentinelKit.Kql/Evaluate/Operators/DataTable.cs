
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>Rows in the query itself: datatable, print and range.</summary>
internal static class DataTable
{
    public static Relation Compile(Context context, SyntaxNode node)
    {
        var schema = SchemaOf(context, node["Schema"]!);
        Value[] values = [.. node.Items("Values").Select((item, i) =>
            Typed(context, ScalarCompiler.Compile(context, item, Row.None), schema.Columns[i % schema.Columns.Length].Type, item))];
        Value[][] rows = [.. values.Chunk(schema.Columns.Length)];
        return new(schema, () => rows);
    }

    public static Schema SchemaOf(Context context, SyntaxNode schema) => new(schema.Items("Columns").Select(column => ColumnOf(context, column)));

    /// <summary>A column that is declared with its type.</summary>
    public static SchemaColumn ColumnOf(Context context, SyntaxNode declaration) => new(
        declaration["Name"]!.Name(),
        KqlTypes.Find(declaration["Type"]!["Type"]?.Text) ?? throw context.UnknownForm(declaration, "this type of a column"));

    public static Relation Print(Context context, SyntaxNode node, Relation? input)
    {
        var expressions = node.Items("Expressions").ToList();
        var names = new ColumnNames();
        var items = ColumnItems.Compile(context, expressions, Row.None);
        var named = items.Select((item, i) => (Name: item.Name is null || IsUnnamed(expressions, i, items.Length) ? $"print_{i}" : item.Name, item.Value)).ToArray();
        var schema = new Schema(named.Select(item => new SchemaColumn(names.Add(item.Name), item.Value.Type)));
        return new(schema, () => [[.. named.Select(item => item.Value.Value)]]);
    }

    public static Relation Range(Context context, SyntaxNode node, Relation? input)
    {
        var from = ScalarCompiler.CompileConstant(context, node["From"]!, "the start of range");
        var to = ScalarCompiler.CompileConstant(context, node["To"]!, "the end of range");
        var step = ScalarCompiler.CompileConstant(context, node["Step"]!, "the step of range");
        var type = from.Type.IsNumber() && step.Type.IsNumber() ? ArithmeticCompiler.Wider(ArithmeticCompiler.Wider(from.Type, to.Type), step.Type) : from.Type;
        if (from.Type == KqlType.Int && to.Type == KqlType.Int && step.Type == KqlType.Int)
        {
            type = KqlType.Int;
        }

        if (type is not (KqlType.Int or KqlType.Long or KqlType.Real or KqlType.DateTime or KqlType.Timespan))
        {
            throw context.UnknownForm(node, $"a range of {type.Name()}");
        }

        var schema = new Schema([new(node["Name"]!.Name(), type)]);
        return new(schema, () => Ranges.Values(type, from.As(type).Value, to.As(type).Value, step.Value).Select(value => new[] { value }), isSerialized: true);
    }

    // Print names what is not named explicitly by its place, whatever name it would have elsewhere.
    private static bool IsUnnamed(List<SyntaxNode> expressions, int index, int count) =>
        count == expressions.Count && expressions[index].Kind is not ("SimpleNamedExpression" or "CompoundNamedExpression");

    private static Value Typed(Context context, Expression value, KqlType type, SyntaxNode node)
    {
        if (!value.IsKnown)
        {
            throw context.NotConstant(node, "a value of datatable");
        }

        var typed = value.Type == type ? value.Value : value.Type == KqlType.Dynamic ? Conversion.Cast(type, value.Value) : Conversion.To(type, value.Value);
        return typed.IsNull && type == KqlType.String ? Value.Empty : typed is { Kind: ValueKind.Real, Number: 0 } ? Value.Of(0d) : typed;
    }
}
