using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>Compares content with that of a release: the gate that a change passes before it is merged.</summary>
/// <param name="Since">The release, as messages name it: "origin/main".</param>
/// <param name="IsOwn">Whether a place can be edited by who changes the content; the shipped pack's files cannot.</param>
/// <param name="IsDisabled">Whether the detection of this id is left out on purpose.</param>
public sealed record VersionGate(string Since, Func<SourceSpan, bool> IsOwn, Func<string, bool> IsDisabled)
{
    private static readonly ImmutableArray<string> Rules = ["AnalyticsRule", "HuntingQuery"];

    /// <summary>False when errors keep some of today's content from being made: then nothing is taken for gone.</summary>
    public bool NowIsWhole { get; init; } = true;

    /// <summary>What to say when the files of the release have an error, so that some of its content is not known.</summary>
    public Finding Incomplete(Finding error) => VersionFindings.BaseHasErrors(error.Span, Since, error.Code);

    /// <summary>Finds versions that did not rise, fell or jumped, identities that changed, and rules that went without a warning.</summary>
    /// <param name="before">The content of the release; where it comes from a lock file, it has no names.</param>
    /// <param name="now">The content of today, all of it.</param>
    public ImmutableArray<Finding> Compare(ImmutableArray<ContentEntry> before, ImmutableArray<ContentEntry> now)
    {
        var (pairs, gone) = Pair(before, now);
        return [.. pairs.SelectMany(pair => Compare(pair.Before, pair.Now)), .. gone.Where(_ => NowIsWhole).Select(Vanished).OfType<Finding>()];
    }

    private IEnumerable<Finding> Compare(ContentEntry before, ContentEntry now)
    {
        var (old, (entry, source)) = (before.Entry, now);
        switch (VersionSteps.Between(old, entry))
        {
            case VersionStep.Down:
                yield return VersionFindings.WentDown(source, entry.Kind, entry.Id, old.Version, entry.Version, Since);
                break;
            case VersionStep.Missing:
                yield return IsOwn(source)
                    ? VersionFindings.DidNotRise(source, entry.Kind, entry.Id, entry.Version, Since)
                    : VersionFindings.ShippedContentChanged(source, entry.Kind, entry.Id, entry.Version, Since);
                break;
            case VersionStep.Jump:
                yield return VersionFindings.Jumped(source, entry.Kind, entry.Id, old.Version, entry.Version, Since);
                break;
            case VersionStep.Needless:
                yield return VersionFindings.RoseWithoutChange(source, entry.Kind, entry.Id, old.Version, entry.Version, Since);
                break;
        }

        if (old.Guid != entry.Guid)
        {
            yield return VersionFindings.IdentityChanged(source, entry.Kind, entry.Id, old.Guid, entry.Guid, Since);
        }
    }

    private Finding? Vanished(ContentEntry gone)
    {
        var (kind, id, guid) = (gone.Entry.Kind, gone.Entry.Id, gone.Entry.Guid);
        return gone.Entry.IsDeprecated ? null
            : Rules.Contains(kind) && !IsDisabled(id) ? VersionFindings.RuleVanished(gone.Source, kind, id, guid, Since)
            : VersionFindings.ContentVanished(gone.Source, kind, id, guid, Since);
    }

    // By id; what is left by GUID (a new id is harmless then), by file and by name, where that leaves one on each side: a new identity for
    // the same content.
    private static (List<(ContentEntry Before, ContentEntry Now)> Pairs, List<ContentEntry> Gone) Pair(
        ImmutableArray<ContentEntry> before, ImmutableArray<ContentEntry> now)
    {
        var pairs = new List<(ContentEntry, ContentEntry)>();
        var (gone, come) = (before.ToList(), now.ToList());
        Match(entry => entry.Entry.Id);
        Match(entry => entry.Entry.Guid.ToString());
        Match(entry => entry.Source.File.Path);
        Match(entry => entry.Name);
        return (pairs, gone);

        void Match(Func<ContentEntry, string> key)
        {
            var old = gone.ToLookup(entry => (entry.Entry.Kind, key(entry)));
            foreach (var same in come.Where(entry => key(entry).Length > 0).GroupBy(entry => (entry.Entry.Kind, key(entry))).ToList())
            {
                if (same.Count() == 1 && old[same.Key].Count() == 1)
                {
                    pairs.Add((old[same.Key].First(), same.First()));
                    gone.Remove(old[same.Key].First());
                    come.Remove(same.First());
                }
            }
        }
    }
}
