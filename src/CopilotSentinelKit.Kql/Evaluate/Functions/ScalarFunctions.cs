namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>All scalar functions.</summary>
internal static class ScalarFunctions
{
    public static IReadOnlyList<ScalarFunction> All { get; } =
    [
        .. ConversionFunctions.All, .. ConditionalFunctions.All, .. MathFunctions.All, .. TextFunctions.All, .. PatternFunctions.All,
        .. EncodingFunctions.All, .. TimeFunctions.All, .. CalendarFunctions.All, .. ArrayFunctions.All, .. BagFunctions.All, .. JsonFunctions.All, .. SetFunctions.All,
        .. IpFunctions.All, .. SeriesFunctions.All, .. SeriesMath.All, .. SeriesFilters.All, .. GeoFunctions.All, .. XmlFunctions.All, .. FormatFunctions.All, .. HashFunctions.All,
    ];

    private static readonly Dictionary<string, ScalarFunction> ByName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    public static ScalarFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
