
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>contains, has, startswith and their kin. Without _cs case is ignored.</summary>
internal static class StringOperators
{
    private const StringComparison Exact = StringComparison.Ordinal;
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    private static readonly Dictionary<string, Func<string, string, bool>> Tests = new(StringComparer.Ordinal)
    {
        ["=~"] = (text, part) => string.Equals(text, part, AnyCase),
        ["contains"] = (text, part) => text.Contains(part, AnyCase),
        ["contains_cs"] = (text, part) => text.Contains(part, Exact),
        ["startswith"] = (text, part) => text.StartsWith(part, AnyCase),
        ["startswith_cs"] = (text, part) => text.StartsWith(part, Exact),
        ["endswith"] = (text, part) => text.EndsWith(part, AnyCase),
        ["endswith_cs"] = (text, part) => text.EndsWith(part, Exact),
        ["has"] = (text, part) => Terms.Has(text, part, AnyCase),
        ["has_cs"] = (text, part) => Terms.Has(text, part, Exact),
        ["hasprefix"] = (text, part) => Terms.HasPrefix(text, part, AnyCase),
        ["hasprefix_cs"] = (text, part) => Terms.HasPrefix(text, part, Exact),
        ["hassuffix"] = (text, part) => Terms.HasSuffix(text, part, AnyCase),
        ["hassuffix_cs"] = (text, part) => Terms.HasSuffix(text, part, Exact),
    };

    /// <summary>All of them, with those that deny.</summary>
    public static IEnumerable<string> Symbols => Tests.Keys.SelectMany(symbol => new[] { symbol, symbol == "=~" ? "!~" : "!" + symbol });

    public static Func<string, string, bool>? Find(string symbol)
    {
        var positive = symbol == "!~" ? "=~" : symbol.TrimStart('!');
        return Tests.GetValueOrDefault(positive) is not { } test ? null : positive == symbol ? test : (text, part) => !test(text, part);
    }

    public static Expression Compile(Func<string, string, bool> test, Expression left, Expression right)
    {
        var (first, second) = (left.As(KqlType.String).Evaluate, right.As(KqlType.String).Evaluate);
        if (!right.IsKnown)
        {
            return Expression.Of(KqlType.Bool, row => Value.Of(test(first(row).Text, second(row).Text)), left, right);
        }

        var part = second([]).Text;
        return Expression.Of(KqlType.Bool, row => Value.Of(test(first(row).Text, part)), left);
    }

    public static Expression CompileRegex(Context context, SyntaxNode node, Expression left, Expression right)
    {
        var first = left.As(KqlType.String).Evaluate;
        var pattern = Patterns.Compile(context, node, right);
        return Expression.Of(KqlType.Bool, row => Value.Of(pattern().IsMatch(first(row).Text)), left, right with { IsKnown = false });
    }
}
