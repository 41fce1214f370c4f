using System.CommandLine;
using CopilotSentinelKit.Findings;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk check: everything that generate finds, or the same about content that people already have; no content is written.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new CompileRun(terminal);
        var paths = new CheckPaths(run);
        var fixes = new FixOptions(terminal);
        var since = new SinceOption();
        var baseline = new BaselineOptions(terminal);
        var command = new Command("check", "Finds everything that generate would find in the mapping, the detections and every query, and writes no content. With a PATH, it checks content that you already have.");
        command.Arguments.Add(paths.Paths);
        run.AddTo(command);
        command.Options.Add(paths.Verbose);
        command.Options.Add(run.Portal);
        fixes.AddTo(command);
        command.Options.Add(since.Revision);
        baseline.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            FixResult? fixedFiles = null;
            var compilation = await run.WorkAsync(
                parsed,
                () => paths.Read(parsed),
                async bench =>
                {
                    var roots = paths.Roots(parsed);
                    var first = await bench.CompileAsync();
                    fixedFiles = await fixes.ApplyAsync(parsed, bench.Content is null ? EditableFiles.OfProject(roots[0]) : new(roots), first.Findings, async texts => (await bench.CompileAsync(texts)).Findings);
                    var last = fixedFiles is null || parsed.GetValue(fixes.DryRun) ? first : await bench.CompileAsync(fixedFiles.Texts);
                    return baseline.Apply(parsed, last.With([.. await since.FindAsync(parsed, roots, bench, last), .. Compiler.CheckFormats(last)]), run.Files);
                },
                cancellation);
            if (compilation is null)
            {
                return ExitCodes.Usage;
            }

            fixes.Print(parsed, fixedFiles);
            run.Print(parsed, compilation.Findings, compilation.Suppressed.Length);
            foreach (var line in paths.Listed(parsed, compilation))
            {
                await terminal.Error.WriteLineAsync(line);
            }

            if (paths.Mistake(parsed, compilation) is { } mistake)
            {
                return await terminal.FailAsync(mistake);
            }

            var fails = run.Fails(parsed, compilation.Findings);
            await (fails && compilation.Imported is null ? terminal.Error : run.Results(parsed)).WriteLineAsync(CheckPaths.Summarise(compilation, fails));
            return run.Report(parsed, compilation, [], fails ? ExitCodes.Findings : ExitCodes.Clean);
        });
        return command;
    }
}
