using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about content over time, CSK0615 to CSK0639. "Since" is what the content is compared with: a revision, or the last run.</summary>
internal static class VersionFindings
{
    private const string Stays = "A deployment deletes nothing: what was deployed stays in the workspace";

    public static Finding DidNotRise(SourceSpan span, string kind, string id, string version, string since) => Finding.Error(
        "CSK0615", span, $"{kind} \"{id}\" changed since {since}, but its version is still {version}. Raise the version: Sentinel offers an update by the version alone.");

    // Nothing for the project to raise: kit.yaml, a template or the mapping changed what the pack's own spec gives.
    public static Finding ShippedContentChanged(SourceSpan span, string kind, string id, string version, string since) => Finding.Information(
        "CSK0616", span, $"{kind} \"{id}\" of the shipped pack changed since {since} through the project's settings or another kit, and its version {version} is not the project's to raise. Check the change before it is deployed.");

    public static Finding WentDown(SourceSpan span, string kind, string id, string from, string to, string since) => Finding.Error(
        "CSK0617", span, $"The version of {kind} \"{id}\" went down from {from} to {to} since {since}. Give it a version above {from}.");

    public static Finding Jumped(SourceSpan span, string kind, string id, string from, string to, string since) => Finding.Warning(
        "CSK0618", span, $"The version of {kind} \"{id}\" went from {from} to {to} since {since}, which is more than one step. Raise one of its numbers by one, so that nobody looks for the versions between.");

    public static Finding RoseWithoutChange(SourceSpan span, string kind, string id, string from, string to, string since) => Finding.Information(
        "CSK0619", span, $"The version of {kind} \"{id}\" rose from {from} to {to}, but nothing else changed since {since}. Keep {from}, unless the update itself is wanted.");

    public static Finding IdentityChanged(SourceSpan span, string kind, string id, Guid from, Guid to, string since) => Finding.Error(
        "CSK0620", span, $"{kind} \"{id}\" has the GUID {to} now, and had {from} in {since}. {Stays} beside the new one, and both run. Write the old one again (in a spec: \"guid: {from}\").");

    public static Finding RuleVanished(SourceSpan span, string kind, string id, Guid guid, string since) => Finding.Error(
        "CSK0621", span, $"{kind} \"{id}\" was there in {since} and is gone, without having been deprecated. {Stays} and goes on as it is, under {guid}. "
            + "Bring it back with \"deprecated: { reason: ... }\" (outside of specs: with \"[Deprecated]\" in its name) for one release, and remove it after that.");

    public static Finding ContentVanished(SourceSpan span, string kind, string id, Guid guid, string since) => Finding.Warning(
        "CSK0622", span, $"{kind} \"{id}\" was there in {since} and is no longer generated. {Stays} under {guid}. Delete it there once nothing needs it.");

    public static Finding ReplacedByUnknown(SourceSpan span, string id, IEnumerable<string> known) => Finding.Warning(
        "CSK0623", span, $"No other detection has the id \"{id}\".{Nearest.Hint(id, known)} Name the one that replaces this one, or leave \"replacedBy\" out.");

    public static Finding BaseHasErrors(SourceSpan span, string since, string code) => Finding.Warning(
        "CSK0624", span, $"The files of {since} have an error themselves ({code}), so content that it spoils is not compared. Compare with a revision that compiles.");
}
