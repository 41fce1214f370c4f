using CopilotSentinelKit.Evaluate.Expressions;
using CopilotSentinelKit.Evaluate.Operators;
using CopilotSentinelKit.Evaluate.Values;

namespace CopilotSentinelKit.Evaluate.Functions;

/// <summary>The functions that give several columns.</summary>
internal static class TupleFunctions
{
    public static IReadOnlyList<TupleFunction> All { get; } = [new("series_stats(series)", SeriesStats)];

    private static readonly Dictionary<string, TupleFunction> ByName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    public static TupleFunction? Find(string name) => ByName.GetValueOrDefault(name);

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
