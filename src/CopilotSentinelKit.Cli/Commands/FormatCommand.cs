using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Analyze;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk format: the KQL in YAML, ARM templates, workbooks, Markdown and files of KQL, laid out as Kusto.Language's own formatter does.</summary>
internal static class FormatCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new CompileRun(terminal);
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders of Sentinel content, as those of csk check.",
            Arity = ArgumentArity.OneOrMore,
        };
        var check = new Option<bool>("--check")
        {
            Description = "Write nothing; the exit code is 1 when a file would change. For CI.",
        };
        var verbose = new Option<bool>("--verbose")
        {
            Description = "List each query that is left as it is, and why.",
        };
        var command = new Command("format", "Lays out the KQL in content that you already have as Kusto.Language's own formatter does: white space between words, and nothing else of the file.") { paths, check, verbose };
        command.SetAction(async (parsed, cancellation) =>
        {
            var roots = parsed.GetRequiredValue(paths);
            var result = await run.WorkAsync(
                parsed,
                () => (new ProjectFolder([], [], null), ContentFiles.Find(roots)),
                async bench => new Laid(await bench.Compiler.FormatAsync(bench.Content!.Read(), bench.Progress, bench.Cancellation)),
                cancellation);
            return result is null ? ExitCodes.Usage : await WriteAsync(terminal, result.Files, new([.. roots.Select(Path.GetFullPath)]), parsed.GetValue(check), parsed.GetValue(verbose));
        });
        return command;
    }

    private static async Task<int> WriteAsync(Terminal terminal, ImmutableArray<LaidOutFile> files, EditableFiles editable, bool check, bool verbose)
    {
        if (files.IsEmpty)
        {
            return await terminal.FailAsync("There is no query in these files. Name a folder of Sentinel content.");
        }

        foreach (var (place, why) in verbose ? files.SelectMany(file => file.Left) : [])
        {
            await terminal.Error.WriteLineAsync($"left as it is: {place}: {why}");
        }

        var changed = files.Where(file => file.Changed > 0).ToList();
        foreach (var file in changed)
        {
            try
            {
                if (!check)
                {
                    editable.Write(file.Source, file.Text);
                }
            }
            catch (IOException fault)
            {
                return await terminal.FailAsync(fault.Message);
            }

            await terminal.Out.WriteLineAsync($"{(check ? "would lay out" : "laid out")} {file.Source.Path}: {file.Changed} of {Counted.Of(file.Queries, "query")}");
        }

        var left = files.Sum(file => file.Left.Length);
        await terminal.Out.WriteLineAsync(
            $"{Counted.Of(files.Sum(file => file.Queries), "query")} in {Counted.Of(files.Length, "file")}: {Counted.Of(changed.Count, "file")} {(check ? "would change" : "changed")}"
            + (left == 0 ? "." : $", {left} left as {(left == 1 ? "it is" : "they are")} (--verbose says why)."));
        return check && changed.Count > 0 ? ExitCodes.Findings : ExitCodes.Clean;
    }

    private sealed record Laid(ImmutableArray<LaidOutFile> Files);
}
