using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings for people: one line with the place, code and message, then the source line with the place underlined.</summary>
/// <param name="colour">Whether to use ANSI colours: only on a terminal.</param>
public sealed class TextReporter(bool colour)
{
    /// <summary>Longest part of a source line that is shown; what is underlined stays in view.</summary>
    private const int Width = 120;

    /// <summary>The text of a finding, several lines, ending in a line break.</summary>
    public string Format(Diagnostic finding)
    {
        var text = new StringBuilder();
        var (paint, word) = finding.Severity switch
        {
            DiagnosticSeverity.Error => ("31", "error"),
            DiagnosticSeverity.Warning => ("33", "warning"),
            _ => ("36", "note"),
        };
        text.Append(Paint("1", finding.Span.ToString())).Append(": ").Append(Paint(paint, word + " " + finding.Code)).Append(": ");
        text.Append(Printable(finding.Message)).Append('\n');
        Underline(text, finding.Span, paint);
        foreach (var related in finding.Related)
        {
            text.Append("    ").Append(related.Span).Append(": ").Append(related.Message).Append('\n');
        }

        return text.ToString();
    }

    private void Underline(StringBuilder text, SourceSpan span, string paint)
    {
        if (span.File.Text.Length == 0)
        {
            return;
        }

        var (line, column) = span.Position;
        var source = span.File.GetLine(line);
        var from = Math.Clamp(column - 1, 0, source.Length);
        var length = Math.Clamp(span.Length, 1, Math.Max(1, source.Length - from));
        var skip = from + Math.Min(length, 20) > Width ? from - (Width / 2) : 0;
        var shown = Printable(source[skip..Math.Min(source.Length, skip + Width)]);
        var marks = Math.Clamp(length, 1, Math.Max(1, Width - (from - skip)));
        text.Append(CultureInfo.InvariantCulture, $"{line,6} | {shown}\n");
        text.Append("       | ").Append(' ', from - skip).Append(Paint(paint, new string('~', marks))).Append('\n');
    }

    /// <summary>Control characters would move the cursor or colour the terminal: each is shown as a space.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private string Paint(string code, string text) => colour ? $"\e[{code}m{text}\e[0m" : text;
}
