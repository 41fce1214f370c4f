using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>The output folder on disk: the only part of this stage that touches files. Faults of the disk are findings, never exceptions.</summary>
/// <param name="folder">The output folder; it may be missing.</param>
/// <param name="shownAs">The folder as a person would type it; findings start with it.</param>
public sealed class OutputWriter(string folder, string shownAs) : IDisposable
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    private readonly string _shownAs = shownAs.TrimEnd('/');
    private FolderClaim? _claim;

    /// <summary>Keeps other processes from writing into the folder until this is disposed of: what is read now is what will be written over.</summary>
    /// <exception cref="IOException">Another process writes there; the message says what to do.</exception>
    public void Claim()
    {
        try
        {
            _claim ??= Directory.Exists(_root) ? FolderClaim.Take(_root) : null;
        }
        catch (Exception fault) when (fault is IOException and not ClaimedException or UnauthorizedAccessException)
        {
            // Whether it can be written only matters when something has to be.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _claim?.Dispose();

    /// <summary>Brings what a killed run left to one side: to the new output when that lay ready, else to the old one.</summary>
    /// <returns>Whether there was anything to do.</returns>
    /// <exception cref="IOException">It cannot be done, or another process writes there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be done.</exception>
    /// <param name="attempts">How often to ask for the right to write there.</param>
    internal bool Recover(int attempts = FolderClaim.Attempts)
    {
        if (!FolderClaim.IsLeft(_root) && !File.Exists(Path.Combine(_root, OutputJournal.Name)))
        {
            return false;
        }

        var own = _claim is null ? FolderClaim.Take(_root, attempts) : null;
        using (own)
        {
            var path = Path.Combine(_root, OutputJournal.Name);
            var isThere = File.Exists(path);
            if (isThere && !Links.IsLink(path) && OutputJournal.Read(File.ReadAllText(path)) is { } journal)
            {
                foreach (var _ in journal.Take(_root))
                {
                    // Each step is taken as it is asked for.
                }
            }

            File.Delete(path);
            return RemoveStaged(_root) || isThere;
        }
    }

    /// <summary>Reads the lock file and the files that it or <paramref name="artifacts"/> name; no others.</summary>
    public OutputState Read(ImmutableArray<Artifact> artifacts)
    {
        var state = OutputState.Empty(_shownAs);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        try
        {
            Recover();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            findings.Add(OutputFindings.CannotWrite(At(OutputJournal.Name), Reason(fault)));
        }

        state = state with { Lock = ReadLock(findings) };
        var files = state.Files.ToBuilder();
        foreach (var path in KnownFiles.Read(state, overwrite: false).Known.Paths.Union(artifacts.Select(artifact => artifact.Path), StringComparer.Ordinal))
        {
            if (ReadBytes(path, findings) is { } bytes)
            {
                files[path] = LockFile.HashOf(bytes);
            }
        }

        return state with { Files = files.ToImmutable(), Findings = findings.ToImmutable() };
    }

    /// <summary>Carries a plan out: every new file is staged beside its place, a journal says what becomes of them, and only then they are put
    /// there. A run that fails or is killed before the journal is there has changed nothing; one that is killed later is completed by the
    /// next command that reads the folder.</summary>
    /// <returns>Findings; an error means that the output is not complete.</returns>
    /// <exception cref="InvalidOperationException">The plan has error findings.</exception>
    public ImmutableArray<Finding> Apply(OutputPlan plan)
    {
        if (plan.HasErrors)
        {
            throw new InvalidOperationException("A plan with error findings must not be applied.");
        }

        var paths = plan.Write.Select(artifact => artifact.Path).Concat(plan.Delete).Concat(plan.Unchanged).Append(LockFile.Path);
        if (paths.Select(FindLink).OfType<string>().Distinct().ToList() is { Count: > 0 } links)
        {
            return [.. links.Select(link => OutputFindings.LinkInTheWay(At(link), Shown(link)))];
        }

        if (plan.IsUpToDate)
        {
            return [];
        }

        var current = LockFile.Path;
        var own = default(FolderClaim);
        try
        {
            own = _claim is null ? FolderClaim.Take(_root) : null;
            foreach (var path in Steps(plan))
            {
                current = path;
            }

            return [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (!File.Exists(Path.Combine(_root, OutputJournal.Name)))
            {
                RemoveStaged(_root);
            }

            return [OutputFindings.CannotWrite(At(current), Reason(fault))];
        }
        finally
        {
            own?.Dispose();
        }
    }

    /// <summary>What <see cref="Apply"/> does, a step each time that the next one is asked for; whoever stops asking is a killed run.</summary>
    /// <returns>The path in the output folder that comes next.</returns>
    internal IEnumerable<string> Steps(OutputPlan plan)
    {
        var staged = ImmutableArray.CreateBuilder<OutputJournal.Step>();
        foreach (var (path, bytes) in plan.Write.Select(artifact => (artifact.Path, artifact.Bytes)).Append((LockFile.Path, Encoding.UTF8.GetBytes(plan.LockText))))
        {
            yield return path;
            var full = Full(path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            staged.Add(new(path, OutputJournal.HashOf(full), LockFile.HashOf(bytes.Span), Path.GetFileName(SafeFile.Stage(full, bytes.Span))));
        }

        // A file whose name changes in case alone is one file on Windows and macOS: its old name must go before the new one comes.
        var written = plan.Write.Select(artifact => artifact.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var gone = plan.Delete.Select(path => new OutputJournal.Step(path, OutputJournal.HashOf(Full(path)), null, null)).ToLookup(step => written.Contains(step.Path));
        var journal = new OutputJournal([.. gone[true], .. staged.SkipLast(1), .. gone[false], staged[^1]]);
        yield return OutputJournal.Name;
        SafeFile.Write(Path.Combine(_root, OutputJournal.Name), journal.ToText());
        foreach (var path in journal.Take(_root))
        {
            yield return path;
        }

        yield return OutputJournal.Name;
        File.Delete(Path.Combine(_root, OutputJournal.Name));
    }

    // Hidden files of a killed run that no journal speaks of any more; nobody else makes such names.
    private static bool RemoveStaged(string root)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var staged = Directory.Exists(root) ? Directory.EnumerateFiles(root, "*.csk-tmp", options).Where(path => SafeFile.IsStaged(Path.GetFileName(path))).ToList() : [];
        foreach (var path in staged)
        {
            File.Delete(path);
            OutputJournal.RemoveEmptyFolders(root, Path.GetRelativePath(root, path));
        }

        return staged.Count > 0;
    }

    private SourceFile? ReadLock(ImmutableArray<Finding>.Builder findings) =>
        ReadBytes(LockFile.Path, findings) is { } bytes ? new(Shown(LockFile.Path), Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')) : null;

    private byte[]? ReadBytes(string path, ImmutableArray<Finding>.Builder findings)
    {
        try
        {
            if (FindLink(path) is { } link)
            {
                findings.Add(OutputFindings.LinkInTheWay(At(link), Shown(link)));
                return null;
            }

            return File.ReadAllBytes(Full(path));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            findings.Add(OutputFindings.CannotRead(At(path), Reason(fault)));
            return null;
        }
    }

    // The first part of a path below the output folder that is a symbolic link or junction, or null.
    private string? FindLink(string path) =>
        Links.Below(_root, Full(path)) is { } link ? Path.GetRelativePath(_root, link).Replace('\\', '/') : null;

    // Checked again here, whatever made the plan: no path ever leaves the folder.
    private string Full(string path) =>
        Artifact.IsSafePath(path) ? Path.Combine(_root, path) : throw new ArgumentException($"\"{path}\" is not inside the output folder.", nameof(path));

    private string Shown(string path) => $"{_shownAs}/{path}";

    private SourceSpan At(string path) => new(new SourceFile(Shown(path), ""), 0, 0);

    private static string Reason(Exception fault) => fault.Message.TrimEnd('.') + ".";
}
