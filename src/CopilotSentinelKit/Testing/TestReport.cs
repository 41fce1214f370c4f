using System.Collections.Immutable;
using System.Globalization;

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

/// <summary>The forms of a report on tests.</summary>
public enum TestReportFormat
{
    /// <summary>For people: the tests that did not pass, each explained, then the counts.</summary>
    Text,

    /// <summary>The kit's own JSON.</summary>
    Json,

    /// <summary>Workflow commands of GitHub Actions.</summary>
    GitHub,

    /// <summary>JUnit's XML, for the test page of a CI server.</summary>
    JUnit,
}

/// <summary>Writes reports on tests.</summary>
public static class TestReports
{
    /// <summary>The report as text with LF line ends and a final one.</summary>
    public static string Write(TestReportFormat format, TestReport report) => format switch
    {
        TestReportFormat.Json => JsonTestReporter.Write(report),
        TestReportFormat.GitHub => GitHubTestReporter.Write(report),
        TestReportFormat.JUnit => JUnitTestReporter.Write(report),
        _ => TextTestReporter.Write(report),
    };
}
