using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Detections that are about to go. A deployment deletes nothing, so the last version of a rule has to switch it off and to say why,
/// in the form that Microsoft's Sentinel repository uses: [Deprecated] in front of the name.</summary>
internal static class Deprecations
{
    /// <summary>Marks those that say so; a replacement that is not there is a finding.</summary>
    public static ImmutableArray<Detection> Apply(ImmutableArray<Detection> detections, List<Finding> findings)
    {
        var names = detections.ToDictionary(detection => detection.Spec.Id.Value, detection => detection.Spec.Name.Value, StringComparer.Ordinal);
        return [.. detections.Select(detection => detection.Spec.Deprecation is { } deprecation ? detection with { Spec = Mark(detection.Spec, deprecation) } : detection)];

        DetectionSpec Mark(DetectionSpec spec, DeprecationSpec deprecation)
        {
            var others = names.Keys.Where(id => id != spec.Id.Value).ToList();
            if (deprecation.ReplacedBy is { } missing && !others.Contains(missing.Value))
            {
                findings.Add(VersionFindings.ReplacedByUnknown(missing.Span, missing.Value, others));
            }

            var reason = "Deprecated: " + Sentence(deprecation.Reason.Value)
                + (deprecation.ReplacedBy is { } id && names.TryGetValue(id.Value, out var name) ? $" Use \"{name}\" instead." : "");
            return spec with
            {
                Enabled = false,
                Name = spec.Name.Select(text => text.StartsWith(ContentItem.DeprecatedMark, StringComparison.OrdinalIgnoreCase) ? text : $"{ContentItem.DeprecatedMark} {text}"),
                Description = spec.Description.Select(text => $"{reason}\n\n{text}"),
            };
        }
    }

    private static string Sentence(string text) => text.Trim() is [.., '.' or '!' or '?'] whole ? whole : text.Trim() + ".";
}
