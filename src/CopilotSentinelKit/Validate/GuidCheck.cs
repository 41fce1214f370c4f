using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>GUIDs are there and were generated, not typed: version 1 to 8 and the variant of RFC 9562 (bits 10).</summary>
internal static class GuidCheck
{
    public static IEnumerable<Diagnostic> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item.Guid == Guid.Empty)
        {
            yield return ContentDiagnostics.EmptyGuid(item.Id.Span);
        }
        else if (item.Guid.Version is < 1 or > 8 || item.Guid.Variant is < 0b1000 or > 0b1011)
        {
            yield return ContentDiagnostics.MalformedGuid(item.Id.Span, item.Guid);
        }
    }
}
