using System.Collections.Immutable;

namespace CopilotSentinelKit.Cli;

/// <summary>Waits for changes of what a project is compiled from: kit.yaml, rules/ and templates/, and those of the kit's own. What changed
/// since this was made counts, so make it before reading the files.</summary>
internal sealed class ProjectChanges : IDisposable
{
    // Editors save in several steps, and a check-out changes many files.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private static readonly string[] Parts = ["rules", "templates"];

    private readonly ImmutableArray<FileSystemWatcher> _watchers;
    private readonly SemaphoreSlim _changed = new(0);

    /// <param name="folders">Folders of the project and of the shipped pack.</param>
    /// <exception cref="IOException">The system watches no more folders; the message says what to do.</exception>
    public ProjectChanges(params IEnumerable<string> folders) => _watchers = [.. folders.Select(Path.GetFullPath).Distinct().SelectMany(Watch)];

    /// <summary>Waits for a change, and for the end of those that come with it.</summary>
    /// <returns>Whether there was one: false when waiting was cancelled.</returns>
    public async Task<bool> NextAsync(CancellationToken cancellation)
    {
        try
        {
            await _changed.WaitAsync(cancellation);
            while (await _changed.WaitAsync(Pause, cancellation))
            {
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var watcher in _watchers)
        {
            watcher.Dispose();
        }

        _changed.Dispose();
    }

    private IEnumerable<FileSystemWatcher> Watch(string folder)
    {
        // Not the whole folder with all below it: there are the output, packages and what git keeps.
        yield return Started(folder, folder, below: false);
        foreach (var part in Parts.Select(name => Path.Combine(folder, name)).Where(Directory.Exists))
        {
            yield return Started(folder, part, below: true);
        }
    }

    private FileSystemWatcher Started(string project, string folder, bool below)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = below };
        watcher.Changed += (_, change) => Tell(change.FullPath);
        watcher.Created += (_, change) => Tell(change.FullPath);
        watcher.Deleted += (_, change) => Tell(change.FullPath);
        watcher.Renamed += (_, change) =>
        {
            Tell(change.OldFullPath);
            Tell(change.FullPath);
        };
        watcher.Error += (_, _) => _changed.Release();
        watcher.EnableRaisingEvents = true;
        return watcher;

        void Tell(string path)
        {
            // A folder that comes or goes takes its files with it.
            var name = Path.GetRelativePath(project, path).Replace('\\', '/');
            if (PackFolder.Reads(name) || Parts.Contains(name) || (below && Path.GetExtension(name).Length == 0))
            {
                _changed.Release();
            }
        }
    }
}
