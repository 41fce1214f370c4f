using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Pack;

/// <summary>Template files by name: the path under templates/ without <c>.scriban</c>, such as <c>parsers/events</c>.</summary>
/// <param name="Files">The files; a project's own stand in for shipped ones of the same name.</param>
public sealed record TemplateSet(ImmutableSortedDictionary<string, SourceFile> Files)
{
    /// <summary>Paths of files that nothing has to use: those of the kit, in a project that leaves out its detections.</summary>
    public ImmutableHashSet<string> Spare { get; init; } = [];

    /// <summary>Names in a folder, without it: <c>detections</c> gives <c>first-seen</c>, ...</summary>
    public IEnumerable<string> NamesIn(string folder) => Files.Keys
        .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
        .Select(name => name[(folder.Length + 1)..]);
}
