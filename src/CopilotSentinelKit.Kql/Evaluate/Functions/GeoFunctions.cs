using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions of points on Earth, taken as a sphere; coordinates that are none give null.</summary>
internal static class GeoFunctions
{
    private const KqlType R = KqlType.Real;

    // With this radius the documented examples come out to the last digit.
    private const double EarthRadius = 6371010;

    public static IEnumerable<ScalarFunction> All =>
    [
        Strict("geo_distance_2points(longitude, latitude, longitude, latitude)", [R], R, values => Distance(values) is { } meters ? Value.Of(meters) : Value.Null),
        Strict("geo_point_in_circle(longitude, latitude, centerLongitude, centerLatitude, radius)", [R], KqlType.Bool, values =>
            Distance(values) is { } meters && values[4].Number >= 0 ? Value.Of(meters <= values[4].Number) : Value.Null),
    ];

    private static double? Distance(Value[] values)
    {
        var (longitude1, latitude1, longitude2, latitude2) = (values[0].Number, values[1].Number, values[2].Number, values[3].Number);
        if (!(Math.Abs(longitude1) <= 180 && Math.Abs(longitude2) <= 180 && Math.Abs(latitude1) <= 90 && Math.Abs(latitude2) <= 90))
        {
            return null;
        }

        var (north, east) = (Sine(latitude2 - latitude1), Sine(longitude2 - longitude1));
        var part = (north * north) + (Math.Cos(double.DegreesToRadians(latitude1)) * Math.Cos(double.DegreesToRadians(latitude2)) * east * east);
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(Math.Min(1, part)));
    }

    private static double Sine(double degrees) => Math.Sin(double.DegreesToRadians(degrees) / 2);
}
