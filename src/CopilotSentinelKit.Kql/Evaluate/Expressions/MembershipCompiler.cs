using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>in, in~, has_any, has_all and what denies them: the right side is values, dynamic arrays, or the first column of a query.</summary>
internal static class MembershipCompiler
{
    public static Expression Compile(Context context, SyntaxNode node, string symbol, Row row)
    {
        var left = ScalarCompiler.Compile(context, node["Left"]!, row);
        var sources = node["Right"]!.Items("Expressions").Select(item => CompileSource(context, item, row, left.Type)).ToArray();
        var positive = symbol.TrimStart('!');
        var test = positive is "in" or "in~" ? CompileIn(context, node, left, sources, positive == "in~") : CompileHas(left, sources, positive == "has_all");
        return positive == symbol ? test : BinaryCompiler.Not(test);
    }

    private static Expression CompileSource(Context context, SyntaxNode node, Row row, KqlType type)
    {
        if (!TableCompiler.IsTable(context, node))
        {
            var value = ScalarCompiler.Compile(context, node, row);
            return value;
        }

        var relation = TableCompiler.Compile(context.Inner(), node.Inside());
        if (relation.Schema.Columns is [{ Type: not KqlType.Dynamic and var found }, ..] && type != KqlType.Dynamic && !IsComparable(type, found))
        {
            throw context.UnknownForm(node, $"a column of {found.Name()} as the members of {type.Name()}");
        }

        return Expression.Once(KqlType.Dynamic, () => Value.Of(new DynamicArray([.. relation.Read(Places.Of(0)).Select(found => found[0])])));
    }

    private static Expression CompileIn(Context context, SyntaxNode node, Expression left, Expression[] sources, bool ignoreCase)
    {
        if (sources.FirstOrDefault(source => source.Type != KqlType.Dynamic && left.Type != KqlType.Dynamic && !IsComparable(left.Type, source.Type)) is { } other)
        {
            // Values of other types are members when == says that they are equal.
            return ignoreCase
                ? throw context.UnknownForm(node, $"in~ between {left.Type.Name()} and {other.Type.Name()}")
                : sources.Select(source => ComparisonCompiler.Compile(context, node, "==", left, source)).Aggregate(BinaryCompiler.Or);
        }

        var keyOf = KeyOf(left.Type, ignoreCase);
        var evaluate = left.Evaluate;
        if (Array.TrueForAll(sources, source => source.IsConstant))
        {
            // Once for all rows; and only when the first row asks, since a query may stand on the right.
            var set = new Lazy<HashSet<Value>>(() => [.. sources.SelectMany(source => Elements(source.Value)).Where(value => !value.IsNull).Select(keyOf)], LazyThreadSafetyMode.None);
            return Expression.Of(KqlType.Bool, row => keyOf(evaluate(row)) is { IsNull: false } key ? Value.Of(set.Value.Contains(key)) : Value.Null, [left, .. sources]);
        }

        return Expression.Of(
            KqlType.Bool,
            row =>
            {
                var key = keyOf(evaluate(row));
                return key.IsNull ? Value.Null : Value.Of(Array.Exists(sources, source => Elements(source.Evaluate(row)).Any(value => keyOf(value) == key)));
            },
            [left, .. sources]);
    }

    private static bool IsComparable(KqlType left, KqlType right) => left == right || (left.IsNumber() && right.IsNumber());

    private static Expression CompileHas(Expression left, Expression[] sources, bool all)
    {
        var evaluate = left.As(KqlType.String).Evaluate;
        var isConstant = Array.TrueForAll(sources, source => source.IsConstant);
        var terms = new Lazy<string[]>(() => TermsOf(sources, []), LazyThreadSafetyMode.None);
        return Expression.Of(
            KqlType.Bool,
            row =>
            {
                var text = evaluate(row).Text;
                var wanted = isConstant ? terms.Value : TermsOf(sources, row);
                return Value.Of(all
                    ? Array.TrueForAll(wanted, term => Terms.Has(text, term, StringComparison.OrdinalIgnoreCase))
                    : Array.Exists(wanted, term => Terms.Has(text, term, StringComparison.OrdinalIgnoreCase)));
            },
            [left, .. sources]);
    }

    private static string[] TermsOf(Expression[] sources, Value[] row) =>
        [.. sources.SelectMany(source => Elements(source.Evaluate(row))).Select(value => ValueText.Of(value))];

    private static ImmutableArray<Value> Elements(Value value) => value.AsArray is { } array ? array.Items : [value];

    /// <summary>What makes two values the same member: a text without its case, a number whatever its width.</summary>
    private static Func<Value, Value> KeyOf(KqlType type, bool ignoreCase) => type switch
    {
        KqlType.String when ignoreCase => value => Value.Of(ValueText.Of(value).ToUpperInvariant()),
        KqlType.String => value => Conversion.To(KqlType.String, value),
        KqlType.Dynamic when ignoreCase => value => value.Kind == ValueKind.String ? Value.Of(value.Text.ToUpperInvariant()) : Number(value),
        KqlType.Int or KqlType.Long or KqlType.Real or KqlType.Decimal or KqlType.Dynamic => value => Number(value),
        _ => value => Conversion.Cast(type, value),
    };

    private static Value Number(in Value value) => value.Kind switch
    {
        ValueKind.Int => Value.Of(value.Bits),
        ValueKind.Real when value.Number == Math.Floor(value.Number) && Math.Abs(value.Number) < 1e18 => Value.Of((long)value.Number),
        ValueKind.Decimal when value.AsDecimal == Math.Floor(value.AsDecimal) && Math.Abs(value.AsDecimal) < 1e18m => Value.Of((long)value.AsDecimal),
        ValueKind.Decimal => Value.Of((double)value.AsDecimal),
        _ => value,
    };
}
