using System.CommandLine;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Cli.Scaffold;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk init: a project in a folder, with an example detection, CI and editor settings.</summary>
internal sealed partial class InitCommand(Terminal terminal)
{
    private static readonly (string Name, string[] Leaves)[] Systems =
    [
        ("github", [AzurePipeline]),
        ("azure", [GitHubFolder]),
        ("both", []),
        ("none", [AzurePipeline, GitHubFolder]),
    ];

    private const string AzurePipeline = "azure-pipelines.yaml";
    private const string GitHubFolder = ".github/";

    private readonly Argument<DirectoryInfo> _folder = new("DIR")
    {
        Description = "Folder of the project; it is made if need be. Left out: this one.",
        CustomParser = Choice.Folder,
        DefaultValueFactory = _ => new("."),
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "Name of the project's pack, in lower-case words joined by hyphens. GUIDs depend on it, so it stays once something is deployed. Left out: the folder's name.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _publisher = new("--publisher")
    {
        Description = "Who publishes the content. Left out: the name in words.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _ci = new("--ci")
    {
        Description = "The system whose workflow is written: github (GitHub Actions), azure (Azure DevOps), both or none. Left out: both.",
        CustomParser = Choice.One([.. Systems.Select(system => (system.Name, (string?)system.Name))]),
        HelpName = "SYSTEM",
    };

    public static Command Create(Terminal terminal) => new InitCommand(terminal).Create();

    private Command Create()
    {
        _name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && NameMistake(name) is { } mistake)
            {
                result.AddError("--name: " + mistake);
            }
        });
        _publisher.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var publisher }] && PublisherMistake(publisher) is { } mistake)
            {
                result.AddError("--publisher: " + mistake);
            }
        });
        var command = new Command("init", "Makes a folder a project: kit.yaml, an example detection with tests, workflows for CI, settings and schemas for editors, a hook for git. Asks on a terminal unless an option is given, and overwrites nothing.") { _folder, _name, _publisher, _ci };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(_folder).FullName;
        try
        {
            if (Fault(folder) is { } fault)
            {
                return await terminal.FailAsync(fault);
            }

            var (name, publisher, ci) = Answers(parsed, folder);
            var leaves = Systems.Single(system => system.Name == ci).Leaves;

            // kit.yaml comes last: until it is there, the folder is no project, and a run that was killed can be made again.
            var files = ScaffoldTemplates.Project(name, publisher, VersionAction.Version)
                .Concat(SpecSchema.All.Select(schema => new ScaffoldFile($"{SpecSchema.Folder}/{schema.FileName}", schema.ToText())))
                .Where(file => !Array.Exists(leaves, leave => file.Path.StartsWith(leave, StringComparison.Ordinal)))
                .OrderBy(file => file.Path == "kit.yaml")
                .ToList();
            var result = ScaffoldWriter.Write(folder, files);
            await ReportAsync(folder, result);
            return ExitCodes.Clean;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await terminal.FailAsync(fault.Message);
        }
    }

    private async Task ReportAsync(string folder, ScaffoldWriter.Result result)
    {
        foreach (var path in result.Written)
        {
            await terminal.Out.WriteLineAsync("new   " + path);
        }

        foreach (var path in result.Kept)
        {
            await terminal.Out.WriteLineAsync("kept  " + path + " (it was there before and says something else)");
        }

        await terminal.Out.WriteLineAsync();
        await terminal.Out.WriteLineAsync($"{PackFolder.Shown(folder)} is a project: {Counted.Of(result.Written.Length, "file")} written. Next{(Here(folder) ? "" : $", in {PackFolder.Shown(folder)}")}:");
        string[] steps =
        [
            .. OutputFolder.InRepository(folder) is null ? ["git init", "git config core.hooksPath .githooks"] : new[] { "git config core.hooksPath .githooks" },
            "csk test --filter guest-opens-resources",
            "csk generate",
            "csk new detection my-detection",
        ];
        foreach (var step in steps)
        {
            await terminal.Out.WriteLineAsync("  - " + step);
        }
    }

    private (string Name, string Publisher, string Ci) Answers(ParseResult parsed, string folder)
    {
        var (name, publisher, ci) = (parsed.GetValue(_name), parsed.GetValue(_publisher), parsed.GetValue(_ci));
        var someone = name is null && publisher is null && ci is null ? terminal : terminal with { Answers = null };
        name ??= Questions.Ask(someone, "Name of the project, part of every GUID", Suggested(folder), NameMistake);
        publisher ??= Questions.Ask(someone, "Who publishes the content", InWords(name), PublisherMistake);
        ci ??= Questions.Ask(someone, "CI: github, azure, both or none", "both", answer => Array.Exists(Systems, system => system.Name == answer) ? null : "One of github, azure, both, none.");
        return (name, publisher, ci);
    }

    private static string? Fault(string folder) =>
        File.Exists(folder) ? $"\"{PackFolder.Shown(folder)}\" is a file. Name a folder, which need not exist."
        : PackFolder.KitFiles(folder).FirstOrDefault() is { } kit ? $"\"{PackFolder.Shown(kit)}\" makes this folder a project already, and nothing was changed. Add to it with \"csk new\"; for a second project, name another folder."
        : Path.GetRelativePath(folder, PackFolder.Shipped()) == "." ? "This folder holds csk itself. Name another folder."
        : null;

    private static string? NameMistake(string name) =>
        Forms.Id.Matches(name) ? null : $"\"{name}\" is no name for a project: it is of {Forms.Id.Expected}.";

    private static string? PublisherMistake(string publisher) =>
        publisher.Trim().Length == 0 || publisher.Any(char.IsControl) ? "Name the publisher in one line of text." : null;

    // The folder's name as an id; a folder whose name has no letters is none.
    private static string Suggested(string folder)
    {
        var words = string.Join('-', Word().Matches(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)).ToLowerInvariant()).Select(match => match.Value));
        return Forms.Id.Matches(words) ? words : "my-sentinel-content";
    }

    private static string InWords(string name)
    {
        var words = name.Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static bool Here(string folder) => PackFolder.Shown(folder) == ".";

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Word();
}
