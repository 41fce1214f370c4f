using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>What a run would change in the output folder. Pure: made from texts and hashes, it touches nothing.</summary>
/// <param name="Write">Files to write, new or changed.</param>
/// <param name="Delete">Paths to delete: no longer produced, and unchanged since the kit wrote them.</param>
/// <param name="Unchanged">Paths that are as they should be.</param>
/// <param name="LockText">The lock file's new text.</param>
/// <param name="LockChanged">Whether the lock file has another text now.</param>
/// <param name="Findings">Findings; with an error among them the plan must not be applied.</param>
public sealed record OutputPlan(
    ImmutableArray<Artifact> Write,
    ImmutableArray<string> Delete,
    ImmutableArray<string> Unchanged,
    string LockText,
    bool LockChanged,
    ImmutableArray<Finding> Findings)
{
    /// <summary>Findings that do not count, each with its <see cref="Finding.Suppression"/>.</summary>
    public ImmutableArray<Finding> Suppressed { get; init; } = [];

    /// <summary>Whether the output is current: applying the plan would change nothing.</summary>
    public bool IsUpToDate => Write.IsEmpty && Delete.IsEmpty && !LockChanged;

    /// <summary>Whether a finding forbids to apply it.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>Compares what a run produces with what is there. A file that no lock file names is never deleted, and without
    /// <paramref name="overwrite"/> never replaced.</summary>
    /// <param name="emission">What the run produces.</param>
    /// <param name="state">What is there.</param>
    /// <param name="overwrite">Replace edited and foreign files, and a lock file that cannot be read. Stale files that were edited stay.</param>
    /// <param name="leave">Starts of paths that this run does not produce but that stay, such as "arm/" when only YAML was asked for.</param>
    public static OutputPlan Create(Emission emission, OutputState state, bool overwrite, ImmutableArray<string> leave)
    {
        var (known, findings) = KnownFiles.Read(state, overwrite);
        findings = findings.AddRange(state.Findings).AddRange(Collisions(emission.Artifacts));
        var write = ImmutableArray.CreateBuilder<Artifact>();
        var delete = ImmutableArray.CreateBuilder<string>();
        var unchanged = ImmutableArray.CreateBuilder<string>();
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var produced = emission.Artifacts.Select(artifact => artifact.Path).ToHashSet(StringComparer.Ordinal);

        foreach (var path in known.Paths.Where(path => !produced.Contains(path)))
        {
            if (leave.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
            {
                files[path] = known.LastHash(path);
            }
            else if (!state.Files.TryGetValue(path, out var hash))
            {
                // Deleted by hand: what was asked for.
            }
            else if (known.Wrote(path, hash))
            {
                delete.Add(path);
            }
            else
            {
                // It stays in the lock file, so that every run reports it until someone decides.
                files[path] = known.LastHash(path);
                findings = findings.Add(OutputFindings.StaleFileEdited(state.At(path)));
            }
        }

        foreach (var artifact in emission.Artifacts)
        {
            var hash = files[artifact.Path] = LockFile.HashOf(artifact.Bytes.Span);

            // Where case does not count, the file that is about to be deleted is this one under its old spelling: it must be written anew.
            var respelt = delete.Contains(artifact.Path, StringComparer.OrdinalIgnoreCase);
            if (!state.Files.TryGetValue(artifact.Path, out var there) || (respelt && there == hash))
            {
                write.Add(artifact);
            }
            else if (there == hash)
            {
                unchanged.Add(artifact.Path);
            }
            else
            {
                write.Add(artifact);
                if (!overwrite && !known.Wrote(artifact.Path, there))
                {
                    findings = findings.Add(InTheWay(artifact, state, known));
                }
            }
        }

        var text = new LockFile(files.ToImmutable(), [.. emission.Content.Select(entry => entry.Entry)]).ToText();
        findings = findings.AddRange(VersionChanges.Find(emission.Content, known.Content, state));
        return new(
            write.ToImmutable(),
            delete.ToImmutable(),
            unchanged.ToImmutable(),
            text,
            state.Lock is null || LockFile.HashOf(state.Lock.Text) != LockFile.HashOf(text),
            findings);
    }

    private static Finding InTheWay(Artifact artifact, OutputState state, KnownFiles known)
    {
        var place = state.At(artifact.Path);
        var finding = known.Contains(artifact.Path) ? OutputFindings.EditedFileInTheWay(place) : OutputFindings.ForeignFileInTheWay(place);
        return artifact.Source is { } source ? finding.With(source, "it is generated from here") : finding;
    }

    private static IEnumerable<Finding> Collisions(ImmutableArray<Artifact> artifacts) =>
        from same in artifacts.GroupBy(artifact => artifact.Path, StringComparer.OrdinalIgnoreCase)
        let first = same.First()
        from other in same.Skip(1)
        let finding = OutputFindings.SamePath(other.Source ?? new(new SourceFile(other.Path, ""), 0, 0), other.Path, first.Path)
        select first.Source is { } source ? finding.With(source, "the other one") : finding;
}
