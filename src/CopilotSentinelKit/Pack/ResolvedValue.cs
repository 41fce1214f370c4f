using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>A value of a detection once all layers are applied, and where it was written.</summary>
/// <param name="Key">The key in a detection, with dots for keys inside of keys: schedule.every.</param>
/// <param name="Place">The value as written; its file says which layer set it.</param>
/// <param name="InsteadOf">The values of lower layers that it stands in place of, the nearest first.</param>
public sealed record ResolvedValue(string Key, SourceSpan Place, ImmutableArray<SourceSpan> InsteadOf)
{
    /// <summary>The values of a detection that a layer can change or that decide how it runs; those that nobody wrote are left out.</summary>
    /// <param name="detection">The detection as it is compiled.</param>
    /// <param name="layers">The specs of that id from the lowest layer up: the shipped one, the project's own, that with the changes of kit.yaml below an environment's.</param>
    public static ImmutableArray<ResolvedValue> Of(DetectionSpec detection, IEnumerable<DetectionSpec> layers)
    {
        // The layers were read on their own: the same place is in another copy of the file.
        var below = layers.Reverse().Select(layer => Values(layer).ToDictionary(value => value.Key, value => value.Place)).ToList();
        return
        [
            .. Values(detection).Select(value => new ResolvedValue(
                value.Key,
                value.Place,
                [.. below.Select(layer => layer.TryGetValue(value.Key, out var place) ? place : (SourceSpan?)null).OfType<SourceSpan>().DistinctBy(place => place.ToString()).Where(place => place.ToString() != value.Place.ToString())])),
        ];
    }

    private static IEnumerable<(string Key, SourceSpan Place)> Values(DetectionSpec spec)
    {
        (string Key, SourceSpan? Place)[] values =
        [
            ("version", spec.Version.Span),
            ("kind", spec.Kind.Span),
            ("name", spec.Name.Span),
            ("severity", spec.Severity?.Span),
            ("schedule.every", spec.Schedule?.Every?.Span),
            ("schedule.lookback", spec.Schedule?.Lookback?.Span),
            ("trigger.operator", spec.Trigger?.Operator.Span),
            ("trigger.threshold", spec.Trigger?.Threshold.Span),
            ("suppression", spec.Suppression?.Span),
            ("events", spec.Events?.Span),
            ("template", spec.Template?.Span),
            .. spec.Parameters.Select(parameter => ("parameters." + parameter.Name.Value, (SourceSpan?)parameter.Value.Span)),
        ];
        foreach (var (key, place) in values)
        {
            if (place is { } written)
            {
                yield return (key, written);
            }
        }
    }
}
