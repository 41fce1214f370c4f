using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>A first test of a rule that people already have, in a folder "tests" beside it.</summary>
internal sealed class NewContentTest(Terminal terminal, CompileRun run)
{
    private sealed record Draft(string? Text, ImmutableArray<Finding> Findings);

    /// <summary>Writes it and says what comes next; the exit code.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The file with the query, which exists.</param>
    /// <param name="item">Which of its queries, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<int> WriteAsync(ParseResult parsed, string path, string? item, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var name = Path.GetFileNameWithoutExtension(path) + (item is null ? "" : "." + string.Concat(item.Select(letter => char.IsLetterOrDigit(letter) ? letter : '-')));
        var test = Path.Combine(folder, "tests", name + ".yaml");
        if (Path.Exists(test))
        {
            return await terminal.FailAsync($"\"{PackFolder.Shown(test)}\" is there already, and nothing was written. Add the tests to it.");
        }

        var draft = await run.WorkAsync(
            parsed,
            () => (run.ReadProject(parsed), null),
            async bench =>
            {
                var repository = RepositoryFolder.Open([path]);
                var (text, findings) = await bench.Compiler.DraftTestAsync(
                    bench.Project.Shipped, bench.Project.Own, repository.Files, repository.FileAt(test), "../" + Path.GetFileName(path), item, new LocalEngine(), bench.Cancellation);
                return new Draft(text, findings);
            },
            cancellation);
        if (draft is null)
        {
            return ExitCodes.Usage;
        }

        if (draft.Text is null)
        {
            return await terminal.FailAsync(string.Join(' ', draft.Findings.Select(finding => finding.Message.Replace("Say under \"item\" which one", "Name one with --item", StringComparison.Ordinal))));
        }

        try
        {
            SafeFile.Write(test, draft.Text, overwrite: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await terminal.FailAsync($"\"{PackFolder.Shown(test)}\" cannot be written: {fault.Message}");
        }

        run.Print(parsed, draft.Findings);
        await terminal.Out.WriteLineAsync("new   " + PackFolder.Shown(test));
        await terminal.Out.WriteLineAsync("Next:");
        await terminal.Out.WriteLineAsync($"  - Edit {PackFolder.Shown(test)}: rows that the query must find, and rows that it must not.");
        await terminal.Out.WriteLineAsync("  - csk test " + PackFolder.Shown(test));
        return ExitCodes.Clean;
    }
}
