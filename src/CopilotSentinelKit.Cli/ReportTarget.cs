using System.CommandLine.Parsing;
using CopilotSentinelKit.Findings.Reporters;

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
            var (format, file) = Split(token.Value);
            if (file is not null && !IsFile(file))
            {
                argument.AddError($"\"{token.Value}\" names no file behind the =.");
            }
            else if (Choice.Find(argument, format, Formats) is { } found)
            {
                targets.Add(new(found.Value, file));
            }
        }

        return [.. targets.Distinct()];
    }

    /// <summary>The targets of words that are known to be right, or none when one is not.</summary>
    public static ReportTarget[] Known(IEnumerable<Token> tokens)
    {
        var words = tokens.Select(token => Split(token.Value)).ToList();
        var found = words.SelectMany(word => Formats.Where(format => string.Equals(format.Name, word.Format, StringComparison.OrdinalIgnoreCase))
            .Select(format => new ReportTarget(format.Value, word.File))).ToList();
        return found.Count == words.Count && found.TrueForAll(target => target.File is null || IsFile(target.File)) ? [.. found.Distinct()] : [];
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

    private static (string Format, string? File) Split(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (word[..at], word[(at + 1)..]) : (word, null);

    /// <summary>Whether a text can be a file's path.</summary>
    public static bool IsFile(string path) => path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal);
}
