using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli;

/// <summary>A revision of the git repository that a folder is in, read by git itself; nothing of the work tree is touched.</summary>
internal sealed class GitRevision
{
    private const string RegularFile = "100";
    private const string NoGit = "--since needs git, which cannot be started. Install it, and put the full path of its folder on the PATH.";

    private readonly string _folder;
    private readonly string _commit;
    private readonly CancellationToken _cancellation;

    private GitRevision(string folder, string commit, CancellationToken cancellation) =>
        (_folder, _commit, _cancellation) = (folder, commit, cancellation);

    /// <summary>The last commit that a revision and the checked-out one share: what others changed after that is no change of this side.</summary>
    /// <param name="folder">A folder of the repository.</param>
    /// <param name="revision">A branch, tag or commit, as a person typed it.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <exception cref="IOException">There is no git, no repository or no such revision; the message says what to do.</exception>
    public static async Task<GitRevision> OpenAsync(string folder, string revision, CancellationToken cancellation)
    {
        var (code, shallow, fault) = await RunAsync(folder, ["rev-parse", "--is-shallow-repository"], null, cancellation);
        if (code != 0)
        {
            throw new IOException($"\"{PackFolder.Shown(folder)}\" is in no git repository, so there is nothing to compare with --since. {Said(fault)}".TrimEnd());
        }

        var advice = Text(shallow) == "true"
            ? "This clone is shallow and lacks older commits: run \"git fetch --unshallow\", or check out with the full history (fetch-depth: 0) in CI."
            : "\"git log --oneline\" lists commits, \"git branch --all\" branches; one of a server may have to be fetched first.";
        (code, var commit, _) = await RunAsync(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], null, cancellation);
        if (code != 0)
        {
            throw new IOException($"git knows no revision \"{revision}\". {advice}");
        }

        (code, var shared, fault) = await RunAsync(folder, ["merge-base", Text(commit), "HEAD"], null, cancellation);
        return code == 0
            ? new(folder, Text(shared), cancellation)
            : throw new IOException($"\"{revision}\" and the commit that is checked out share no history. {Said(fault)}{advice}");
    }

    /// <summary>Whether another folder is in the same repository.</summary>
    public async Task<bool> CoversAsync(string other)
    {
        var (code, theirs, _) = await RunAsync(other, ["rev-parse", "--absolute-git-dir"], null, _cancellation);
        var (_, ours, _) = await RunAsync(_folder, ["rev-parse", "--absolute-git-dir"], null, _cancellation);
        return code == 0 && Text(theirs) == Text(ours);
    }

    /// <summary>The files that a folder had, links and submodules left out; shown under the path that they have, or would have, in the work tree.</summary>
    /// <param name="folder">A folder of the repository that is there today.</param>
    /// <param name="isWanted">Whether the file of a path inside the folder, with forward slashes, is wanted.</param>
    public async Task<ImmutableArray<SpecFile>> ReadAsync(string folder, Func<string, bool> isWanted)
    {
        var (code, tree, fault) = await RunAsync(folder, ["ls-tree", "-r", "-z", _commit], null, _cancellation);
        if (code != 0)
        {
            throw new IOException($"git cannot list the files of \"{PackFolder.Shown(folder)}\". {Said(fault)}".TrimEnd());
        }

        var wanted = Encoding.UTF8.GetString(tree).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Entry.Parse)
            .Where(entry => entry.Mode.StartsWith(RegularFile, StringComparison.Ordinal) && isWanted(entry.Path))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal)
            .ToList();
        var (_, blobs, _) = await RunAsync(folder, ["cat-file", "--batch"], string.Concat(wanted.Select(entry => entry.Object + "\n")), _cancellation);
        var files = ImmutableArray.CreateBuilder<SpecFile>(wanted.Count);
        var at = 0;
        foreach (var (_, _, path) in wanted)
        {
            var end = blobs.AsSpan(at).IndexOf((byte)'\n') + at;
            if (end < at || !int.TryParse(Encoding.UTF8.GetString(blobs, at, end - at).Split(' ')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                throw new IOException($"git does not have \"{path}\" as it was: the clone is not complete. Run \"git fetch --refetch\".");
            }

            files.Add(new(path, PackFolder.Shown(Path.Combine(folder, path)), blobs.AsMemory(end + 1, size)));
            at = end + 1 + size + 1;
        }

        return files.DrainToImmutable();
    }

    private static async Task<(int Code, byte[] Output, string Error)> RunAsync(string folder, string[] arguments, string? input, CancellationToken cancellation)
    {
        // Each argument goes to git as it is: no shell reads it.
        var start = new ProcessStartInfo(ProgramPath.Find("git") ?? throw new IOException(NoGit), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["LC_ALL"] = "C";
        using var git = Start(start);
        try
        {
            var output = new MemoryStream();
            var errors = git.StandardError.ReadToEndAsync(cancellation);
            var reading = git.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
            await git.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            git.StandardInput.Close();
            await reading;
            await git.WaitForExitAsync(cancellation);
            return (git.ExitCode, output.ToArray(), await errors);
        }
        catch (OperationCanceledException)
        {
            git.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new IOException(NoGit, fault);
        }
    }

    private static string Text(byte[] output) => Encoding.UTF8.GetString(output).Trim();

    // The last line of what git said, as a sentence.
    private static string Said(string error) =>
        error.Trim().Split('\n')[^1].Trim() is { Length: > 0 } line ? $"git says: {line.TrimEnd('.')}. " : "";

    private sealed record Entry(string Mode, string Object, string Path)
    {
        // "100644 blob 1234abcd<tab>path"
        public static Entry Parse(string line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var words = line[..tab].Split(' ');
            return new(words[0], words[2], line[(tab + 1)..]);
        }
    }
}
