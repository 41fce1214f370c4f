using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Import;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk plan: what a deployment would change in a workspace, and what somebody changed there.</summary>
internal sealed class PlanCommand(Terminal terminal)
{
    private static readonly ImmutableArray<(PlannedChange Change, string Word, string Meaning)> Words =
    [
        (PlannedChange.New, "new", "not in the workspace"),
        (PlannedChange.Changed, "changed", "a deployment updates it"),
        (PlannedChange.Edited, "edited in the workspace", "a deployment undoes that"),
        (PlannedChange.Orphaned, "left behind", "no spec makes it any more, and a deployment deletes nothing"),
    ];

    private readonly CompileRun _run = new(terminal);

    private readonly Option<string[]> _deployed = new("--deployed")
    {
        Description = "Exports of the workspace, JSON files or folders of them: answers of the REST API (alertRules, savedSearches, watchlists, workbooks) or of the Azure CLI, or ARM templates as the portal exports them.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "PATH",
    };

    private readonly ManagedWorkspaceOptions _workspace = new();

    public static Command Create(Terminal terminal) => new PlanCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("plan", "Compares the content with a workspace, or an export of one: what a deployment would make and update, what somebody edited or switched off there, what no spec makes any more. Writes nothing; exit code 1 when the workspace has drifted.") { _deployed };
        _workspace.AddTo(command);
        _run.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var project = parsed.GetRequiredValue(_run.Project).FullName;
        var (exports, mistake) = await ReadAsync(parsed, cancellation);
        if (mistake is not null)
        {
            return await terminal.FailAsync(mistake);
        }

        var compilation = await _run.CompileAsync(parsed, cancellation);
        if (compilation is null)
        {
            return ExitCodes.Usage;
        }

        if (compilation is not { HasErrors: false, Pack: { } pack })
        {
            await terminal.Error.WriteLineAsync("Nothing was compared. Correct the errors above and run \"csk plan\" again.");
            return _run.Report(parsed, compilation, [], ExitCodes.Findings);
        }

        ImmutableArray<SpecFile> written;
        ImmutableArray<ContentEntry> known;
        try
        {
            var output = Path.Combine(project, pack.Output);
            var lockFile = Path.Combine(output, LockFile.Path);
            known = File.Exists(lockFile) ? LockFile.ReadContent(new(PackFolder.Shown(lockFile), await File.ReadAllTextAsync(lockFile, cancellation))) ?? [] : [];
            var arm = Path.Combine(output, "arm");
            written = Directory.Exists(arm) ? ReadJson(arm) : [];
        }
        catch (IOException fault)
        {
            return await terminal.FailAsync(fault.Message);
        }

        var findings = new List<Finding>();
        var plan = DeploymentPlan.Of(compilation.Items, exports, written, known, findings);
        _run.Print(parsed, [.. findings]);
        await _run.Results(parsed).WriteAsync(string.Concat(plan.Items.Select(Text)) + Summary(plan));
        return _run.Report(parsed, compilation.With([.. findings]), [], findings.Count > 0 || plan.HasDrifted ? ExitCodes.Findings : ExitCodes.Clean);
    }

    /// <summary>What the workspace has: from files, or from the workspace itself.</summary>
    private async Task<(ImmutableArray<SpecFile> Exports, string? Mistake)> ReadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (_workspace.IsGiven(parsed) == (parsed.GetValue(_deployed) is { Length: > 0 }))
        {
            return ([], "Name the workspace with --workspace, or exports of it with --deployed: one of the two.");
        }

        try
        {
            if (!_workspace.IsGiven(parsed))
            {
                var files = ReadJson(parsed.GetRequiredValue(_deployed));
                return (files, files.IsEmpty ? "There is no JSON file in what --deployed names. Export the workspace first, for example with \"az rest --url .../alertRules?api-version=2025-09-01\"." : null);
            }

            if (_workspace.Mistake(parsed) is { } mistake)
            {
                return ([], mistake);
            }

            using var http = WorkspaceOptions.Client();
            var (pages, fault) = await _workspace.Content(parsed, http).ReadAsync(cancellation);
            return (pages, fault is null ? null : $"{fault.Code}: {fault.Message} It was asked for {fault.Span.File.Path}.");
        }
        catch (IOException fault)
        {
            return ([], fault.Message);
        }
    }

    private static ImmutableArray<SpecFile> ReadJson(params string[] paths) =>
        [.. ContentFiles.Find(paths).Read().Where(file => file.PackPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))];

    private static string Text(PlannedItem item)
    {
        var (_, word, meaning) = Words.First(entry => entry.Change == item.Change);
        return $"{item.Kind} {item.Id}: {word}; {meaning}\n" + string.Concat(item.Differences.Select(line => $"  {line}\n"));
    }

    private static string Summary(DeploymentPlan plan)
    {
        var counts = Words.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{plan.Items.Count(item => item.Change == entry.Change)} {entry.Word}"));
        var next = plan.HasDrifted ? "Next:\n  - Take what was edited in the workspace into the specs (kit.yaml changes severity, schedule and parameters), or deploy to undo it.\n  - Delete by hand what is left behind.\n"
            : plan.Items.IsEmpty ? "Next:\n  - Nothing: the workspace has all of it.\n"
            : "Next:\n  - csk generate writes the content; a push, or az deployment, brings it to the workspace.\n";
        return $"{string.Join(", ", counts)}, {plan.Same} as they are; {plan.Others} of the workspace are none of this project's.\n{next}";
    }
}
