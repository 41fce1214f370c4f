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
            else if (layer.Disable is true)
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

    /// <summary>Entries as they are written that change nothing: in an environment, one that enables what kit.yaml does not disable is one too.</summary>
    public static IEnumerable<Finding> WithoutEffect(KitSpec kit, ImmutableArray<DetectionSpec> detections) =>
        from layer in kit.Detections.Concat(kit.Environments.SelectMany(environment => environment.Detections))
        where layer.NamesNoValue && layer.Disable is not true && detections.Any(detection => detection.Id.Value == layer.Id.Value)
        where layer.Disable is null || kit.Detections.Contains(layer) || !kit.Detections.Any(below => below.Id.Value == layer.Id.Value && below.Disable is true)
        select ModelFindings.LayerChangesNothing(layer.Id.Value, layer.Id.Span);

    private static DetectionSpec Apply(DetectionSpec spec, DetectionLayer layer, List<Finding> findings)
    {
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
            Schedule = ScheduleSpec.Merge(spec.Schedule, layer.Schedule),
            Parameters = Apply(spec, layer.Parameters, findings),
        };
    }

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
