using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Applies kit.yaml's changes to single detections.</summary>
internal static class DetectionLayers
{
    /// <summary>The detections that are left, changed as the layers say; each layer that fits nothing is a finding.</summary>
    public static ImmutableArray<Detection> Apply(
        ImmutableArray<Detection> detections, ImmutableArray<DetectionLayer> layers, List<Finding> findings)
    {
        var byId = detections.ToDictionary(detection => detection.Spec.Id.Value, StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            if (!byId.TryGetValue(layer.Id.Value, out var detection))
            {
                findings.Add(ModelFindings.UnknownDetection(layer.Id.Value, layer.Id.Span, detections.Select(d => d.Spec.Id.Value)));
            }
            else if (layer.Disable)
            {
                byId.Remove(layer.Id.Value);
            }
            else
            {
                byId[layer.Id.Value] = detection with { Spec = Apply(detection.Spec, layer, findings) };
            }
        }

        return [.. byId.Values.OrderBy(detection => detection.Spec.Id.Value, StringComparer.Ordinal)];
    }

    private static DetectionSpec Apply(DetectionSpec spec, DetectionLayer layer, List<Finding> findings)
    {
        if (layer is { Severity: null, Schedule: null, Parameters.IsEmpty: true })
        {
            findings.Add(ModelFindings.LayerChangesNothing(layer.Id.Value, layer.Id.Span));
        }

        if (layer.Severity is { } severity && spec.Kind.Value == DetectionKind.Hunting)
        {
            findings.Add(ModelFindings.NotInKind(layer.Id.Value, "severity", "hunting", severity.Span));
        }

        if (layer.Schedule is { } schedule && spec.Kind.Value != DetectionKind.Scheduled)
        {
            var kind = spec.Kind.Value == DetectionKind.Nrt ? "near-real-time" : "hunting";
            findings.Add(ModelFindings.NotInKind(layer.Id.Value, "schedule", kind, schedule.Span));
        }

        return spec with
        {
            Severity = layer.Severity ?? spec.Severity,
            Schedule = Merge(spec.Schedule, layer.Schedule),
            Parameters = Apply(spec, layer.Parameters, findings),
        };
    }

    private static ScheduleSpec? Merge(ScheduleSpec? below, ScheduleSpec? above) =>
        above is null ? below : new(above.Span, above.Every ?? below?.Every, above.Lookback ?? below?.Lookback);

    private static ImmutableArray<ParameterSpec> Apply(
        DetectionSpec spec, ImmutableArray<(Spanned<string> Name, YamlValue Value)> values, List<Finding> findings)
    {
        var parameters = spec.Parameters;
        foreach (var (name, value) in values)
        {
            if (parameters.FirstOrDefault(parameter => parameter.Name.Value == name.Value) is not { } parameter)
            {
                findings.Add(ModelFindings.UnknownParameter(
                    spec.Id.Value, name.Value, name.Span, spec.Parameters.Select(p => p.Name.Value)));
            }
            else if (ParameterValue.Check(name.Value, parameter.Type, value) is { IsEmpty: false } wrong)
            {
                findings.AddRange(wrong);
            }
            else
            {
                parameters = parameters.Replace(parameter, parameter with { Value = value });
            }
        }

        return parameters;
    }
}
