using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>What a comparison with constants says about the values of a column. Where letter case makes a difference, it is read so that it excludes less.</summary>
/// <param name="Node">The comparison.</param>
/// <param name="Subject">What is compared: the column, or for an expression its text, which means the same within one filter only.</param>
internal sealed record Condition(SyntaxNode Node, (SyntaxSymbol? Column, string Text, SyntaxNode? Scope) Subject)
{
    /// <summary>The only values that meet it; null when there are more than can be named.</summary>
    private ImmutableArray<string>? Values { get; init; }

    /// <summary>Values that do not meet it, of which it lets all others through; null for another kind of condition.</summary>
    private ImmutableArray<string>? Others { get; init; }

    private bool TellsCaseApart { get; init; }

    /// <summary>Whether a value may meet it, for a condition on a part of the text.</summary>
    private Func<string, bool>? Part { get; init; }

    private string? Prefix { get; init; }

    /// <summary>Numbers, or days before the query runs as negative numbers.</summary>
    private Interval? Range { get; init; }

    /// <summary>The reading of a comparison, or null where it is none with constants.</summary>
    public static Condition? Of(SyntaxNode node, SyntaxNode scope)
    {
        if (node.IsCall("isempty", "isnotempty") && node.Arguments() is [var argument] && argument.Unwrapped() is { ResultType: "string" } emptied)
        {
            var none = new Condition(node, SubjectOf(emptied, scope)) { TellsCaseApart = true };
            return node.IsCall("isempty") ? none with { Values = [""] } : none with { Others = [""] };
        }

        var operation = node.Kind == "BetweenExpression" ? "between" : node.OperatorText();
        if (operation is null || node["Left"]?.Unwrapped() is not { Value: null, ResultType: not (null or "table") } left || !left.SelfAndDescendants().Any(part => part.Symbol is { Kind: "Column" }))
        {
            return null;
        }

        var condition = new Condition(node, SubjectOf(left, scope)) { TellsCaseApart = operation is "==" or "!=" or "in" or "!in" };
        if (node.Kind == "BetweenExpression")
        {
            return node["Right"] is { } range && Interval.Between(Number(range["First"]), Number(range["Second"])) is { } between ? condition with { Range = between } : null;
        }

        return operation is ">" or ">=" or "<" or "<=" ? Ordered(condition, operation, node["Right"]!.Unwrapped()) : OfTexts(condition, operation, [.. node.Operands().Select(value => value.Unwrapped())]);
    }

    /// <summary>Whether no value meets both.</summary>
    public bool Excludes(Condition other) => Subject.Equals(other.Subject)
        && ((Values is { } values && values.All(value => !other.Meets(value, TellsCaseApart))) || (other.Values is { } theirs && theirs.All(value => !Meets(value, other.TellsCaseApart)))
            || (Range is { } range && other.Range is { } another && range.IsApartFrom(another))
            || (Prefix is { } prefix && other.Prefix is { } next && !StartsWith(prefix, next) && !StartsWith(next, prefix)));

    /// <summary>Whether every value meets one of both: each lets through what the other keeps out.</summary>
    public bool Completes(Condition other) => Subject.Equals(other.Subject)
        && ((Others is { } others && other.Others is { } theirs && !others.Intersect(theirs, StringComparer.OrdinalIgnoreCase).Any())
            || (Range is { } range && other.Range is { } another && range.Completes(another)));

    private bool Meets(string value, bool exactly)
    {
        if (Values is { } values)
        {
            return values.Contains(value, StringComparer.OrdinalIgnoreCase);
        }

        if (Others is { } others)
        {
            return TellsCaseApart ? !exactly || !others.Contains(value, StringComparer.Ordinal) : !others.Contains(value, StringComparer.OrdinalIgnoreCase);
        }

        return Part?.Invoke(value) ?? (Range is not { } range || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || range.Holds(number));
    }

    private static Condition? OfTexts(Condition condition, string operation, ImmutableArray<SyntaxNode> operands)
    {
        if (operands.IsEmpty || operands.Any(value => value.Value is null || value.ResultType is not ("string" or "long" or "int" or "real")))
        {
            return null;
        }

        var values = operands.Select(value => value.Value!).ToImmutableArray();
        var single = values.Length == 1 ? values[0] : null;
        return operation switch
        {
            "==" or "=~" or "in" or "in~" => condition with { Values = values },
            "!=" or "!~" or "!in" or "!in~" => condition with { Others = values },
            "startswith" or "startswith_cs" when single is not null => condition with { Part = value => StartsWith(value, single), Prefix = single },
            "endswith" or "endswith_cs" when single is not null => condition with { Part = value => value.EndsWith(single, StringComparison.OrdinalIgnoreCase) },
            "contains" or "contains_cs" or "has" or "has_cs" when single is not null => condition with { Part = value => Contains(value, single) },
            "!contains" when single is not null => condition with { Part = value => !Contains(value, single) },
            "has_any" => condition with { Part = value => values.Any(part => Contains(value, part)) },
            _ => null,
        };
    }

    private static Condition? Ordered(Condition condition, string operation, SyntaxNode bound)
    {
        // The start of a day may lie a day further back than is known.
        var doubt = TimeValue.BeforeNow(bound) is not null && !bound.IsCall("ago", "now") ? 1d : 0;
        return Number(bound) is not { } limit ? null : condition with
        {
            Range = operation is ">" or ">=" ? new(limit - doubt, operation == ">", double.PositiveInfinity, true) : new(double.NegativeInfinity, true, limit, operation == "<"),
        };
    }

    private static double? Number(SyntaxNode? bound)
    {
        var node = bound?.Unwrapped();
        return node is null ? null
            : node.ResultType is "long" or "int" or "real" && double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : -TimeValue.BeforeNow(node)?.TotalDays;
    }

    private static (SyntaxSymbol? Column, string Text, SyntaxNode? Scope) SubjectOf(SyntaxNode left, SyntaxNode scope) =>
        left.Symbol is { Kind: "Column" } column ? (column, "", null) : (null, left.Source, scope);

    private static bool StartsWith(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Interval(double From, bool IsOpenBelow, double To, bool IsOpenAbove)
    {
        /// <summary>From one bound to the other; null where one is not known, or they are the wrong way round, which is another mistake.</summary>
        public static Interval? Between(double? from, double? to) => from is { } low && to is { } high && low <= high ? new(low, false, high, false) : null;

        public bool Holds(double number) => (IsOpenBelow ? number > From : number >= From) && (IsOpenAbove ? number < To : number <= To);

        public bool IsApartFrom(Interval other) => IsBefore(this, other) || IsBefore(other, this);

        public bool Completes(Interval other) => Reaches(this, other) || Reaches(other, this);

        private static bool IsBefore(Interval one, Interval other) => one.To < other.From || (one.To.Equals(other.From) && (one.IsOpenAbove || other.IsOpenBelow));

        private static bool Reaches(Interval low, Interval high) => double.IsNegativeInfinity(low.From) && double.IsPositiveInfinity(high.To)
            && (high.From < low.To || (high.From.Equals(low.To) && !(high.IsOpenBelow && low.IsOpenAbove)));
    }
}
