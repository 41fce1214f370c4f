using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using CopilotSentinelKit.Cli.Scaffold;
using CopilotSentinelKit.Import;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk import: rules and hunts that people already have become specs of a project.</summary>
internal sealed class ImportCommand(Terminal terminal)
{
    private readonly CompileRun _run = new(terminal);

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files and folders with analytics rules and hunting queries: YAML as the Azure-Sentinel repository has it, ARM templates (exports of the portal, what Bicep builds, packages of solutions), .kql files.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<DirectoryInfo?> _out = new("--out")
    {
        Description = "Folder for the specs, in which rules/detections, rules/hunts and rules/tests are made. Left out: the project's.",
        CustomParser = Choice.Folder,
        HelpName = "DIR",
    };

    public static Command Create(Terminal terminal) => new ImportCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("import", "Makes specs of analytics rules and hunting queries that you already have, with skeletons of tests. GUIDs, versions and queries stay as they are; what a spec cannot say is said. Overwrites nothing.") { _paths, _out };
        _run.AddTo(command, inEnvironments: false);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var project = parsed.GetRequiredValue(_run.Project).FullName;
        var folder = parsed.GetValue(_out)?.FullName ?? project;
        if (parsed.GetValue(_out) is null && !PackFolder.KitFiles(project).Any())
        {
            return await terminal.FailAsync($"There is no kit.yaml in \"{PackFolder.Shown(project)}\", so it is no project. Make it one with \"csk init\", name one with --project, or name a folder with --out.");
        }

        if (File.Exists(folder))
        {
            return await terminal.FailAsync($"\"{PackFolder.Shown(folder)}\" is a file. Name a folder, which need not exist.");
        }

        var made = await _run.WorkAsync(parsed, () => (_run.ReadProject(parsed), null), bench => MakeAsync(parsed, folder, bench), cancellation);
        if (made is null)
        {
            return ExitCodes.Usage;
        }

        ScaffoldWriter.Result written;
        try
        {
            written = made.Files.IsEmpty ? new([], []) : ScaffoldWriter.Write(folder, made.Files);
        }
        catch (IOException fault)
        {
            return await terminal.FailAsync(fault.Message);
        }

        _run.Print(parsed, made.Compilation.Findings);
        await _run.Results(parsed).WriteAsync(ImportText.Of(made, written, folder, project));
        var complete = made.Read.NotTaken.IsEmpty && written.Kept.IsEmpty;
        return _run.Report(parsed, made.Compilation, [], complete && !_run.Fails(parsed, made.Compilation.Findings) ? ExitCodes.Clean : ExitCodes.Findings);
    }

    private async Task<ImportedFiles> MakeAsync(ParseResult parsed, string folder, Workbench bench)
    {
        var content = ContentFiles.Find(parsed.GetRequiredValue(_paths), withKql: true);
        var read = Importer.Import(bench.Project.Shipped, bench.Project.Own, content.Read());
        var specs = read.Specs.Select(spec => File(spec.Path, spec.Text)).ToImmutableArray();

        // What is written into another folder is compiled as if it were a project.
        var own = bench.Project.Own.IsEmpty ? [new("kit.yaml", "kit.yaml", Encoding.UTF8.GetBytes("name: imported-content\npublisher: csk\n"))] : bench.Project.Own;
        var compilation = await bench.Compiler.CompileAsync(bench.Project.Shipped, [.. own, .. specs], bench.Progress, bench.Cancellation);
        var ofSpecs = specs.Select(spec => spec.ShownPath).ToHashSet(StringComparer.Ordinal);
        var errors = compilation.Findings.Where(finding => finding.Severity == FindingSeverity.Error && ofSpecs.Contains(finding.Span.File.Path)).ToImmutableArray();

        // Only what compiles can be tested, and only a test that passes is worth to go on from.
        var wrong = errors.Select(finding => finding.Span.File.Path).ToHashSet(StringComparer.Ordinal);
        var sound = specs.Where(spec => !wrong.Contains(spec.ShownPath)).ToImmutableArray();
        var analyzed = compilation.Analyzed.Where(item => item.Item.IsVerbatim).ToLookup(item => item.Item.Id.Value, StringComparer.Ordinal);
        var tests = read.Specs.Zip(specs).Where(pair => !wrong.Contains(pair.Second.ShownPath))
            .Select(pair => (pair.First.Id, File: File(TestSkeleton.PathOf(pair.First.Id), TestSkeleton.Of(pair.First, analyzed[pair.First.Id].FirstOrDefault()))))
            .ToImmutableArray();
        var run = await bench.Compiler.TestAsync(
            bench.Project.Shipped, [.. own, .. sound, .. tests.Select(test => test.File)], new TestChoice { Paths = [.. tests.Select(test => test.File.ShownPath)] }, new LocalEngine(), bench.Progress, bench.Cancellation);
        var passed = run.Results.GroupBy(result => result.Target).Where(results => results.All(result => result.Outcome == TestOutcome.Passed)).Select(results => results.Key).ToHashSet(StringComparer.Ordinal);
        var kept = tests.Where(test => passed.Contains(test.Id)).Select(test => test.File).ToImmutableArray();

        return new(
            read,
            [.. specs.Concat(kept).Select(file => new ScaffoldFile(file.PackPath, Encoding.UTF8.GetString(file.Bytes.Span)))],
            specs.Length - kept.Length,
            [.. analyzed.SelectMany(items => items).SelectMany(item => item.Analysis?.UnknownNames ?? []).GroupBy(name => (name.Name, name.Use)).Select(uses => (uses.Key.Name, uses.Key.Use, uses.Count()))],
            new(compilation.Pack, [], [.. read.Findings, .. errors]));

        SpecFile File(string path, string text) => new(path, PackFolder.Shown(Path.Combine(folder, path)), Encoding.UTF8.GetBytes(text));
    }
}
