using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Testing;

/// <summary>The files that tests name, by their path as seen from the spec. Only files of the same pack or project can be named: nothing is
/// read that was not read with it.</summary>
internal sealed class EventFiles
{
    private const string Folder = "rules/events/";
    private readonly Dictionary<string, (ImmutableArray<SpecFile> Layer, string PackPath)> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<SpecFile, SourceFile?> _read = [];
    private readonly ICollection<Finding> _findings;

    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project.</param>
    /// <param name="findings">Takes what is wrong with a file.</param>
    public EventFiles(ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, ICollection<Finding> findings)
    {
        _findings = findings;
        foreach (var layer in new[] { shipped, project })
        {
            foreach (var file in layer)
            {
                _places[file.ShownPath] = (layer, file.PackPath);
            }
        }
    }

    /// <summary>The text of a file, or null after a finding.</summary>
    public SourceFile? Read(Spanned<string> path)
    {
        var (layer, from) = _places[path.Span.File.Path];
        var wanted = Resolve(from, path.Value);
        if (layer.FirstOrDefault(file => file.PackPath == wanted) is not { } found || !wanted.StartsWith(Folder, StringComparison.Ordinal))
        {
            _findings.Add(TestFindings.NoEventFile(path.Span, path.Value, Folder, layer.Where(file => file.PackPath.StartsWith(Folder, StringComparison.Ordinal)).Select(file => Relative(from, file.PackPath))));
            return null;
        }

        if (!_read.TryGetValue(found, out var text))
        {
            text = EventText.Decode(found, _findings);
            _read.Add(found, text);
        }

        return text;
    }

    private static string Resolve(string from, string path)
    {
        var parts = from.Split('/')[..^1].ToList();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                // Above the pack there is nothing to find.
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

    private static string Relative(string from, string packPath) =>
        string.Concat(Enumerable.Repeat("../", from.Count(character => character == '/') - 1)) + packPath["rules/".Length..];
}
