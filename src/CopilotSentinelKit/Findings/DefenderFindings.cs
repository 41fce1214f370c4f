using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about rules in the Defender portal (CSK0930 to CSK0949).</summary>
internal static class DefenderFindings
{
    public static Finding NoCustomDetection(SourceSpan span, string id, string reason) => Finding.Information("CSK0930", span,
        $"{Shown(id)} has no form as a custom detection of Defender, because {reason}. It stays an analytics rule.");

    public static Finding NoSource(SourceSpan span) => Finding.Warning("CSK0931", span,
        "Custom detections of Defender read CloudAppEvents, which is none of the project's sources, so there are none. Add it to \"sources\" in kit.yaml.");
}
