
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>The functions that give several columns.</summary>
internal static class TupleFunctions
{
    public static IReadOnlyList<TupleFunction> All { get; } =
    [
        new("array_sort_asc(array, array ...[, nulls_last])", call => ArrayFunctions.SortTogether(call, 1)),
        new("array_sort_desc(array, array ...[, nulls_last])", call => ArrayFunctions.SortTogether(call, -1)),
        new("series_fit_line(series)", SeriesFitLine),
        new("series_stats(series)", SeriesStats),
    ];

    private static readonly Dictionary<string, TupleFunction> ByName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>The function of a call that gives several columns, or null: some do so only with several arguments.</summary>
    public static TupleFunction? Find(SyntaxNode call) =>
        call.CalledName() is { } name && ByName.GetValueOrDefault(name) is { } function && (call.ResultType == "tuple" || ScalarFunctions.Find(name) is null) ? function : null;

    private static IEnumerable<(string Name, Expression Value)> SeriesFitLine(Call call)
    {
        var series = call.Argument(0, KqlType.Dynamic);
        var prefix = $"series_fit_line_{ColumnNames.Of(call.Arguments[0])}_";
        return LinearFit.Names.Select(name => (
            prefix + name,
            Expression.Of(name == "line_fit" ? KqlType.Dynamic : KqlType.Real, row => LinearFit.Of(series.Evaluate(row))?.Find(name) ?? Value.Null, series)));
    }

    private static IEnumerable<(string Name, Expression Value)> SeriesStats(Call call)
    {
        if (call.Count > 1)
        {
            throw call.Refuse("ignore_nonfinite");
        }

        var series = call.Argument(0, KqlType.Dynamic);
        var prefix = $"series_stats_{ColumnNames.Of(call.Arguments[0])}_";
        return SeriesFunctions.Names.Select((name, i) => (
            prefix + name,
            Expression.Of(name.EndsWith("_idx", StringComparison.Ordinal) ? KqlType.Long : KqlType.Real, row => SeriesFunctions.Stats(series.Evaluate(row))?[i] ?? Value.Null, series)));
    }
}
