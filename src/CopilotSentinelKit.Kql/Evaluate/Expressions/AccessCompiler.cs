
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>Parts of dynamic values: d.key, d["key"], d[0], d[-1]. What is not there is null.</summary>
internal static class AccessCompiler
{
    public static Expression Compile(Context context, SyntaxNode node, Row row)
    {
        var inside = node["Expression"]!;
        if (inside.Kind == "NameReference" && row.Steps.TryGetValue(inside.Name(), out var start))
        {
            var column = row.Schema.Find(node["Selector"]!.Name());
            return column >= 0 ? Expression.Column(row.Schema.Columns[column].Type, start + column) : throw context.UnknownForm(node, "a column that is not there");
        }

        if (TupleFunctions.Find(inside) is { } function && node["Selector"]?["Expression"] is { } number)
        {
            var place = ScalarCompiler.CompileKnown(context, number, "the number of a result").Bits;
            return function.Compile(new(context, inside, function.Name, row, inside.Arguments())).ElementAtOrDefault((int)place).Value
                ?? throw context.UnknownForm(node, "a result that is not there");
        }

        var target = ScalarCompiler.Compile(context, inside, row);
        if (target.Type != KqlType.Dynamic)
        {
            throw context.UnknownForm(node, $"parts of a {target.Type.Name()}");
        }

        var evaluate = target.Evaluate;
        var selector = node["Selector"]!;
        if (selector.Kind != "BracketedExpression")
        {
            var name = selector.Name();
            return Expression.Of(KqlType.Dynamic, values => Key(evaluate(values), name), target);
        }

        var key = ScalarCompiler.Compile(context, selector["Expression"]!, row);
        var part = key.Evaluate;
        if (key is { IsKnown: true, Type: KqlType.String })
        {
            var name = key.Value.Text;
            return Expression.Of(KqlType.Dynamic, values => Key(evaluate(values), name), target);
        }

        return key.Type switch
        {
            KqlType.String => Expression.Of(KqlType.Dynamic, values => Key(evaluate(values), part(values).Text), target, key),
            KqlType.Int or KqlType.Long or KqlType.Bool => Expression.Of(KqlType.Dynamic, values => Index(evaluate(values), part(values)), target, key),
            KqlType.Dynamic => Expression.Of(KqlType.Dynamic, values => Part(evaluate(values), part(values)), target, key),
            _ => throw context.UnknownForm(node, $"a {key.Type.Name()} as the part of a dynamic value"),
        };
    }

    private static Value Key(in Value target, string key) => target.AsBag is { } bag ? bag.Find(key) : Value.Null;

    private static Value Index(in Value target, in Value index)
    {
        if (target.AsArray is not { } array || index.IsNull)
        {
            return Value.Null;
        }

        var place = index.Bits < 0 ? index.Bits + array.Items.Length : index.Bits;
        return place >= 0 && place < array.Items.Length ? array.Items[(int)place] : Value.Null;
    }

    private static Value Part(in Value target, in Value part) => part.Kind switch
    {
        ValueKind.String => Key(target, part.Text),
        ValueKind.Int or ValueKind.Long or ValueKind.Bool => Index(target, part),
        _ => Value.Null,
    };
}
