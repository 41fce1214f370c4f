using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Testing;

/// <summary>Makes small mistakes in each tested query, one at a time, and runs its tests on each: a mistake that no test notices is a gap in the tests.</summary>
/// <param name="kql">Kusto.Language.</param>
/// <param name="engine">What runs the queries.</param>
internal sealed class MutationRunner(IKqlAnalyzer kql, IQueryEngine engine)
{
    /// <summary>All mistakes in the queries of rules and hunts whose tests pass, in the order of targets and places; parsers are tested through those that call them.</summary>
    /// <param name="cases">The tests.</param>
    /// <param name="results">What became of them on the query as it is.</param>
    /// <param name="progress">Told how many queries of how many are done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<ImmutableArray<MutationResult>> RunAsync(ImmutableArray<TestCase> cases, ImmutableArray<TestResult> results, Action<int, int>? progress, CancellationToken cancellation)
    {
        var failed = results.Where(result => result.Outcome != TestOutcome.Passed).Select(result => result.Target).ToHashSet(StringComparer.Ordinal);
        var targets = cases.Where(test => !test.Target.IsParser && !failed.Contains(test.Target.Name)).GroupBy(test => test.Target.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var all = ImmutableArray.CreateBuilder<MutationResult>();
        for (var i = 0; i < targets.Count; i++)
        {
            progress?.Invoke(i, targets.Count);
            all.AddRange(await RunTargetAsync([.. targets[i]], cancellation));
        }

        return all.ToImmutable();
    }

    private async Task<ImmutableArray<MutationResult>> RunTargetAsync(ImmutableArray<TestCase> cases, CancellationToken cancellation)
    {
        var target = cases[0].Target;
        if (target.Query.Analysis.Tree is not { } tree)
        {
            return [];
        }

        var query = WorkspaceNames.Analysable(target.Query.Text);
        var mutants = QueryMutants.Of(tree, target.Period);
        var analyses = await kql.AnalyzeAsync(target.Schema, [.. mutants.Select(mutant => mutant.Apply(query)).Prepend(query).Select(text => new KqlRequest(text, [], WithTree: true))], null, cancellation);

        // What Kusto.Language says of the query as it is says nothing of a mistake.
        var before = analyses[0].Diagnostics.Select(finding => (finding.Code, finding.Message)).ToHashSet();
        var results = new MutationResult[mutants.Length];
        await Parallel.ForAsync(0, mutants.Length, cancellation, async (index, token) =>
        {
            var (mutant, analysis) = (mutants[index], analyses[index + 1]);
            analysis = analysis with { Diagnostics = [.. analysis.Diagnostics.Where(finding => !before.Contains((finding.Code, finding.Message)))] };
            var killer = analysis.HasErrors() ? null : await KillerAsync(cases, new(mutant.Apply(query), analysis), token);
            results[index] = new(
                target.Name,
                mutant.Kind,
                target.Origin.Locate(mutant.Start, mutant.Length),
                query.Substring(mutant.Start, mutant.Length),
                mutant.Replacement,
                analysis.HasErrors() ? MutationOutcome.Invalid : killer is null ? MutationOutcome.Survived : MutationOutcome.Killed,
                killer ?? "");
        });
        return [.. results];
    }

    private async Task<string?> KillerAsync(ImmutableArray<TestCase> cases, EngineQuery query, CancellationToken cancellation)
    {
        foreach (var test in cases)
        {
            var result = await TestRunner.RunOneAsync(test with { Target = test.Target with { Query = query } }, engine, cancellation);
            if (result.Outcome != TestOutcome.Passed)
            {
                return TestReport.NameOf(result);
            }
        }

        return null;
    }
}
