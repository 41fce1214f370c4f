using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Emit.Defender;

/// <summary>Custom detections as bodies of requests to Microsoft Graph; their Bicep and their list are templates of output.</summary>
internal static class DefenderFormat
{
    /// <summary>The files, where the format is wanted.</summary>
    public static ImmutableArray<Artifact> Render(ImmutableArray<ContentItem> items, ImmutableArray<OutputFormat> formats) => formats.Contains(OutputFormat.Defender)
        ? [.. items.OfType<AnalyticsRule>().Where(rule => rule.CustomDetection is not null).Select(rule => new Artifact(Artifact.PathOf("defender/graph", rule.FileName, ".json"), JsonText.Write(CustomDetectionBody.Graph(rule)), rule.Id.Span))]
        : [];
}
