using System.Collections.Immutable;
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

    public static Finding GroupingDecidesNothing(SourceSpan span) => Finding.Information("CSK0932", span,
        "In the Defender portal its correlation decides which alerts join an incident; this grouping is shown and decides nothing. Where alerts of the rule must stay apart, start its description with #DONT_CORR#.");

    public static Finding InvisibleAlerts(SourceSpan span, string name) => Finding.Warning("CSK0933", span,
        $"Alerts of {Shown(name)} make no incident, and the Defender portal, the only one from 2027-03-31 on, does not show such alerts. Let it make incidents, or be sure that something else reads its alerts.");

    public static Finding AccountWithoutName(SourceSpan span) => Finding.Information("CSK0934", span,
        "Since 2026-07-01 incidents name an account by its user principal name up to the @, else by Name, else by DisplayName; this mapping gives only the latter, so what compares account names may fit no more. Map FullName, Name with UPNSuffix, or AadUserId.");

    public static Finding MisplacedTag(SourceSpan span, string tag) => Finding.Warning("CSK0935", span,
        $"{Shown(tag)} steers the Defender portal's correlation only at the start of a description. Move it there.");

    public static Finding CanBecomeDetection(SourceSpan span, string name, ImmutableArray<string> losses) => Finding.Information("CSK0936", span,
        $"{Shown(name)} can become a custom detection of Defender{(losses.IsEmpty ? "" : ", where it loses " + string.Join(", ", losses))}. As an analytics rule it goes on in the Defender portal.");

    public static Finding CannotBecomeDetection(SourceSpan span, string name, string reason) => Finding.Information("CSK0937", span,
        $"{Shown(name)} cannot become a custom detection of Defender as it is, because {reason}. As an analytics rule it goes on in the Defender portal.");
}
