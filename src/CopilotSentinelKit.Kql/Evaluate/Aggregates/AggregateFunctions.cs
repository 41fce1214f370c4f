namespace CopilotSentinelKit.Kql.Evaluate.Aggregates;

/// <summary>All aggregate functions.</summary>
internal static class AggregateFunctions
{
    public static IReadOnlyList<AggregateFunction> All { get; } =
        [.. Counting.All, .. Numeric.All, .. Covariances.All, .. Extremes.All, .. Collections.All, .. Percentiles.All];

    private static readonly Dictionary<string, AggregateFunction> ByName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    public static AggregateFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
