using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Finds the detections that automation rules name.</summary>
internal static class AutomationTargets
{
    /// <summary>The rules with their detections. Those that kit.yaml disables are left out, and so is a rule of which none is left: it would be for every rule of the workspace.</summary>
    /// <param name="rules">The automation rules.</param>
    /// <param name="detections">All detections, disabled ones too.</param>
    /// <param name="content">Those that are left, with their layers.</param>
    /// <param name="shipped">The rules that come with the kit: what a project disables is no mistake of theirs.</param>
    /// <param name="findings">Takes names of nothing.</param>
    public static IEnumerable<(AutomationSpec Spec, ImmutableArray<Detection> Detections)> Resolve(
        ImmutableArray<AutomationSpec> rules, ImmutableArray<DetectionSpec> detections, ImmutableArray<Detection> content, ImmutableArray<AutomationSpec> shipped, List<Finding> findings)
    {
        var known = detections.Where(detection => detection.Kind.Value != DetectionKind.Hunting).Select(detection => detection.Id.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            var found = ImmutableArray.CreateBuilder<Detection>();
            foreach (var id in rule.Detections)
            {
                if (content.FirstOrDefault(detection => detection.Spec.Id.Value == id.Value && known.Contains(id.Value)) is { } detection)
                {
                    found.Add(detection);
                }
                else if (detections.Any(other => other.Id.Value == id.Value && other.Kind.Value == DetectionKind.Hunting))
                {
                    findings.Add(AutomationFindings.TargetIsHunt(id.Span, id.Value));
                }
                else if (!known.Contains(id.Value))
                {
                    findings.Add(AutomationFindings.UnknownTarget(id.Span, id.Value, known));
                }
                else if (!shipped.Contains(rule))
                {
                    findings.Add(AutomationFindings.DisabledTarget(id.Span, id.Value));
                }
            }

            if (found.Count > 0 || rule.Detections.IsEmpty)
            {
                yield return (rule, found.ToImmutable());
            }
        }
    }
}
