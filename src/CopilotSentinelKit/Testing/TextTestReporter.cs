using System.Text;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing;

/// <summary>Test results for people: each test that did not pass with its place and why, failures before tests that cannot run, then the counts.</summary>
/// <param name="colour">Whether to use ANSI colours: only on a terminal.</param>
public sealed class TextTestReporter(bool colour)
{
    /// <summary>A report for a file.</summary>
    internal static string Write(TestReport report)
    {
        var reporter = new TextTestReporter(colour: false);
        var results = report.Ordered;
        return string.Concat(results.Where(result => result.Outcome == TestOutcome.Failed).Select(reporter.Format))
            + string.Concat(results.Where(result => result.Outcome == TestOutcome.NotRunnable).Select(reporter.Format))
            + report.Summary + ".\n";
    }

    /// <summary>The text of a result, a line and one more for each of its explanation, ending in a line break.</summary>
    public string Format(TestResult result)
    {
        var (word, paint) = result.Outcome switch
        {
            TestOutcome.Passed => ("passed", "32"),
            TestOutcome.Failed => ("failed", "31"),
            _ => ("cannot run", "33"),
        };
        var text = new StringBuilder();
        text.Append(Paint("1", HarmlessText.Line(result.Span.ToString()))).Append(": ").Append(Paint(paint, word)).Append(": ");
        text.Append(HarmlessText.Line($"{result.Target}: {TestReport.NameOf(result)}")).Append('\n');
        foreach (var line in result.Explanation)
        {
            text.Append("    ").Append(HarmlessText.Line(line)).Append('\n');
        }

        return text.ToString();
    }

    private string Paint(string code, string text) => colour ? $"\e[{code}m{text}\e[0m" : text;
}
