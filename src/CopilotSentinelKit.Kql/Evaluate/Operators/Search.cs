using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Matching;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>search, and where with a star for all columns.</summary>
internal static class Search
{
    private const string SourceColumn = "$table";

    public static Relation Compile(Context context, SyntaxNode node, Relation? input)
    {
        var isExact = node.Word("kind", "default") switch
        {
            "default" or "case_insensitive" => false,
            "case_sensitive" => true,
            var kind => throw context.UnknownForm(node, $"search kind={kind}"),
        };
        var tables = node["InClause"]?.Items("Expressions").ToArray() ?? [];
        var searched = input is null && tables.Length == 0
            ? throw context.UnknownForm(node, "search over all tables of the workspace: name them with in ()")
            : Union.Of(context, tables, input, isFuzzy: false, SourceColumn, "search_arg");
        var row = new Row(searched.Schema);
        var condition = Condition(context, node["Condition"]!, row, isExact).Evaluate;
        var plans = new Asked<Places>(needed => needed.With(row.Reads));
        return searched with { Read = needed => searched.Read(plans.For(needed)).Where(row => condition(row).IsTrue) };
    }

    /// <summary>Whether a string operator is true of one of all columns.</summary>
    public static Expression Anywhere(Context context, SyntaxNode node, string symbol, Row row)
    {
        var test = symbol.StartsWith('!') ? null : StringOperators.Find(symbol);
        var part = ScalarCompiler.Compile(context, node["Right"]!, row);
        return Any(row, column => StringOperators.Compile(test ?? throw context.UnknownForm(node, $"\"{symbol}\" of all columns"), column, part));
    }

    private static Expression Condition(Context context, SyntaxNode node, Row row, bool isExact)
    {
        switch (node.Kind)
        {
            case "ParenthesizedExpression":
                return Condition(context, node["Expression"]!, row, isExact);
            case "AndExpression":
                return BinaryCompiler.And(Condition(context, node["Left"]!, row, isExact), Condition(context, node["Right"]!, row, isExact));
            case "OrExpression":
                return BinaryCompiler.Or(Condition(context, node["Left"]!, row, isExact), Condition(context, node["Right"]!, row, isExact));
            case "StarExpression":
                return Expression.Constant(KqlType.Bool, Value.Of(true));
            case "StringLiteralExpression" or "CompoundStringLiteralExpression":
                var term = Term(context, node, isExact);
                return Any(row, column => Expression.Of(KqlType.Bool, values => Value.Of(term(column.Evaluate(values).Text)), column));
            case "SearchExpression":
                var inside = Term(context, node["Right"]!, isExact);
                var text = ScalarCompiler.Compile(context, node["Left"]!, row).As(KqlType.String);
                return Expression.Of(KqlType.Bool, values => Value.Of(inside(text.Evaluate(values).Text)), text);
        }

        return isExact && node["Operator"]?.Text is { } symbol && StringOperators.Find(symbol) is not null
            ? throw context.UnknownForm(node, $"\"{symbol}\" in search kind=case_sensitive")
            : ScalarCompiler.Compile(context, node, row).As(KqlType.Bool);
    }

    /// <summary>Whether a term is in a text: stars at its ends leave its borders open, one inside stands for anything.</summary>
    private static Func<string, bool> Term(Context context, SyntaxNode node, bool isExact)
    {
        // Kusto.Language gives a term the type of the condition that it stands for.
        var term = node.Kind.EndsWith("LiteralExpression", StringComparison.Ordinal) ? LiteralCompiler.Compile(context, node).Value.Text : ScalarCompiler.CompileKnown(context, node, "a term of search").Text;
        var comparison = isExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var (isOpenBefore, isOpenAfter) = (term.StartsWith('*'), term.Length > 1 && term.EndsWith('*'));
        var part = term[(isOpenBefore ? 1 : 0)..^(isOpenAfter ? 1 : 0)];
        if (part.Contains('*', StringComparison.Ordinal))
        {
            var pattern = string.Join(".*", part.Split('*').Select(Pattern.Quote));
            var regex = Patterns.Read(context, node, $"(?{(isExact ? "" : "i")}s:{(isOpenBefore ? "" : @"\b")}{pattern}{(isOpenAfter ? "" : @"\b")})");
            return regex.IsMatch;
        }

        return (isOpenBefore, isOpenAfter) switch
        {
            (true, true) => text => text.Contains(part, comparison),
            (true, false) => text => Terms.HasSuffix(text, part, comparison),
            (false, true) => text => Terms.HasPrefix(text, part, comparison),
            _ => text => Terms.Has(text, part, comparison),
        };
    }

    private static Expression Any(Row row, Func<Expression, Expression> test) => Enumerable.Range(0, row.Schema.Columns.Length)
        .Where(place => row.Schema.Columns[place].Name != SourceColumn)
        .Select(place => test(row.Column(place).As(KqlType.String)))
        .Aggregate(Expression.Constant(KqlType.Bool, Value.Of(false)), BinaryCompiler.Or);
}
