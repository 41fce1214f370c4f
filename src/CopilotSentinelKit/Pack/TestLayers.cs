using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Gathers the tests of each detection, hunt, summary rule and parser: its own, those of the shipped files, those of the project's files.</summary>
internal static class TestLayers
{
    /// <param name="shipped">The specs that come with the kit.</param>
    /// <param name="project">The project's own, or null.</param>
    /// <param name="content">The detections that are left, with their layers.</param>
    /// <param name="detections">All detections, disabled ones too: their tests rest, and are no mistake.</param>
    /// <param name="summaries">The summary rules.</param>
    /// <param name="mapping">The parsers.</param>
    /// <param name="layers">What kit.yaml changes: a shipped test holds for the shipped schedule and parameters, and rests where they are others.</param>
    /// <param name="findings">Takes tests of nothing.</param>
    public static ImmutableArray<TargetTests> Merge(
        SpecSet shipped, SpecSet? project, ImmutableArray<Detection> content, ImmutableArray<DetectionSpec> detections, ImmutableArray<SummarySpec> summaries, Mapping mapping,
        ImmutableArray<DetectionLayer> layers, List<Finding> findings)
    {
        var files = shipped.Tests.AddRange(project?.Tests ?? []);
        var shippedAsim = shipped.Mapping?.Asim?.ParserNames ?? [];
        ImmutableArray<string> known = [.. detections.Select(detection => detection.Id.Value), .. summaries.Select(summary => summary.Id.Value), .. mapping.ParserNames, .. shippedAsim];
        findings.AddRange(files.Where(file => !known.Contains(file.For.Value)).Select(file => ModelFindings.TestsOfNothing(file.For.Value, file.For.Span, known)));

        var projects = (project?.Detections ?? []).Select(detection => detection.Id.Value).Concat((project?.Summaries ?? []).Select(summary => summary.Id.Value)).ToHashSet(StringComparer.Ordinal);
        var changed = layers.Where(layer => layer.Schedule is not null || !layer.Parameters.IsEmpty).Select(layer => layer.Id.Value)
            .Where(id => !projects.Contains(id)).ToHashSet(StringComparer.Ordinal);
        // What a project says of ASIM stands in the place of all that the pack says.
        changed.UnionWith(project?.Mapping?.Asim is null ? [] : shippedAsim);
        // What shipped tests expect of people's names and addresses is not there either.
        if (mapping.Masked)
        {
            changed.UnionWith(known.Where(id => !projects.Contains(id)));
        }

        var own = content.ToDictionary(
            detection => detection.Spec.Id.Value, detection => changed.Contains(detection.Spec.Id.Value) ? [] : detection.Spec.Tests, StringComparer.Ordinal);
        foreach (var summary in summaries)
        {
            own.TryAdd(summary.Id.Value, changed.Contains(summary.Id.Value) ? [] : summary.Tests);
        }

        foreach (var parser in mapping.ParserNames)
        {
            own.TryAdd(parser, []);
        }

        foreach (var file in files.Where(file => !changed.Contains(file.For.Value) || !shipped.Tests.Contains(file)))
        {
            if (own.TryGetValue(file.For.Value, out var tests))
            {
                own[file.For.Value] = file.Override is { Value: true } ? file.Tests : tests.AddRange(file.Tests);
            }
        }

        return
        [
            .. own.Where(target => !target.Value.IsEmpty || changed.Contains(target.Key)).OrderBy(target => target.Key, StringComparer.Ordinal)
                .Select(target => new TargetTests(target.Key, target.Value) { Rests = changed.Contains(target.Key) }),
        ];
    }
}
