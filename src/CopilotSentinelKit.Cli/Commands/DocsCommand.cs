using System.CommandLine;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Emit;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk docs: a site about the project's content.</summary>
internal sealed class DocsCommand(Terminal terminal)
{
    private const string UsualFolder = "site";
    private const string FirstPage = "index.html";

    private readonly CompileRun _run = new(terminal, "--report");

    private readonly Option<DirectoryInfo> _out = new("--out")
    {
        Description = "Folder to write to. Left out: \"site\" in the project.",
        CustomParser = Choice.Folder,
        HelpName = "DIR",
    };

    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace files in the folder that were edited by hand or that the kit did not write, instead of stopping there.",
    };

    public static Command Create(Terminal terminal) => new DocsCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("docs", "Writes a site about the project's content that needs neither a server nor a network: a page for each detection, hunt, parser, watchlist, workbook and rule, what they cover, a layer for ATT&CK Navigator, and a search. Its templates are in templates/site.") { _out, _overwrite };
        _run.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var made = await _run.WorkAsync(
            parsed,
            () => (_run.ReadProject(parsed, withEvents: true), null),
            async bench =>
            {
                var compiled = await bench.CompileAsync();
                return Tuple.Create(compiled, compiled.HasErrors || _run.Fails(parsed, compiled.Findings) ? null : await bench.Compiler.DocsAsync(compiled, bench.Project.Shipped, bench.Project.Own, bench.Cancellation));
            },
            cancellation);
        if (made is null)
        {
            return ExitCodes.Usage;
        }

        var (compilation, emission) = made;
        _run.Print(parsed, compilation.Findings, compilation.Suppressed.Length);
        if (compilation.Pack is not { } pack || emission is null)
        {
            await terminal.Error.WriteLineAsync("Nothing was written. Correct the findings above and run \"csk docs\" again.");
            return _run.Report(parsed, compilation, [], ExitCodes.Findings);
        }

        var project = parsed.GetRequiredValue(_run.Project).FullName;
        var folder = parsed.GetValue(_out)?.FullName ?? Path.Combine(project, UsualFolder);
        var content = Path.GetFullPath(Path.Combine(project, pack.Output));
        if (OutputFolder.Fault(folder, project) is { } fault)
        {
            return await terminal.FailAsync(fault);
        }

        if (Links.IsIn(content, folder) || Links.IsIn(folder, content))
        {
            return await terminal.FailAsync($"\"{PackFolder.Shown(folder)}\" and the content that is deployed, \"{PackFolder.Shown(content)}\", cannot lie in one another. Choose another folder with --out.");
        }

        try
        {
            return Write(parsed, compilation, emission, folder);
        }
        catch (IOException unwritable)
        {
            return await terminal.FailAsync(unwritable.Message);
        }
    }

    private int Write(ParseResult parsed, Compilation compilation, Emission emission, string folder)
    {
        var shown = PackFolder.Shown(folder);
        using var writer = new OutputWriter(folder, shown);
        writer.Claim();
        var plan = Compiler.Plan(compilation, emission, writer.Read(emission.Artifacts), parsed.GetValue(_overwrite));
        _run.Print(parsed, plan.Findings, plan.Suppressed.Length);
        if (plan.HasErrors || _run.Fails(parsed, plan.Findings))
        {
            terminal.Error.WriteLine("Nothing was written.");
            return _run.Report(parsed, compilation, plan.Findings, ExitCodes.Findings);
        }

        var faults = writer.Apply(plan);
        if (!faults.IsEmpty)
        {
            _run.Print(parsed, faults);
            return _run.Report(parsed, compilation, faults, ExitCodes.Usage);
        }

        var results = _run.Results(parsed);
        results.WriteLine($"{Summary.Of(plan)} in {shown}.");
        results.WriteLine($"Next:\n  - Open {shown}/{FirstPage} in a browser.");
        return _run.Report(parsed, compilation, plan.Findings, ExitCodes.Clean);
    }
}
