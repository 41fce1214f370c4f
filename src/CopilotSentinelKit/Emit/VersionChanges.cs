using System.Collections.Immutable;
using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Emit;

/// <summary>What the lock file tells about content over time: versions that should have risen, GUIDs that changed, items that went.</summary>
internal static class VersionChanges
{
    public static IEnumerable<Diagnostic> Find(ImmutableArray<ContentEntry> now, ImmutableArray<LockEntry> before, OutputState state)
    {
        var old = before.ToLookup(entry => (entry.Kind, entry.Id));
        foreach (var (entry, source) in now)
        {
            if (old[(entry.Kind, entry.Id)].FirstOrDefault() is not { } last)
            {
                continue;
            }

            if (Compare(entry.Version, last.Version) < 0)
            {
                yield return OutputDiagnostics.VersionWentDown(source, entry.Id, last.Version, entry.Version);
            }
            else if (entry.Hash != last.Hash && Compare(entry.Version, last.Version) == 0)
            {
                yield return OutputDiagnostics.VersionDidNotRise(source, entry.Kind, entry.Id, entry.Version);
            }

            if (entry.Guid != last.Guid)
            {
                yield return OutputDiagnostics.GuidChanged(source, entry.Kind, entry.Id, last.Guid, entry.Guid);
            }
        }

        var kept = now.Select(item => (item.Entry.Kind, item.Entry.Id)).ToHashSet();
        foreach (var gone in before.Where(entry => !kept.Contains((entry.Kind, entry.Id))))
        {
            yield return OutputDiagnostics.ContentRemoved(state.At(LockFile.Path), gone.Kind, gone.Id, gone.Guid);
        }
    }

    // A version that is not X.Y.Z was reported where it was read, or comes from a lock file of another day: it compares as equal.
    private static int Compare(string left, string right) =>
        Version.TryParse(left, out var a) && Version.TryParse(right, out var b) ? a.CompareTo(b) : 0;
}
