using System.CommandLine.Parsing;
using CopilotSentinelKit.Diagnostics.Reporters;

namespace CopilotSentinelKit.Cli;

/// <summary>A report that a person asked for.</summary>
/// <param name="Format">Its form.</param>
/// <param name="File">The file it goes to; null for the standard output, or for text the standard error.</param>
internal sealed record ReportTarget(ReportFormat Format, string? File)
{
    private static readonly (string Name, ReportFormat Value)[] Formats =
    [
        ("text", ReportFormat.Text), ("json", ReportFormat.Json), ("sarif", ReportFormat.Sarif), ("github", ReportFormat.GitHub), ("junit", ReportFormat.JUnit),
    ];

    /// <summary>Whether it takes the standard output for itself.</summary>
    public bool IsOnOutput => File is null && Format != ReportFormat.Text;

    /// <summary>Reads FORMAT and FORMAT=FILE.</summary>
    public static ReportTarget[] Parse(ArgumentResult argument)
    {
        var targets = new List<ReportTarget>();
        foreach (var token in argument.Tokens)
        {
            var at = token.Value.IndexOf('=', StringComparison.Ordinal);
            var file = at < 0 ? null : token.Value[(at + 1)..];
            if (file is not null && !IsFile(file))
            {
                argument.AddError($"\"{token.Value}\" names no file behind the =.");
            }
            else if (Choice.Find(argument, at < 0 ? token.Value : token.Value[..at], Formats) is { } format)
            {
                targets.Add(new(format.Value, file));
            }
        }

        return [.. targets.Distinct()];
    }

    /// <summary>Reads a file's path.</summary>
    public static string? ParseFile(ArgumentResult argument)
    {
        var written = argument.Tokens[0].Value;
        if (!IsFile(written))
        {
            argument.AddError($"\"{written}\" is not the path of a file.");
        }

        return written;
    }

    private static bool IsFile(string path) => path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal);
}
