using System.Globalization;
using System.Text;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>Findings for people: one line with the place, code and message, then the source line with the place underlined.</summary>
/// <param name="colour">Whether to use ANSI colours: only on a terminal.</param>
public sealed class TextReporter(bool colour)
{
    /// <summary>Longest part of a source line that is shown; what is underlined stays in view.</summary>
    private const int Width = 120;

    /// <summary>A report for a file: the findings that count, and a line that counts them; empty when there are none.</summary>
    internal static string Write(FindingReport report)
    {
        var reporter = new TextReporter(colour: false);
        var count = SeverityWords.Count(report.Findings, report.Suppressed.Length);
        return string.Concat(report.Findings.Sorted().Select(reporter.Format)) + (count.Length > 0 ? count + "\n" : "");
    }

    /// <summary>The text of a finding, several lines, ending in a line break.</summary>
    public string Format(Finding finding)
    {
        var text = new StringBuilder();
        var paint = finding.Severity switch
        {
            FindingSeverity.Error => "31",
            FindingSeverity.Warning => "33",
            _ => "36",
        };
        text.Append(Paint("1", HarmlessText.Line(finding.Span.ToString()))).Append(": ").Append(Paint(paint, finding.Severity.Word() + " " + finding.Code)).Append(": ");
        text.Append(HarmlessText.Line(finding.Message)).Append('\n');
        Underline(text, finding.Span, paint);
        foreach (var related in finding.Related)
        {
            text.Append("    ").Append(HarmlessText.Line($"{related.Span}: {related.Message}")).Append('\n');
        }

        if (finding.Fix is { } fix)
        {
            text.Append("    fix: ").Append(HarmlessText.Line(fix.Title)).Append('\n');
        }

        if (finding.Suppression is { } suppression)
        {
            text.Append("    ").Append(HarmlessText.Line($"suppressed until {suppression.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} at {suppression.Place}: {suppression.Reason}")).Append('\n');
        }

        return text.ToString();
    }

    private void Underline(StringBuilder text, SourceSpan span, string paint)
    {
        if (span.File.Text.Length == 0)
        {
            return;
        }

        // No copy of the line: it may be the whole file, and have a finding at every character.
        var (line, column) = span.Position;
        var source = span.File.LineSpan(line);
        var from = Math.Clamp(column - 1, 0, source.Length);
        var length = Math.Clamp(span.Length, 1, Math.Max(1, source.Length - from));
        var skip = from + Math.Min(length, 20) > Width ? from - (Width / 2) : 0;
        var shown = HarmlessText.Line(source[skip..Math.Min(source.Length, skip + Width)].ToString());
        var marks = Math.Clamp(length, 1, Math.Max(1, Width - (from - skip)));
        text.Append(CultureInfo.InvariantCulture, $"{line,6} | {shown}\n");
        text.Append("       | ").Append(' ', from - skip).Append(Paint(paint, new string('~', marks))).Append('\n');
    }

    private string Paint(string code, string text) => colour ? $"\e[{code}m{text}\e[0m" : text;
}
