using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Kql.Templates;

namespace CopilotSentinelKit.Pack;

/// <summary>Template files by name: the path under templates/ without <c>.liquid</c> or <c>.scriban</c>, such as <c>parsers/events</c>.</summary>
/// <param name="Files">The files; a project's own stand in for shipped ones of the same name.</param>
public sealed record TemplateSet(ImmutableSortedDictionary<string, SourceFile> Files)
{
    /// <summary>How the names of template files end.</summary>
    internal static ImmutableArray<string> Extensions { get; } = [".liquid", ".scriban"];

    /// <summary>What a template is written in, which its file's name says.</summary>
    public static TemplateLanguage LanguageOf(SourceFile template) =>
        template.Path.EndsWith(".scriban", StringComparison.Ordinal) ? TemplateLanguage.Scriban : TemplateLanguage.Liquid;

    /// <summary>Names in a folder, without it: <c>detections</c> gives <c>first-seen</c>, ...</summary>
    public IEnumerable<string> NamesIn(string folder) => Files.Keys
        .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
        .Select(name => name[(folder.Length + 1)..]);
}
