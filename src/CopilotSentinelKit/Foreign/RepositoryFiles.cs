using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Foreign;

/// <summary>The files of a repository of content; each is read when somebody asks for it.</summary>
public sealed class RepositoryFiles
{
    private readonly Dictionary<string, string> _byShown = new(StringComparer.Ordinal);
    private readonly Func<string, SpecFile> _open;

    /// <param name="paths">Paths from the root of the repository, with forward slashes.</param>
    /// <param name="open">Reads a file by such a path.</param>
    public RepositoryFiles(IEnumerable<string> paths, Func<string, SpecFile> open)
    {
        Paths = [.. paths.Order(StringComparer.Ordinal)];
        _open = open;
    }

    /// <summary>All paths, in ordinal order.</summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>A file by its path.</summary>
    public SpecFile Read(string path)
    {
        // Their bytes are not kept: a repository may be large.
        var file = _open(path);
        _byShown[file.ShownPath] = path;
        return file;
    }

    /// <summary>The same with another file in it, or another text of one.</summary>
    public RepositoryFiles With(SpecFile file) => new([.. Paths.Where(path => path != file.PackPath), file.PackPath], path => path == file.PackPath ? file : _open(path));

    /// <summary>The path of the file that a file of the repository names as seen from itself, or null when there is none.</summary>
    internal string? Beside(Spanned<string> path) =>
        _byShown.GetValueOrDefault(path.Span.File.Path) is { } from && Resolve(from, path.Value) is var wanted && Paths.BinarySearch(wanted, StringComparer.Ordinal) >= 0 ? wanted : null;

    /// <summary>Files of the folder that such a path leads to, as it would name them.</summary>
    internal IEnumerable<string> Near(Spanned<string> path)
    {
        var folder = path.Value[..(path.Value.LastIndexOf('/') + 1)];
        var wanted = Resolve(_byShown.GetValueOrDefault(path.Span.File.Path) ?? "", folder + "x")[..^1];
        return Paths.Where(known => known.StartsWith(wanted, StringComparison.Ordinal) && known.IndexOf('/', wanted.Length) < 0).Select(known => folder + known[wanted.Length..]);
    }

    /// <summary>A relative path as seen from a file; empty when it leads out of the root.</summary>
    internal static string Resolve(string from, string path)
    {
        var parts = from.Split('/')[..^1].ToList();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                // Above the root there is nothing to find.
                if (parts.Count == 0)
                {
                    return "";
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
