using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Simulate;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit;

/// <summary>The pack over a tenant that does not exist.</summary>
public sealed partial class Compiler
{
    /// <summary>The project's workbooks over a small simulated tenant, in which one of each attack is placed; none where nothing can be simulated.</summary>
    /// <exception cref="EvaluationException">A parser cannot be run.</exception>
    internal async Task<ImmutableArray<ShownWorkbook>> WorkbooksAsync(
        Compilation compilation, ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, SimulationOptions options, List<Finding> findings, CancellationToken cancellation)
    {
        if (compilation.Pack is not { Simulation: { } spec } pack || Simulation.Of(spec, options, shipped, project, findings) is not { } simulation)
        {
            return [];
        }

        var run = new SimulatedRun(await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, kql, cancellation), pack.Mapping, kql);
        var workspace = await run.AtEndAsync(simulation, spec, options, cancellation);
        return await new SimulatedWorkbooks(workspace, compilation.Schema!, kql).ShowAsync(compilation.Items.OfType<Workbook>(), cancellation);
    }

    /// <summary>Runs the pack's rules over a simulated tenant: ordinary life, and the same with the attacks that the options place in it.</summary>
    /// <param name="shipped">Files of the shipped pack, sample events among them.</param>
    /// <param name="project">Files of the project, empty where there is no kit.yaml.</param>
    /// <param name="options">The tenant.</param>
    /// <param name="history">Days before the rules begin to run.</param>
    /// <param name="filter">Part of the ids of the rules to run; all when null.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">A language service is missing or broken.</exception>
    /// <exception cref="EvaluationException">A rule cannot be run.</exception>
    public async Task<(Compilation Compilation, SimulationReport? Report)> SimulateAsync(
        ImmutableArray<SpecFile> shipped, ImmutableArray<SpecFile> project, SimulationOptions options, int history, string? filter, IProgress<CompilerProgress>? progress, CancellationToken cancellation)
    {
        var compilation = await CompileAsync(shipped, project, progress, cancellation);
        if (compilation.HasErrors || compilation.Pack is not { Simulation: { } spec } pack)
        {
            return (compilation, null);
        }

        var findings = new List<Finding>();
        var quiet = Simulation.Of(spec, options with { Attacks = [] }, shipped, project, findings);
        var attacked = quiet is null || options.Attacks.IsEmpty ? quiet : Simulation.Of(spec, options, shipped, project, findings);
        if (quiet is null || attacked is null)
        {
            return (compilation.With(findings.Sorted()), null);
        }

        var run = new SimulatedRun(await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, kql, cancellation), pack.Mapping, kql);
        var from = options.From.AddDays(history);
        var rules = compilation.Items.OfType<AnalyticsRule>().Where(rule => filter is null || rule.Id.Value.Contains(filter, StringComparison.Ordinal)).ToImmutableDictionary(rule => rule.Id.Value, StringComparer.Ordinal);
        var passes = options.Attacks.IsEmpty ? 1 : 2;
        var done = 0;
        var ordinary = await run.AlertsAsync(quiet, spec, options with { Attacks = [] }, from, rules.ContainsKey, isDirect: false, Ran, cancellation);
        var withAttacks = passes == 1 ? ordinary : await run.AlertsAsync(attacked, spec, options, from, rules.ContainsKey, isDirect: false, Ran, cancellation);
        ImmutableArray<SimulatedAttack> placed = [.. options.Attacks.Select(attack => spec.Attacks.First(known => known.Id.Value == attack.Id)).Distinct()];
        return (compilation, new(options.People, (options.To - from).TotalDays, rules, ordinary, withAttacks, placed));

        void Ran() => progress?.Report(new("Running rules", Interlocked.Increment(ref done), rules.Count * passes));
    }
}
