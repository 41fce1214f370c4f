using System.CommandLine;
using System.Text;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Findings.Policy;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>check --baseline: findings that a repository already had do not count.</summary>
internal sealed class BaselineOptions(Terminal terminal)
{
    private const int MaxBytes = 64 * 1024 * 1024;

    public Option<string?> File { get; } = new("--baseline")
    {
        Description = "A file of findings that were there before and do not count; only new ones make the exit code 1. Made by --write-baseline.",
        CustomParser = ReportTarget.ParseFile,
        HelpName = "FILE",
    };

    public Option<bool> Write { get; } = new("--write-baseline")
    {
        Description = "With --baseline: write all findings into FILE; where it exists already, only take out those that are gone.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(File);
        command.Options.Add(Write);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Write) && result.GetValue(File) is null)
            {
                result.GetResult(Write)!.AddError("--write-baseline needs the file to write: pass --baseline FILE too.");
            }
        });
    }

    /// <summary>The compilation with the findings of the baseline suppressed; the file is written where that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="compilation">What was checked.</param>
    /// <param name="files">Paths of the files that were checked, as findings show them.</param>
    /// <exception cref="IOException">The file cannot be read or written; the message says what to do.</exception>
    public Compilation Apply(ParseResult parsed, Compilation compilation, IEnumerable<string> files)
    {
        if (parsed.GetValue(File) is not { } named)
        {
            return compilation;
        }

        var path = new FileInfo(named);
        var folder = path.DirectoryName!;
        if (!path.Exists)
        {
            var made = parsed.GetValue(Write) ? Baseline.Of(compilation.Findings, PathOf)
                : throw new FileNotFoundException($"There is no baseline \"{named}\". Write one: --baseline {named} --write-baseline.");
            SafeFile.Write(path.FullName, made.Text);
            terminal.Error.WriteLine($"Wrote a baseline of {Counted.Of(made.Count, "finding")}. From now on only new ones count.");
        }

        var before = Baseline.Read(new(PackFolder.Shown(path.FullName), Encoding.UTF8.GetString(PackFolder.ReadBytes(path.FullName, MaxBytes).Span)));
        var judged = before.Judge(compilation.Findings, PathOf);
        var seen = files.Select(PathOf).ToHashSet(StringComparer.Ordinal);
        var left = before.Without(judged.Suppressed, file => seen.Contains(file) || !System.IO.File.Exists(Path.Combine(folder, file)));
        if (left.Count < before.Count && parsed.GetValue(Write))
        {
            SafeFile.Write(path.FullName, left.Text);
            terminal.Error.WriteLine($"The baseline shrank by {before.Count - left.Count} to {Counted.Of(left.Count, "finding")}.");
        }
        else if (left.Count < before.Count)
        {
            terminal.Error.WriteLine($"{Counted.Of(before.Count - left.Count, "finding")} of the baseline {(before.Count - left.Count == 1 ? "is" : "are")} gone; --write-baseline takes them out of it.");
        }

        return compilation with { Findings = judged.Findings, Suppressed = compilation.Suppressed.AddRange(judged.Suppressed) };

        string PathOf(string shown) => Path.GetRelativePath(folder, Path.GetFullPath(shown)).Replace('\\', '/');
    }
}
