using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>check --fix: makes the fixes that findings bring.</summary>
internal sealed class FixOptions(Terminal terminal)
{
    public Option<bool> Fix { get; } = new("--fix")
    {
        Description = "Correct what has exactly one right answer, in the files themselves; comments and layout stay. A change is kept only when its finding is gone and no new error is there.",
    };

    public Option<bool> DryRun { get; } = new("--dry-run")
    {
        Description = "With --fix: say what would be corrected, and write nothing.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Fix);
        command.Options.Add(DryRun);
        command.Validators.Add(result =>
        {
            if (result.GetValue(DryRun) && !result.GetValue(Fix))
            {
                result.GetResult(DryRun)!.AddError("--dry-run says what --fix would do: pass --fix too.");
            }
        });
    }

    /// <summary>Fixes, and writes unless it is a dry run; null when it was not asked to.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="files">The files that may be changed.</param>
    /// <param name="findings">What the check of the files as they are gave.</param>
    /// <param name="check">Checks again, with other texts for some files.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task<FixResult?> ApplyAsync(
        ParseResult parsed, EditableFiles files, ImmutableArray<Finding> findings, Func<ImmutableDictionary<string, string>, Task<ImmutableArray<Finding>>> check)
    {
        if (!parsed.GetValue(Fix))
        {
            return null;
        }

        var result = await new Fixer(check, FixableIn(files, findings)).RunAsync(findings);
        foreach (var (path, text) in result.Texts.OrderBy(file => file.Key, StringComparer.Ordinal).Where(_ => !parsed.GetValue(DryRun)))
        {
            files.Write(findings.SelectMany(Files).First(file => file.Path == path), text);
        }

        return result;
    }

    /// <summary>Says what was fixed, or would be.</summary>
    public void Print(ParseResult parsed, FixResult? result)
    {
        if (result is null)
        {
            return;
        }

        var dry = parsed.GetValue(DryRun);
        foreach (var finding in result.Fixed)
        {
            terminal.Out.WriteLine($"{(dry ? "would fix" : "fixed")} {finding.Span}: {finding.Code}: {finding.Fix!.Title}");
        }

        foreach (var finding in result.Refused)
        {
            terminal.Error.WriteLine($"csk: note: {finding.Span}: {finding.Code} is not fixed, because after \"{finding.Fix!.Title}\" it or a new error would be there.");
        }

        terminal.Out.WriteLine($"{Counted.Of(result.Fixed.Length, "finding")} {(dry ? "would be fixed" : "fixed")} in {Counted.Of(result.Texts.Count, "file")}; {Counted.Of(result.Remaining.Length, "finding")} left.");
    }

    // A later round works on texts that are not written yet: they are those of files that could be edited at first.
    private static Func<SourceFile, bool> FixableIn(EditableFiles files, ImmutableArray<Finding> findings)
    {
        var editable = findings.SelectMany(Files).DistinctBy(file => file.Path).Where(files.MayEdit).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return file => editable.Contains(file.Path);
    }

    private static IEnumerable<SourceFile> Files(Finding finding) => finding.Fix?.Edits.Select(edit => edit.Span.File) ?? [];
}
