using System.Globalization;
using System.Text;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>How reports write workflow commands of GitHub Actions.</summary>
internal static class WorkflowCommand
{
    /// <summary>How many of each level GitHub shows beside the code in a step; the log holds all.</summary>
    public const int ShownOfEach = 10;

    /// <summary>Adds an annotation.</summary>
    /// <param name="text">The log.</param>
    /// <param name="level">error, warning or notice.</param>
    /// <param name="path">The file's path from the root of the repository.</param>
    /// <param name="span">The place.</param>
    /// <param name="title">The title.</param>
    /// <param name="message">The message, which may have several lines.</param>
    public static void Append(StringBuilder text, string level, string path, SourceSpan span, string title, string message)
    {
        var (line, column) = span.Position;
        var (endLine, endColumn) = span.End();
        text.Append(CultureInfo.InvariantCulture, $"::{level} file={Property(path)},line={line},endLine={endLine}");

        // GitHub takes columns only for what starts and ends on one line.
        if (line == endLine)
        {
            text.Append(CultureInfo.InvariantCulture, $",col={column},endColumn={endColumn}");
        }

        text.Append(CultureInfo.InvariantCulture, $",title={Property(title)}::{Data(message)}\n");
    }

    private static string Data(string text) => HarmlessText.Lines(text.ReplaceLineEndings("\n"))
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
