using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk backtest: runs the rules and hunts over a real workspace as if the time were an earlier one.</summary>
internal sealed class BacktestCommand(Terminal terminal)
{
    private readonly CompileRun _run = new(terminal);
    private readonly WorkspaceOptions _workspace = new();
    private readonly BacktestOptions _options = new();

    private readonly Option<Form> _form = new("--format")
    {
        Description = "What is printed: text or json. Left out: text.",
        CustomParser = Choice.One(("text", Form.Text), ("json", Form.Json)),
        HelpName = "FORMAT",
    };

    public static Command Create(Terminal terminal) => new BacktestCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command(
            "backtest",
            "Runs the project's rules and hunts over the last days of a Log Analytics workspace, each as Sentinel would have run it, and counts rows and alerts. It only reads. It has been tried against a server of the kit's own, not against the live service.");
        command.Options.Add(_run.Project);
        command.Options.Add(_run.Environment);
        _workspace.AddTo(command);
        _options.AddTo(command);
        command.Options.Add(_form);
        command.Options.Add(_run.NoCache);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (_workspace.Mistake(parsed) is { } mistake)
        {
            return await terminal.FailAsync(mistake);
        }

        var (plan, code) = await PlanAsync(parsed, cancellation);
        if (plan is null)
        {
            return code;
        }

        var requests = plan.Batches.Length;
        if (requests > _options.Limit(parsed))
        {
            var most = plan.Batches.CountBy(batch => batch.Detection.Item.Id.Value).MaxBy(count => count.Value);
            await terminal.Error.WriteLineAsync(FormattableString.Invariant(
                $"csk: error: This takes {requests} queries, {most.Value} of them for \"{most.Key}\", and --limit allows {_options.Limit(parsed)}. Choose detections with --filter, ask for fewer --days, let --every 1d run each once a day, or raise --limit."));
            return ExitCodes.Usage;
        }

        using var http = WorkspaceOptions.Client();
        var runner = new BacktestRunner(_workspace.Workspace(parsed, http));
        var outcomes = await Progress.ShowAsync(terminal, progress => runner.RunAsync(plan, progress, cancellation));

        await (parsed.GetValue(_form) == Form.Json
            ? terminal.Data.WriteAsync(BacktestJson.Write(plan, outcomes))
            : terminal.Out.WriteAsync(BacktestText.Write(plan, outcomes, _workspace.Name(parsed))));
        return await FinishAsync(parsed, outcomes);
    }

    /// <summary>Prints what went wrong; the exit code.</summary>
    private async Task<int> FinishAsync(ParseResult parsed, ImmutableArray<BacktestOutcome> outcomes)
    {
        ImmutableArray<Finding> faults = [.. outcomes.SelectMany(outcome => outcome.Faults).Select(fault => fault.Finding)];
        if (faults.FirstOrDefault(fault => fault.Code is "CSK1189" or "CSK1191" or "CSK1194") is { } locked && outcomes.All(outcome => outcome.Days.IsEmpty))
        {
            await terminal.Error.WriteLineAsync($"csk: error {locked.Code}: {locked.Message}");
            return ExitCodes.Usage;
        }

        _run.Print(parsed, faults.Sorted());
        return faults.IsEmpty ? ExitCodes.Clean : ExitCodes.Findings;
    }

    /// <summary>What to run; null and an exit code when there is nothing, which has been printed.</summary>
    private async Task<(BacktestPlan? Plan, int Code)> PlanAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Compilation? compilation = null;
        var plan = await _run.WorkAsync<PlanOrNothing>(
            parsed,
            () => (_run.ReadProject(parsed), null),
            async bench =>
            {
                compilation = await bench.CompileAsync();
                return compilation.HasErrors || Unknown(parsed, compilation.Items) is not null
                    ? new(null)
                    : new(BacktestPlan.Create(compilation.Items, compilation.Analyzed, _options.Filter(parsed), _options.Until(parsed), _options.Length(parsed), _options.Every(parsed)));
            },
            cancellation);
        if (plan is null || compilation is null)
        {
            return (null, ExitCodes.Usage);
        }

        if (compilation.HasErrors)
        {
            _run.Print(parsed, compilation.Findings);
            await terminal.Error.WriteLineAsync("Nothing was run. Correct the findings above first.");
            return (null, ExitCodes.Findings);
        }

        if (Unknown(parsed, compilation.Items) is { } mistake)
        {
            await terminal.Error.WriteLineAsync("csk: error: " + mistake);
            return (null, ExitCodes.Usage);
        }

        return (plan.Plan, ExitCodes.Clean);
    }

    private string? Unknown(ParseResult parsed, ImmutableArray<ContentItem> items)
    {
        var known = BacktestPlan.Candidates(items).Select(item => item.Id.Value).ToList();
        return _options.Filter(parsed).FirstOrDefault(id => !known.Contains(id)) is { } unknown
            ? $"--filter: There is no rule or hunt \"{unknown}\".{Nearest.Hint(unknown, known)}"
            : null;
    }

    private enum Form
    {
        Text,
        Json,
    }

    private sealed record PlanOrNothing(BacktestPlan? Plan);
}
