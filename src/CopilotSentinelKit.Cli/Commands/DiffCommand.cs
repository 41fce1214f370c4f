using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk diff: what changes in the project do to each piece of content.</summary>
internal sealed class DiffCommand(Terminal terminal)
{
    private readonly CompileRun _run = new(terminal);

    private readonly Option<string> _since = SinceOption.Of(
        "The git revision to compare with, such as origin/main; counts from the last commit that it and the checked-out one share. Left out: HEAD, the last commit.");

    public static Command Create(Terminal terminal) => new DiffCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("diff", "Says in words what changed specs, parameters and layers do to every rule, hunt, parser, workbook and watchlist: values, lines of queries, columns that they return. Writes nothing.") { _since };
        _run.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var since = parsed.GetValue(_since) ?? "HEAD";
        var project = parsed.GetRequiredValue(_run.Project).FullName;
        Compilation? before = null;
        var now = await _run.WorkAsync(
            parsed,
            () => (_run.ReadProject(parsed), null),
            async bench =>
            {
                before = await PastProject.CompileAsync(await GitRevision.OpenAsync(project, since, bench.Cancellation), project, bench);
                return await bench.CompileAsync();
            },
            cancellation);
        if (now is null || before is null)
        {
            return ExitCodes.Usage;
        }

        _run.Print(parsed, now.Findings, now.Suppressed.Length);
        if (now.HasErrors)
        {
            await terminal.Error.WriteLineAsync("Nothing was compared. Correct the errors above and run \"csk diff\" again.");
            return _run.Report(parsed, now, [], ExitCodes.Findings);
        }

        if (before.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error)
        {
            await terminal.Error.WriteLineAsync($"csk: note: The project had errors at {since}, and what they kept from compiling is shown as new. The first: {error.Span}: {error.Code}: {error.Message}");
        }

        var differences = ContentDiff.Between((before.Items, before.Analyzed), (now.Items, now.Analyzed));
        await _run.Results(parsed).WriteAsync(string.Concat(differences.Select(Text)) + Summary(differences, now, since));
        return _run.Report(parsed, now, [], _run.Fails(parsed, now.Findings) ? ExitCodes.Findings : ExitCodes.Clean);
    }

    private static string Text(ContentDifference difference)
    {
        var versions = difference switch
        {
            { Before: null } => $"new, version {difference.Now}",
            { Now: null } => $"gone, was version {difference.Before}",
            _ when difference.Before != difference.Now => $"version {difference.Before} to {difference.Now}",
            _ => $"version {difference.Now}, as before",
        };
        return $"{difference.Kind} {difference.Id} ({versions})\n" + string.Concat(difference.Changes.Select(change => $"  {change}\n"));
    }

    private static string Summary(ImmutableArray<ContentDifference> differences, Compilation now, string since)
    {
        var (added, gone) = (differences.Count(difference => difference.Before is null), differences.Count(difference => difference.Now is null));
        var changed = differences.Length - added - gone;
        var counts = $"Since {since}: {changed} changed, {added} new, {gone} gone, {now.Items.Length - changed - added} unchanged.\n";
        return differences.IsEmpty ? counts
            : counts + $"Next:\n  - csk check --since {since} says which versions to raise.\n  - csk generate writes the content.\n";
    }
}
