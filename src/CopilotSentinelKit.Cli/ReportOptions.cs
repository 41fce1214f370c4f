using System.CommandLine;
using System.CommandLine.Parsing;
using CopilotSentinelKit.Findings.Reporters;

namespace CopilotSentinelKit.Cli;

/// <summary>The options that say in which forms findings or tests are reported, and where to.</summary>
internal sealed class ReportOptions
{
    private const string Several =
        "Several times for several reports. Without =FILE, one of the others than text goes to the standard output, which then holds nothing else. Left out: text.";

    private readonly Terminal _terminal;
    private readonly Option<ReportTarget[]> _formats;

    private readonly Option<string?> _output = new("--output")
    {
        Description = "File for the report whose format names none.",
        CustomParser = ReportTarget.ParseFile,
        HelpName = "FILE",
    };

    private readonly bool _hasOutput;
    private readonly bool _ofTests;

    /// <param name="terminal">Where reports without a file go.</param>
    /// <param name="name">The name of the option: generate writes content of several formats, so there --format is taken.</param>
    /// <param name="ofTests">Whether tests are reported, which SARIF has no place for.</param>
    public ReportOptions(Terminal terminal, string name, bool ofTests = false)
    {
        _terminal = terminal;
        _ofTests = ofTests;
        _hasOutput = name == "--format";
        _formats = new(name)
        {
            Description = ofTests
                ? "How the tests are reported, FORMAT or FORMAT=FILE: text (for people, on the standard error), json, github (annotations in GitHub Actions) or junit. " + Several
                : "How findings are reported, FORMAT or FORMAT=FILE: text (for people, on the standard error), json, sarif (SARIF 2.1.0, for code scanning), github (annotations in GitHub Actions) or junit. " + Several,
            CustomParser = ReportTarget.Parse,
            Arity = ArgumentArity.OneOrMore,
            HelpName = "FORMAT",
        };
        _formats.Validators.Add(Validate);
    }

    /// <summary>The option's name.</summary>
    public string Name => _formats.Name;

    public void AddTo(Command command)
    {
        command.Options.Add(_formats);
        if (_hasOutput)
        {
            command.Options.Add(_output);
        }
    }

    /// <summary>Whether findings are shown as text where a person watches.</summary>
    public bool ShowsText(ParseResult parsed) => Targets(parsed).Contains(new(ReportFormat.Text, null));

    /// <summary>Where a command says what it did: not where a report goes.</summary>
    public TextWriter Results(ParseResult parsed) => Targets(parsed).Any(target => target.IsOnOutput) ? _terminal.Error : _terminal.Out;

    /// <summary>Writes the reports other than text that a person watches.</summary>
    /// <exception cref="IOException">One cannot be written; the message says what to do.</exception>
    /// <param name="parsed">The command line.</param>
    /// <param name="write">Gives the report in a format.</param>
    public void Write(ParseResult parsed, Func<ReportFormat, string> write)
    {
        foreach (var target in Targets(parsed))
        {
            if (target.File is { } file)
            {
                ReportFile.Write(file, write(target.Format));
            }
            else if (target.IsOnOutput)
            {
                _terminal.Data.Write(write(target.Format));
            }
        }
    }

    private ReportTarget[] Targets(ParseResult parsed) => Named(
        parsed.GetValue(_formats) is { Length: > 0 } chosen ? chosen : [new(ReportFormat.Text, null)],
        _hasOutput ? parsed.GetValue(_output) : null);

    /// <summary>The targets, the file given to the one that has none.</summary>
    private static ReportTarget[] Named(ReportTarget[] targets, string? file) =>
        file is null ? targets : [.. targets.Select(target => NeedsFile(target, targets) ? target with { File = file } : target)];

    /// <summary>Text has a place of its own, so a file is for the others, if there are any.</summary>
    private static bool NeedsFile(ReportTarget target, ReportTarget[] all) =>
        target.IsOnOutput || (target.File is null && !all.Any(other => other.IsOnOutput));

    private void Validate(OptionResult result)
    {
        // The words themselves: values cannot be asked for while one of them is wrong.
        var targets = ReportTarget.Known(result.Tokens);
        var file = _hasOutput && result.GetResult(_output) is { Tokens: [var written, ..] } ? written.Value : null;
        if (targets.Length == 0 || (file is not null && !ReportTarget.IsFile(file)))
        {
            return;
        }

        if (_ofTests && targets.Any(target => target.Format == ReportFormat.Sarif))
        {
            result.AddError("Tests are reported as text, json, github or junit; sarif is for findings, with --report.");
        }
        else if (targets.Count(target => target.IsOnOutput) > 1)
        {
            result.AddError($"Only one report can go to {(file is null ? "the standard output" : "the file of --output")}. Name a file for each of the others, as in sarif=findings.sarif.");
        }
        else if (file is not null && !targets.Any(target => NeedsFile(target, targets)))
        {
            result.AddError("Every format has a file already, so --output has nothing to name.");
        }
        else if (Named(targets, file).Select(target => target.File).OfType<string>().GroupBy(Path.GetFullPath, StringComparer.OrdinalIgnoreCase).Any(group => group.Count() > 1))
        {
            result.AddError("Two reports go to the same file.");
        }
    }
}
