using System.CommandLine;
using CopilotSentinelKit.Import;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk check PATH...: the same checks over content that people already have.</summary>
internal sealed class CheckFiles(Terminal terminal, CompileRun run)
{
    public Argument<string[]> Paths { get; } = new("PATH")
    {
        Description = "Files and folders of Sentinel content to check: YAML as the Azure-Sentinel repository has it (rules, hunting queries, parsers) and ARM templates. Left out: the project's own specs.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Checks the paths and says what was checked.</summary>
    public async Task<int> RunAsync(ParseResult parsed, string[] paths, CancellationToken cancellation)
    {
        var result = await run.RunAsync(
            parsed,
            () => (Project: ReadProject(parsed, paths), Content: ContentFiles.Find(paths)),
            (compiler, files, progress) => compiler.CheckAsync(files.Project.Shipped, files.Project.Own, files.Content.Read(), progress, cancellation));
        if (result is null)
        {
            return ExitCodes.Usage;
        }

        run.Print(result.Findings);
        if (result.Content.Read == 0)
        {
            await terminal.Error.WriteLineAsync("csk: error: " + Nothing(result.Content, paths));
            return ExitCodes.Usage;
        }

        var fails = run.Fails(parsed, result.Findings);
        await terminal.Out.WriteLineAsync(Summarise(result.Content) + (fails ? " Correct the findings and run it again." : ""));
        return fails ? ExitCodes.Findings : ExitCodes.Clean;
    }

    /// <summary>The project that declares what the workspace has: that of --project, else one whose kit.yaml is in a folder that is checked.</summary>
    private ProjectFolder ReadProject(ParseResult parsed, string[] paths)
    {
        var project = parsed.GetRequiredValue(run.Project).FullName;
        var beside = parsed.GetResult(run.Project) is { Implicit: false } || PackFolder.KitFiles(project).Any()
            ? null
            : paths.Select(path => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!)
                .FirstOrDefault(folder => Directory.Exists(folder) && PackFolder.KitFiles(folder).Any());
        return ProjectFolder.Read(beside ?? project);
    }

    private static string Summarise(ImportedContent content) =>
        $"Checked {(content.Items.IsEmpty ? "no content" : Summary.Of(content.Items))} in {Counted.Of(content.Read, "file")}."
        + (content.PassedOver > 0 ? $" Passed over {Counted.Of(content.PassedOver, "other file")}{Specs(content)}." : "");

    private static string Specs(ImportedContent content) =>
        content.Specs > 0 ? $", of which {Counted.Of(content.Specs, "spec")} of the kit (\"csk check\" without a path checks those)" : "";

    private static string Nothing(ImportedContent content, string[] paths) =>
        $"There is nothing to check in {string.Join(", ", paths.Select(path => $"\"{path}\""))}: "
        + (content.PassedOver == 0 ? "no YAML or JSON file is there." : $"{Counted.Of(content.PassedOver, "file")}{Specs(content)}, none of them a rule, a hunting query, a parser or an ARM template of such.")
        + " Name a folder of Sentinel content.";
}
