using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;

namespace CopilotSentinelKit.Testing;

/// <summary>Runs test cases, several at a time; results come in the order of the cases.</summary>
internal static class TestRunner
{
    /// <summary>Runs all cases.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="engine">What runs the queries.</param>
    /// <param name="ran">Told after each case; called from several threads.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<ImmutableArray<TestResult>> RunAsync(ImmutableArray<TestCase> cases, IQueryEngine engine, Action? ran, CancellationToken cancellation)
    {
        var results = new TestResult[cases.Length];
        await Parallel.ForAsync(0, cases.Length, cancellation, async (index, token) =>
        {
            results[index] = await RunOneAsync(cases[index], engine, token, explain: true);
            ran?.Invoke();
        });
        return [.. results];
    }

    /// <summary>Runs a case.</summary>
    /// <param name="test">The case.</param>
    /// <param name="engine">What runs the query.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="explain">Whether to say where rows were lost, which takes another run.</param>
    public static async Task<TestResult> RunOneAsync(TestCase test, IQueryEngine engine, CancellationToken cancellation, bool explain = false)
    {
        var now = test.Workspace.Now;
        var seen = VisibleRows.At(test.Workspace, now, test.Target.Period);
        var outcome = await engine.RunAsync(test.Target.Query, seen, cancellation);
        if (outcome.Result is not { } result)
        {
            var problem = outcome.Problem!;
            return Result(test, problem.NotRunnable ? TestOutcome.NotRunnable : TestOutcome.Failed, [Explain(test, problem)]);
        }

        var difference = RowDifference.Find(test.Spec.Expect, result, now).AddRange(AlertDifference.Find(test, result));
        if (difference.IsEmpty)
        {
            return Result(test, TestOutcome.Passed, []);
        }

        var isShort = explain && result.Rows.Length < (test.Spec.Expect.Count ?? test.Spec.Expect.Rows.Length);
        return Result(test, TestOutcome.Failed, isShort ? difference.AddRange(await TrailAsync(test, seen, cancellation)) : difference);
    }

    // Counting costs time, so it is done for what failed alone, and always by the kit's own engine.
    private static async Task<ImmutableArray<string>> TrailAsync(TestCase test, EvaluationWorkspace seen, CancellationToken cancellation) =>
        (await new LocalEngine(countRows: true).RunAsync(test.Target.Query, seen, cancellation)).Result is { } counted ? RowTrail.Of(test.Target.Origin, test.Target.Query.Analysis.Tree, counted.Stages) : [];

    private static string Explain(TestCase test, QueryProblem problem) =>
        problem.Source.Length == 0
            ? $"{problem.Code}: {problem.Message} ({test.Target.Origin.Locate(problem.Start, problem.Length)})"
            : $"{problem.Code}: {problem.Message} (in {problem.Source})";

    private static TestResult Result(TestCase test, TestOutcome outcome, ImmutableArray<string> explanation) =>
        new(test.Target.Name, test.Spec.Name.Value, test.Source, test.Spec.Name.Span, outcome, explanation);
}
