using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>The files that csk init and csk new start from: templates/init is a project that works as it stands, templates/new holds a
/// spec of each kind. They are files like those that come of them, with a few words that are replaced.</summary>
internal static class ScaffoldTemplates
{
    private const string SampleProject = "contoso-copilot";
    private const string SampleVersion = "0.0.0";
    private const string SampleId = "example-id";
    private const string SampleAlias = "ExampleAlias";
    private const string SampleField = "ExampleField";
    private const string SampleName = "Example name";

    private static readonly string[] Folders = ["templates/init/", "templates/new/"];

    /// <summary>Whether a path in a pack or project is that of a file to start from, and so no template of a query.</summary>
    public static bool Holds(string path) => Array.Exists(Folders, folder => path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>A project's first files.</summary>
    /// <param name="name">Its name, an id.</param>
    /// <param name="publisher">Any text of one line.</param>
    /// <param name="version">The kit's version.</param>
    /// <exception cref="IOException">A file of the kit cannot be read.</exception>
    public static ImmutableArray<ScaffoldFile> Project(string name, string publisher, string version)
    {
        var root = Path.Combine(PackFolder.Shipped(), "templates", "init");
        var publishers = Entry("publisher", publisher);
        return
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(path => new ScaffoldFile(Path.GetRelativePath(root, path).Replace('\\', '/'), Read(path)))
                .OrderBy(file => file.Path, StringComparer.Ordinal)
                .Select(file => file with
                {
                    Text = file.Text
                        .Replace("publisher: Contoso", publishers, StringComparison.Ordinal)
                        .Replace(SampleProject, name, StringComparison.Ordinal)
                        .Replace(SampleVersion, version, StringComparison.Ordinal),
                }),
        ];
    }

    /// <summary>The text of a new spec.</summary>
    /// <param name="project">The project's folder: a file of that name in its templates/new takes the place of the kit's.</param>
    /// <param name="template">A file in templates/new.</param>
    /// <param name="id">The id, alias or field that is new.</param>
    /// <param name="name">The name for people, any text of one line.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Spec(string project, string template, string id, string name)
    {
        var own = Path.Combine(project, "templates", "new", template);
        var text = File.Exists(own)
            ? Encoding.UTF8.GetString(PackFolder.ReadOwn(project, own).Span).TrimStart('\uFEFF').ReplaceLineEndings("\n")
            : Read(Path.Combine(PackFolder.Shipped(), "templates", "new", template));
        return new[] { SampleId, SampleAlias, SampleField }
            .Aggregate(text, (filled, sample) => filled.Replace(sample, id, StringComparison.Ordinal))
            .Replace("name: " + SampleName, Entry("name", name), StringComparison.Ordinal)
            .Replace(SampleName, name, StringComparison.Ordinal);
    }

    // In one line: the writer's block form for what needs quotes is for machines.
    private static string Entry(string key, string value) => YamlOutput.Write(OutputMap.Of((key, value))).TrimEnd('\n') is var plain && !plain.Contains('\n', StringComparison.Ordinal)
        ? plain
        : $"{key}: \"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
