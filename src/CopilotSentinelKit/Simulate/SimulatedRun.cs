using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Simulate;

/// <summary>An alert that a rule raises over a simulated tenant.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="At">The run that raises it, UTC.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Entities">What it is about.</param>
internal sealed record SimulatedAlert(string Rule, DateTime At, string Severity, ImmutableArray<AlertEntity> Entities)
{
    /// <summary>The same alert in two runs: times and numbers in its texts may differ.</summary>
    public string Identity { get; } = $"{Rule} {string.Join("; ", Entities.Select(entity => entity.ToString()).Order(StringComparer.Ordinal))}";
}

/// <summary>Runs the rules of a pack over a simulated tenant, each at its frequency, each seeing what has arrived and no more than its period; a rule rests after an
/// alert as long as its suppression says.</summary>
internal sealed class SimulatedRun(TestBench bench, Mapping mapping, IKqlAnalyzer kql)
{
    /// <summary>What a query may take: it reads what a whole tenant writes.</summary>
    public static EvaluationLimits Limits { get; } = new(TimeSpan.FromMinutes(20), 16L << 30);

    /// <summary>The alerts of some days, in order of rules and time.</summary>
    /// <param name="simulation">The tenant.</param>
    /// <param name="spec">What it is like.</param>
    /// <param name="options">Its size and time.</param>
    /// <param name="from">From when on rules run; what was before is their history, UTC.</param>
    /// <param name="rules">Rules to run; all when null.</param>
    /// <param name="isDirect">Whether each run runs the parsers anew, as Sentinel does: slow, and the measure of the other way.</param>
    /// <param name="ran">Told after each rule, from several threads; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EvaluationException">A query cannot be run.</exception>
    public async Task<ImmutableArray<SimulatedAlert>> AlertsAsync(
        Simulation simulation, SimulationSpec spec, SimulationOptions options, DateTime from, Func<string, bool>? rules, bool isDirect, Action? ran, CancellationToken cancellation)
    {
        var history = new SimulatedHistory();
        var tables = Tables(simulation, spec, options, history);
        var parsed = isDirect ? [] : await ParsedRows.OfAsync(bench, tables, history, kql, cancellation);
        var findings = new List<Finding>();
        ImmutableArray<EvaluationTable> watchlists = [.. Lists(simulation, options, findings)];
        var workspace = new SimulatedWorkspace(tables, parsed, bench.Functions, watchlists);
        var chosen = bench.Targets.Values.Where(target => target.Rule is not null && rules?.Invoke(target.Name) != false).OrderBy(target => target.Name, StringComparer.Ordinal).ToImmutableArray();

        // Rules that read alerts come after those that raise them.
        var first = await RunAsync([.. chosen.Where(target => !ReadsAlerts(target))], workspace);
        workspace = workspace with { Tables = [.. tables.Where(table => table.Name != AlertRows.Table), AlertRows.Of(first.Select(alert => (bench.Targets[alert.Rule].Rule!, alert)), bench.ColumnsOf(AlertRows.Table) ?? [])] };
        return first.AddRange(await RunAsync([.. chosen.Where(ReadsAlerts)], workspace));

        async Task<ImmutableArray<SimulatedAlert>> RunAsync(ImmutableArray<TestTarget> targets, SimulatedWorkspace seen)
        {
            var alerts = new ImmutableArray<SimulatedAlert>[targets.Length];
            await Parallel.ForAsync(0, targets.Length, cancellation, async (index, token) =>
            {
                alerts[index] = await OfRuleAsync(targets[index], seen, token);
                ran?.Invoke();
            });
            return [.. alerts.SelectMany(alert => alert)];
        }

        async Task<ImmutableArray<SimulatedAlert>> OfRuleAsync(TestTarget target, SimulatedWorkspace seen, CancellationToken token)
        {
            var alerts = ImmutableArray.CreateBuilder<SimulatedAlert>();
            var rests = DateTime.MinValue;
            foreach (var at in seen.Runs(target, from, options.To).Where(at => at >= rests))
            {
                var outcome = await new LocalEngine(limits: Limits).RunAsync(target.Query, seen.At(target, at), token);
                var result = outcome.Result ?? throw new EvaluationException($"{target.Name}: {outcome.Problem!.Message}");
                var raised = SentinelAlert.Of(target.Rule!, result);
                alerts.AddRange(raised.Select(alert => new SimulatedAlert(target.Name, at, alert.Severity, alert.Entities)));
                if (!raised.IsEmpty && target.Rule!.Suppression is { } suppression)
                {
                    rests = at + suppression.Value;
                }
            }

            return alerts.DrainToImmutable();
        }
    }

    private static bool ReadsAlerts(TestTarget target) => target.Query.Analysis.Tables.Contains(AlertRows.Table);

    /// <summary>What a query finds when everything has happened: all rows that have arrived by the end, what parsers return worked out once.</summary>
    /// <param name="simulation">The tenant.</param>
    /// <param name="spec">What it is like.</param>
    /// <param name="options">Its size and time.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EvaluationException">A parser cannot be run.</exception>
    public async Task<EvaluationWorkspace> AtEndAsync(Simulation simulation, SimulationSpec spec, SimulationOptions options, CancellationToken cancellation)
    {
        var history = new SimulatedHistory();
        var tables = Tables(simulation, spec, options, history);
        var parsed = await ParsedRows.OfAsync(bench, tables, history, kql, cancellation);
        return new SimulatedWorkspace(tables, parsed, bench.Functions, [.. Lists(simulation, options, [])]).Whole(options.To);
    }

    private ImmutableArray<EvaluationTable> Tables(Simulation simulation, SimulationSpec spec, SimulationOptions options, SimulatedHistory history)
    {
        var findings = new List<Finding>();
        var sources = SimulatedTables.Of(spec, options.Seed, mapping, name => bench.ColumnsOf(name) ?? [], findings);
        var rows = new Dictionary<string, (List<ImmutableArray<Value>> Rows, List<DateTime> Arrives)>(StringComparer.Ordinal);
        var beside = new Dictionary<string, List<SimulatedRow>>(StringComparer.Ordinal);
        foreach (var made in simulation.Events())
        {
            foreach (var row in sources.Rows(made))
            {
                if (!rows.TryGetValue(row.Table, out var table))
                {
                    rows.Add(row.Table, table = ([], []));
                }

                table.Rows.Add(row.Values);
                table.Arrives.Add(row.Arrives);
                history.Add(made, row.Table, row.Arrives);
            }

            foreach (var row in made.Rows)
            {
                if (!beside.TryGetValue(row.Table, out var list))
                {
                    beside.Add(row.Table, list = []);
                }

                list.Add(row);
            }
        }

        history.Close();
        var all = bench.Tables.Concat(rows.Keys).Concat(beside.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return [.. all.Select(name => rows.TryGetValue(name, out var table) ? new EvaluationTable(name, bench.ColumnsOf(name) ?? [], [.. table.Rows], [.. table.Arrives])
            : beside.TryGetValue(name, out var written) ? Written(name, written, spec)
            : new(name, bench.ColumnsOf(name) ?? [], [], []))];
    }

    private EvaluationTable Written(string name, List<SimulatedRow> rows, SimulationSpec spec)
    {
        var columns = bench.ColumnsOf(name) ?? [];
        return new(name, columns, TableRows.Read($"the table \"{name}\"", columns, rows.Select(row => WrittenRow.Of(row.Values, spec.Span)), default, new List<Finding>()), [.. rows.Select(row => row.At)]);
    }

    private IEnumerable<EvaluationTable> Lists(Simulation simulation, SimulationOptions options, List<Finding> findings)
    {
        var given = simulation.Watchlists();
        return bench.Watchlists.Select(list => given.Any(own => own.Name.Value == list.Deployed.Name)
            ? list.With(TableRows.Read($"the watchlist \"{list.Deployed.Name}\"", list.Deployed.Columns, given.First(own => own.Name.Value == list.Deployed.Name).Rows, options.From, findings))
            : list.Deployed);
    }
}
