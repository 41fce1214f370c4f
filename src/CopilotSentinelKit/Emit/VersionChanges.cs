using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>What the lock file tells about content since the last run: versions that should have risen, GUIDs that changed, items that went.
/// No error: the last run need not have been released, and a change may be taken back. <see cref="VersionGate"/> compares with a release.</summary>
internal static class VersionChanges
{
    private const string LastRun = "the last run";

    public static IEnumerable<Finding> Find(ImmutableArray<ContentEntry> now, ImmutableArray<LockEntry> before, OutputState state)
    {
        var old = before.ToLookup(entry => (entry.Kind, entry.Id));
        foreach (var (entry, source) in now)
        {
            if (old[(entry.Kind, entry.Id)].FirstOrDefault() is not { } last)
            {
                continue;
            }

            switch (VersionSteps.Between(last, entry))
            {
                case VersionStep.Down:
                    yield return OutputFindings.VersionWentDown(source, entry.Id, last.Version, entry.Version);
                    break;
                case VersionStep.Missing:
                    yield return OutputFindings.VersionDidNotRise(source, entry.Kind, entry.Id, entry.Version);
                    break;
                case VersionStep.Jump:
                    yield return VersionFindings.Jumped(source, entry.Kind, entry.Id, last.Version, entry.Version, LastRun);
                    break;
                case VersionStep.Needless:
                    yield return VersionFindings.RoseWithoutChange(source, entry.Kind, entry.Id, last.Version, entry.Version, LastRun);
                    break;
            }

            if (entry.Guid != last.Guid)
            {
                yield return OutputFindings.GuidChanged(source, entry.Kind, entry.Id, last.Guid, entry.Guid);
            }
        }

        var kept = now.Select(item => (item.Entry.Kind, item.Entry.Id)).ToHashSet();
        foreach (var gone in before.Where(entry => !kept.Contains((entry.Kind, entry.Id))))
        {
            yield return OutputFindings.ContentRemoved(state.At(LockFile.Path), gone.Kind, gone.Id, gone.Guid);
        }
    }
}
