using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>The output folder on disk: the only part of this stage that touches files. Faults of the disk are findings, never exceptions.</summary>
/// <param name="folder">The output folder; it may be missing, and may itself be a link.</param>
/// <param name="shownAs">The folder as a person would type it; findings start with it.</param>
public sealed class OutputWriter(string folder, string shownAs)
{
    // Not *.json: the repositories deployment must never take one that a killed run left for content.
    private const string Staged = ".csk-tmp";

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    private readonly string _shownAs = shownAs.TrimEnd('/');

    /// <summary>Reads the lock file and the files that it or <paramref name="artifacts"/> name; no others.</summary>
    public OutputState Read(ImmutableArray<Artifact> artifacts)
    {
        var state = OutputState.Empty(_shownAs);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        state = state with { Lock = ReadLock(LockFile.Path, findings), Interrupted = ReadLock(LockFile.Path + Staged, findings) };
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

    /// <summary>Carries a plan out: every file is staged beside its place first and then moved there, and the lock file comes last. A run that
    /// fails or is killed while it stages has changed nothing; one that is killed later is completed by the next.</summary>
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

        // A run that was killed may have staged what is no longer wanted.
        Unstage(plan.Unchanged);
        if (plan.IsUpToDate)
        {
            Unstage([LockFile.Path]);
            return [];
        }

        var staged = new List<string>();
        var current = LockFile.Path;
        try
        {
            foreach (var (path, text) in plan.Write.Select(artifact => (artifact.Path, artifact.Text)).Append((LockFile.Path, plan.LockText)))
            {
                current = path;
                Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
                staged.Add(path);
                File.WriteAllBytes(Full(path) + Staged, Encoding.UTF8.GetBytes(text));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Unstage(staged);
            return [OutputFindings.CannotWrite(At(current), Reason(fault))];
        }

        try
        {
            Replace(plan, path => current = path);
            return [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [OutputFindings.CannotWrite(At(current), Reason(fault))];
        }
    }

    private void Replace(OutputPlan plan, Action<string> at)
    {
        // A file whose name changes in case alone is one file on Windows and macOS: its old name must go before the new one comes.
        var written = plan.Write.Select(artifact => artifact.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var deletions = plan.Delete.OrderByDescending(written.Contains).ToList();
        foreach (var path in deletions.TakeWhile(written.Contains))
        {
            at(path);
            File.Delete(Full(path));
        }

        foreach (var artifact in plan.Write)
        {
            at(artifact.Path);
            File.Move(Full(artifact.Path) + Staged, Full(artifact.Path), overwrite: true);
        }

        foreach (var path in deletions.SkipWhile(written.Contains))
        {
            at(path);
            File.Delete(Full(path));
            RemoveEmptyFolders(Path.GetDirectoryName(Full(path))!);
        }

        at(LockFile.Path);
        File.Move(Full(LockFile.Path) + Staged, Full(LockFile.Path), overwrite: true);
    }

    private void RemoveEmptyFolders(string emptied)
    {
        while (emptied.Length > _root.Length && !Directory.EnumerateFileSystemEntries(emptied).Any())
        {
            Directory.Delete(emptied);
            emptied = Path.GetDirectoryName(emptied)!;
        }
    }

    private void Unstage(IEnumerable<string> staged)
    {
        foreach (var path in staged)
        {
            try
            {
                File.Delete(Full(path) + Staged);
                RemoveEmptyFolders(Path.GetDirectoryName(Full(path))!);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The fault that ended the staging is the one to report; what is left is overwritten by the next run.
            }
        }
    }

    private SourceFile? ReadLock(string path, ImmutableArray<Finding>.Builder findings) =>
        ReadBytes(path, findings) is { } bytes ? new(Shown(path), Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')) : null;

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
    private string? FindLink(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (new FileInfo(Full(part)).LinkTarget is not null)
            {
                return part;
            }

            if (end < 0)
            {
                return null;
            }
        }
    }

    // Checked again here, whatever made the plan: no path ever leaves the folder.
    private string Full(string path) =>
        Artifact.IsSafePath(path) ? Path.Combine(_root, path) : throw new ArgumentException($"\"{path}\" is not inside the output folder.", nameof(path));

    private string Shown(string path) => $"{_shownAs}/{path}";

    private SourceSpan At(string path) => new(new SourceFile(Shown(path), ""), 0, 0);

    private static string Reason(Exception fault) => fault.Message.TrimEnd('.') + ".";
}
