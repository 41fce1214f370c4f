using System.Globalization;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Times that a query states by constants: how long, and how long before the query runs.</summary>
internal static class TimeValue
{
    /// <summary>The length of a timespan, through let variables and arithmetic; null when it is not constant.</summary>
    public static TimeSpan? Length(SyntaxNode expression)
    {
        var node = expression.Unwrapped();
        if (node.ResultType == "timespan" && node.Value is { } value
            && TimeSpan.TryParseExact(value, ["c"], CultureInfo.InvariantCulture, out var constant))
        {
            return constant;
        }

        return node.Kind switch
        {
            "UnaryMinusExpression" => -Length(node["Expression"]!),
            "AddExpression" => Length(node["Left"]!) + Length(node["Right"]!),
            "SubtractExpression" => Length(node["Left"]!) - Length(node["Right"]!),
            "MultiplyExpression" => Product(node["Left"]!, node["Right"]!) ?? Product(node["Right"]!, node["Left"]!),
            "DivideExpression" when Number(node["Right"]!) is { } by and not 0 => Divided(Length(node["Left"]!), by),
            "NameReference" when Single(node) is { } source => Length(source),
            _ => null,
        };
    }

    /// <summary>How long before the run a datetime lies at least: a day for ago(1d), now() - 1d and startofday(ago(1d)). Null when that is
    /// not constant.</summary>
    public static TimeSpan? BeforeNow(SyntaxNode expression)
    {
        var node = expression.Unwrapped();
        var arguments = node.Kind == "FunctionCallExpression" ? node.Arguments() : [];
        return (node.CalledName(), arguments.Length) switch
        {
            ("ago", 1) => Length(arguments[0]),
            ("now", 0) => TimeSpan.Zero,
            ("now", 1) => -Length(arguments[0]),
            // These go further back by less than a day, week or month: at least is enough.
            ("startofday" or "startofweek" or "startofmonth" or "startofyear", 1) => BeforeNow(arguments[0]),
            ("bin" or "floor", 2) => BeforeNow(arguments[0]),
            ("datetime_add", 3) => BeforeNow(arguments[2]) - Unit(arguments[0].Value, Number(arguments[1])),
            _ => node.Kind switch
            {
                "SubtractExpression" => BeforeNow(node["Left"]!) + Length(node["Right"]!),
                "AddExpression" => BeforeNow(node["Left"]!) - Length(node["Right"]!),
                "NameReference" when Single(node) is { } source => BeforeNow(source),
                _ => null,
            },
        };
    }

    private static SyntaxNode? Single(SyntaxNode name) =>
        name.Symbol is { Kind: "Variable" } variable && variable.Sources.Take(2).ToList() is [var source] ? source : null;

    private static TimeSpan? Product(SyntaxNode length, SyntaxNode factor) =>
        Length(length) is { } time && Number(factor) is { } times ? Rounded(time.Ticks * times) : null;

    private static TimeSpan? Divided(TimeSpan? length, double by) => length is { } time ? Rounded(time.Ticks / by) : null;

    private static TimeSpan? Rounded(double ticks) =>
        Math.Abs(ticks) < TimeSpan.MaxValue.Ticks / 2 ? TimeSpan.FromTicks((long)Math.Round(ticks)) : null;

    private static TimeSpan? Unit(string? unit, double? count)
    {
        double? ticks = unit switch
        {
            "second" => TimeSpan.TicksPerSecond,
            "minute" => TimeSpan.TicksPerMinute,
            "hour" => TimeSpan.TicksPerHour,
            "day" => TimeSpan.TicksPerDay,
            "week" => 7 * TimeSpan.TicksPerDay,
            _ => null,
        };
        return ticks * count is { } all ? Rounded(all) : null;
    }

    private static double? Number(SyntaxNode expression)
    {
        var node = expression.Unwrapped();
        return node.Kind == "UnaryMinusExpression" ? -Number(node["Expression"]!)
            : node.ResultType is "long" or "int" or "real" && double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : null;
    }
}
