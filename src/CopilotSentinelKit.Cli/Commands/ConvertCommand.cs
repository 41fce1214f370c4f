using System.CommandLine;
using CopilotSentinelKit.Cli.Scaffold;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk convert: rules and hunts that people already have, in the other of Sentinel's forms.</summary>
internal sealed class ConvertCommand(Terminal terminal)
{
    private readonly CompileRun _run = new(terminal);

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files and folders with analytics rules and hunting queries: ARM templates, YAML as the Azure-Sentinel repository has it, .kql files.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<OutputFormat?> _to = new("--to")
    {
        Description = "The form to write: yaml (as the Azure-Sentinel repository has it) or arm (a template each).",
        CustomParser = Choice.One(("yaml", (OutputFormat?)OutputFormat.Yaml), ("arm", OutputFormat.Arm)),
        Required = true,
    };

    private readonly Option<DirectoryInfo> _out = new("--out")
    {
        Description = "Folder for the files.",
        CustomParser = Choice.Folder,
        HelpName = "DIR",
        Required = true,
    };

    public static Command Create(Terminal terminal) => new ConvertCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("convert", "Writes analytics rules and hunting queries in the other of Sentinel's forms: ARM templates as YAML, YAML as ARM templates. GUIDs, versions and queries stay as they are; what differs is said. Overwrites nothing.") { _paths, _to, _out };
        _run.AddTo(command, inEnvironments: false);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(_out).FullName;
        var format = parsed.GetRequiredValue(_to)!;
        var made = await _run.WorkAsync(
            parsed,
            () => (_run.ReadProject(parsed), ContentFiles.Find(parsed.GetRequiredValue(_paths), withKql: true)),
            bench => bench.Compiler.ConvertAsync(bench.Project.Shipped, bench.Content!.Read(), format, bench.Progress, bench.Cancellation),
            cancellation);
        if (made is null)
        {
            return ExitCodes.Usage;
        }

        var compilation = new Compilation(null, [], made.Findings);
        _run.Print(parsed, made.Findings);
        ScaffoldWriter.Result written;
        try
        {
            // Whether it is YAML or ARM the folder's name says already.
            written = made.Files.IsEmpty ? new([], []) : ScaffoldWriter.Write(folder, [.. made.Files.Select(file => new ScaffoldFile(file.Path[(file.Path.IndexOf('/', StringComparison.Ordinal) + 1)..], file.Text))]);
        }
        catch (IOException fault)
        {
            return await terminal.FailAsync(fault.Message);
        }

        await _run.Results(parsed).WriteAsync(ConversionText.Of(made, written, folder));
        var complete = made.Read.NotTaken.IsEmpty && written.Kept.IsEmpty;
        return _run.Report(parsed, compilation, [], complete && !_run.Fails(parsed, made.Findings) ? ExitCodes.Clean : ExitCodes.Findings);
    }
}
