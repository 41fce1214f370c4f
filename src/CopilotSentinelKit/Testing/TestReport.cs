using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Findings.Reporters;

namespace CopilotSentinelKit.Testing;

/// <summary>What a run of tests gave, for people and programs. Nothing in a report depends on time or machine.</summary>
/// <param name="Results">The results, in any order.</param>
public sealed record TestReport(ImmutableArray<TestResult> Results)
{
    /// <summary>The version of the kit.</summary>
    public string Version { get; init; } = "";

    /// <summary>From a path as results show it to one from the root of the repository, with forward slashes.</summary>
    public Func<string, string> FromRoot { get; init; } = path => path;

    /// <summary>The results by target, then by the place of the test, then by source.</summary>
    public ImmutableArray<TestResult> Ordered =>
    [
        .. Results.OrderBy(result => result.Target, StringComparer.Ordinal)
            .ThenBy(result => result.Span.File.Path, StringComparer.Ordinal)
            .ThenBy(result => result.Span.Start)
            .ThenBy(result => result.Name, StringComparer.Ordinal)
            .ThenBy(result => result.Source, StringComparer.Ordinal),
    ];

    /// <summary>"48 tests: 45 passed, 2 failed, 1 not runnable".</summary>
    public string Summary
    {
        get
        {
            var counts = new[] { (TestOutcome.Passed, "passed"), (TestOutcome.Failed, "failed"), (TestOutcome.NotRunnable, "not runnable") }
                .Select(outcome => (Count: Count(outcome.Item1), Word: outcome.Item2)).Where(count => count.Count > 0)
                .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Count} {count.Word}")).ToList();
            var all = string.Create(CultureInfo.InvariantCulture, $"{Results.Length} test{(Results.Length == 1 ? "" : "s")}");
            return counts.Count == 0 ? all : $"{all}: {string.Join(", ", counts)}";
        }
    }

    /// <summary>How many tests came out so.</summary>
    public int Count(TestOutcome outcome) => Results.Count(result => result.Outcome == outcome);

    /// <summary>The test's name with the source that its events came from.</summary>
    internal static string NameOf(TestResult result) => result.Source.Length == 0 ? result.Name : $"{result.Name} ({result.Source})";
}

/// <summary>Writes reports on tests.</summary>
public static class TestReports
{
    /// <summary>The report as text with LF line ends and a final one.</summary>
    /// <exception cref="ArgumentException">SARIF, which has no place for tests.</exception>
    public static string Write(ReportFormat format, TestReport report) => format switch
    {
        ReportFormat.Json => JsonTestReporter.Write(report),
        ReportFormat.GitHub => GitHubTestReporter.Write(report),
        ReportFormat.JUnit => JUnitTestReporter.Write(report),
        ReportFormat.Text => TextTestReporter.Write(report),
        _ => throw new ArgumentException($"Tests are not reported as {format}.", nameof(format)),
    };
}
