using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing;

/// <summary>What became of a test.</summary>
public enum TestOutcome
{
    /// <summary>The rows are those expected.</summary>
    Passed,

    /// <summary>They are not, or the query stopped with an error.</summary>
    Failed,

    /// <summary>The engine does not know how to run the query: nothing is proven.</summary>
    NotRunnable,
}

/// <summary>A test of a detection, hunt or parser on one source, and what became of it.</summary>
/// <param name="Target">The id of the detection or hunt, or the name of the parser.</param>
/// <param name="Name">The name of the test.</param>
/// <param name="Source">The source that the events came from, "all sources", or empty for a test that is given rows alone.</param>
/// <param name="Span">The test's name in the YAML.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Explanation">Why it did not pass, line by line: a summary, the difference of the rows, where rows were lost.</param>
public sealed record TestResult(string Target, string Name, string Source, SourceSpan Span, TestOutcome Outcome, ImmutableArray<string> Explanation);
