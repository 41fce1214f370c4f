using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Foreign;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>The paths of csk check: content that people already have, or nothing for the project's own specs.</summary>
internal sealed class CheckPaths(CompileRun run)
{
    public Argument<string[]> Paths { get; } = new("PATH")
    {
        Description = "Files and folders of Sentinel content to check: YAML as the Azure-Sentinel repository has it (rules, hunting queries, parsers) and of other forms, ARM templates, workbooks, and queries in files of KQL, text and Markdown. Left out: the project's own specs.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "With a PATH: list each file that was passed over, and why.",
    };

    /// <summary>The project, and the content to check in its place.</summary>
    /// <exception cref="IOException">Something cannot be read.</exception>
    public (ProjectFolder Project, ContentFiles? Content) Read(ParseResult parsed) => parsed.GetValue(Paths) is { Length: > 0 } paths
        ? (ReadProject(parsed, paths), ContentFiles.Find(paths))
        : (ReadOwn(parsed), null);

    /// <summary>Full paths of the files and folders that are checked.</summary>
    public ImmutableArray<string> Roots(ParseResult parsed) => parsed.GetValue(Paths) is { Length: > 0 } paths
        ? [.. paths.Select(Path.GetFullPath)]
        : [parsed.GetRequiredValue(run.Project).FullName];

    /// <summary>Why nothing could be checked, or null.</summary>
    public string? Mistake(ParseResult parsed, Compilation compilation) => compilation.Imported is { Read: 0 } content
        ? $"There is nothing to check in {string.Join(", ", parsed.GetRequiredValue(Paths).Select(path => $"\"{path}\""))}: "
            + (content.PassedOver.IsEmpty ? "no YAML, JSON, KQL or Markdown file is there." : $"{Passed(content, "file")}, none of them a rule, a hunting query, a parser or an ARM template of such.")
            + " Name a folder of Sentinel content."
        : null;

    /// <summary>What was checked, and what to do next.</summary>
    public static string Summarise(Compilation compilation, bool fails)
    {
        if (compilation.Imported is not { } content)
        {
            return fails
                ? "Correct the findings above and run \"csk check\" again."
                : $"Checked {Summary.Of(compilation.Items)}. Next: \"csk generate\" writes them.";
        }

        var passed = content.PassedOver.IsEmpty ? "" : $" Passed over {Passed(content, "other file")}.";
        return $"Checked {(content.Items.IsEmpty ? "no content" : Summary.Of(content.Items))} in {Counted.Of(content.Read, "file")}.{passed}"
            + (fails ? " Correct the findings and run it again; \"csk explain CODE\" says more about one." : "");
    }

    // A green run over the shipped pack alone would say nothing about the files that a person meant.
    private ProjectFolder ReadOwn(ParseResult parsed) => ProjectFolder.Read(parsed.GetRequiredValue(run.Project).FullName) is { Hint: { } hint, MissesRules: true }
        ? throw new IOException($"{hint} Content of other forms is checked by its path: csk check rules")
        : run.ReadProject(parsed);

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

    /// <summary>The files that were passed over, a line each; nothing unless that was asked for.</summary>
    public IEnumerable<string> Listed(ParseResult parsed, Compilation compilation) =>
        parsed.GetValue(Verbose) && compilation.Imported is { } content ? content.PassedOver.Select(file => $"passed over: {file.Path}: {PassedFile.Describe(file.Reason)}") : [];

    private static string Passed(ForeignContent content, string noun)
    {
        var reasons = content.PassedOver.CountBy(file => file.Reason).OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key)
            .Select(reason => FormattableString.Invariant($"{reason.Value} {PassedFile.Describe(reason.Key)}"));
        return $"{Counted.Of(content.PassedOver.Length, noun)}: {string.Join("; ", reasons)}";
    }
}
