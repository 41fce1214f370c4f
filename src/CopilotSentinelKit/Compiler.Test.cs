using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Findings.Policy;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit;

/// <content>Tests of a project, and of content that people already have.</content>
public sealed partial class Compiler
{
    /// <summary>Compiles a project and runs its tests: what the tests expect against what the emitted KQL returns.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="choice">Which tests.</param>
    /// <param name="engine">What runs the queries.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<TestRun> TestAsync(
        ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, TestChoice choice, IQueryEngine engine, IProgress<CompilerProgress>? progress, CancellationToken cancellation)
    {
        var compilation = await CompileAsync(shipped, project, progress, cancellation);
        if (compilation.HasErrors || compilation.Pack is not { } pack)
        {
            return new(compilation, []);
        }

        var findings = new List<Finding>();
        var bench = await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, kql, cancellation);
        var cases = new TestPlan(pack.Mapping, pack.Tests, bench, EventFiles.Of(shipped, project, findings), findings).Build(choice);
        var done = 0;
        var results = choice.Schedule
            ? await ScheduleReplay.RunAsync(cases, pack.Mapping, engine, Ran, cancellation)
            : await TestRunner.RunAsync(cases, engine, Ran, cancellation);
        return new(compilation.With(findings.Sorted()), results) { Mutations = await MutateAsync(cases, results, choice, engine, progress, cancellation) };

        void Ran() => progress?.Report(new("Running tests", Interlocked.Increment(ref done), cases.Length));
    }

    /// <summary>Runs tests beside existing content: what they expect against what the content's own queries return.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="repository">The repository with the content and the tests.</param>
    /// <param name="tests">Paths of the test files in it.</param>
    /// <param name="choice">Which of their tests.</param>
    /// <param name="engine">What runs the queries.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<TestRun> TestContentAsync(
        ImmutableArray<SpecFile> shipped,
        ImmutableArray<SpecFile> project,
        RepositoryFiles repository,
        ImmutableArray<string> tests,
        TestChoice choice,
        IQueryEngine engine,
        IProgress<CompilerProgress>? progress,
        CancellationToken cancellation)
    {
        var ofProject = new List<Finding>();
        if (Load(shipped, project, ofProject) is not { } pack)
        {
            return new(new(null, [], ofProject.Sorted()), []);
        }

        var findings = new List<Finding>();
        var content = new ContentTests(repository, pack, catalog, kql, findings);
        var cases = ImmutableArray.CreateBuilder<TestCase>();
        foreach (var path in tests)
        {
            progress?.Report(new("Reading tests", cases.Count, 0));
            cases.AddRange(await content.PlanAsync(path, choice, cancellation));
        }

        var results = choice.Schedule
            ? await ScheduleReplay.RunAsync(cases.ToImmutable(), pack.Mapping, engine, null, cancellation)
            : await TestRunner.RunAsync(cases.ToImmutable(), engine, null, cancellation);
        var policy = new FindingPolicy(pack.FindingRules, JudgedFiles.Of(new ForeignContent([], [.. findings], tests.Length, [])), [.. FindingPages.All.Select(page => page.Code)], today) { RulesAreForMore = true };
        var judged = policy.JudgeRun(findings);
        return new(new(pack, [], judged.Findings.Sorted()) { Suppressed = judged.Suppressed, Policy = policy }, results)
        {
            Mutations = await MutateAsync(cases.ToImmutable(), results, choice, engine, progress, cancellation),
        };
    }

    /// <summary>A first test of a query that people already have, to go on from.</summary>
    /// <param name="shipped">Files of the shipped pack.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="repository">The repository with the query.</param>
    /// <param name="test">The test file to be, with its path in the repository; its bytes do not matter.</param>
    /// <param name="target">What it is for: a path as seen from the test file.</param>
    /// <param name="item">Which query of a file that has several, or null.</param>
    /// <param name="engine">What runs the query.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The text of the file, null when there is nothing to test; and what is left to say in it.</returns>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    public async Task<(string? Text, ImmutableArray<Finding> Findings)> DraftTestAsync(
        ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, RepositoryFiles repository, SpecFile test, string target, string? item, IQueryEngine engine, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        if (Load(shipped, project, findings) is not { } pack)
        {
            return (null, findings.Sorted());
        }

        findings.Clear();
        var text = await new TestDraft(repository, pack, catalog, kql, engine, findings).WriteAsync(test, target, item, cancellation);
        return (text, findings.Sorted());
    }

    private async Task<ImmutableArray<MutationResult>> MutateAsync(
        ImmutableArray<TestCase> cases, ImmutableArray<TestResult> results, TestChoice choice, IQueryEngine engine, IProgress<CompilerProgress>? progress, CancellationToken cancellation) => choice.Mutate
        ? await new MutationRunner(kql, engine).RunAsync(cases, results, (done, all) => progress?.Report(new("Making mistakes in queries", done, all)), cancellation)
        : [];

    /// <summary>The test files among some paths of a repository.</summary>
    public static ImmutableArray<string> FindTests(RepositoryFiles repository, IEnumerable<string> paths) =>
        [.. paths.Where(path => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML" && ContentTests.IsTestFile(repository.Read(path)))];
}

/// <summary>What became of the tests of a project.</summary>
/// <param name="Compilation">What was tested; with errors in it, no test ran.</param>
/// <param name="Results">A result for each test and source, in the order of targets, tests and sources.</param>
public sealed record TestRun(Compilation Compilation, ImmutableArray<TestResult> Results)
{
    /// <summary>What became of the mistakes that were made on purpose; none unless asked for.</summary>
    public ImmutableArray<MutationResult> Mutations { get; init; } = [];
}
