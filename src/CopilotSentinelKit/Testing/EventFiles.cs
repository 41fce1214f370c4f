using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Testing;

/// <summary>The files that tests name, by their path as seen from the spec. Only files of the same pack, project or repository can be named.</summary>
internal sealed class EventFiles
{
    private const string Folder = "rules/events/";
    private readonly Dictionary<string, SourceFile?> _read = new(StringComparer.Ordinal);
    private readonly Func<Spanned<string>, (SpecFile? File, Finding? Missing)> _find;
    private readonly ICollection<Finding> _findings;

    private EventFiles(Func<Spanned<string>, (SpecFile? File, Finding? Missing)> find, ICollection<Finding> findings) => (_find, _findings) = (find, findings);

    /// <summary>Those of packs: nothing is read that was not read with the pack.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project.</param>
    /// <param name="findings">Takes what is wrong with a file.</param>
    public static EventFiles Of(IEnumerable<SpecFile> shipped, IEnumerable<SpecFile> project, ICollection<Finding> findings)
    {
        var places = new Dictionary<string, (IEnumerable<SpecFile> Layer, string PackPath)>(StringComparer.Ordinal);
        foreach (var layer in new[] { shipped, project })
        {
            foreach (var file in layer)
            {
                places[file.ShownPath] = (layer, file.PackPath);
            }
        }

        return new(
            path =>
            {
                var (layer, from) = places[path.Span.File.Path];
                var wanted = RepositoryFiles.Resolve(from, path.Value);
                return layer.FirstOrDefault(file => file.PackPath == wanted) is { } found && wanted.StartsWith(Folder, StringComparison.Ordinal)
                    ? (found, null)
                    : (null, TestFindings.NoEventFile(path.Span, path.Value, Folder, layer.Where(file => file.PackPath.StartsWith(Folder, StringComparison.Ordinal)).Select(file => Relative(from, file.PackPath))));
            },
            findings);
    }

    /// <summary>Those of a repository of existing content.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="findings">Takes what is wrong with a file.</param>
    public static EventFiles Of(RepositoryFiles files, ICollection<Finding> findings) => new(
        path => files.Beside(path) is { } found ? (files.Read(found), null) : (null, TestFindings.NoEventFile(path.Span, path.Value, null, files.Near(path))),
        findings);

    /// <summary>The text of a file, or null after a finding.</summary>
    public SourceFile? Read(Spanned<string> path)
    {
        var (found, missing) = _find(path);
        if (found is null)
        {
            _findings.Add(missing!);
            return null;
        }

        if (!_read.TryGetValue(found.ShownPath, out var text))
        {
            text = EventText.Decode(found, _findings);
            _read.Add(found.ShownPath, text);
        }

        return text;
    }

    private static string Relative(string from, string packPath) =>
        string.Concat(Enumerable.Repeat("../", from.Count(character => character == '/') - 1)) + packPath["rules/".Length..];
}
