using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Testing;

/// <summary>Makes test cases of tests: each on every source, with the rows that its events are there.</summary>
/// <param name="mapping">Says how a record becomes a row of a source.</param>
/// <param name="targets">The tests, by what they test.</param>
/// <param name="bench">What they run against.</param>
/// <param name="files">The files that they name.</param>
/// <param name="findings">Takes what is wrong with them.</param>
internal sealed class TestPlan(Mapping mapping, ImmutableArray<TargetTests> targets, TestBench bench, EventFiles files, List<Finding> findings)
{
    private readonly EventSeries _series = new(files, mapping.Records, findings);
    private readonly TestRows _rows = new(bench, mapping, files, findings);

    /// <summary>Whether records come in those sources alone whose tables the query reads: existing content seldom reads all.</summary>
    public bool OnSourcesRead { get; init; }

    /// <summary>The cases, in order of targets, tests and sources. A test whose inputs are wrong is a finding and left out.</summary>
    public ImmutableArray<TestCase> Build(TestChoice choice)
    {
        var cases = ImmutableArray.CreateBuilder<TestCase>();
        if (choice.IsAll && !OnSourcesRead)
        {
            findings.AddRange(bench.Targets.Values.OrderBy(target => target.Name, StringComparer.Ordinal).SelectMany(target =>
                targets.FirstOrDefault(tests => tests.Target == target.Name) is { Rests: true } ? []
                : TestChecks.Missing(target, targets.FirstOrDefault(tests => tests.Target == target.Name)?.Tests ?? [])));
        }

        foreach (var (name, tests) in targets)
        {
            if (bench.Targets.TryGetValue(name, out var target))
            {
                TestChecks.Check(target, tests, findings);
                cases.AddRange(tests.Where(test => choice.Takes(name, test.Name)).SelectMany(test => Cases(target, test, choice)));
            }
        }

        return cases.DrainToImmutable();
    }

    private IEnumerable<TestCase> Cases(TestTarget target, TestSpec test, TestChoice choice)
    {
        // Rows of a table that no parser reads here would only be missed.
        if (!OnSourcesRead && test.Tables.Any(table => mapping.RestingTables.Contains(table.Name.Value)))
        {
            return [];
        }

        var before = findings.Count;
        var now = test.Now is { } text ? EventTime.TryRead(text.Value, TestSpec.DefaultNow) ?? Wrong(text) : TestSpec.DefaultNow;
        var events = _series.Of(test.Events, now);
        var tables = _rows.Tables(test, now);
        tables = tables.AddRange(_rows.Functions(test, now));
        var external = _rows.External(test, now);
        var functions = bench.FunctionsOf(test);
        var watchlists = _rows.Watchlists(test, now);
        TestChecks.CheckExpected(target, test, now, findings);
        var sources = Sources(test);
        if (events is null || findings.Skip(before).Any(finding => finding.Severity == FindingSeverity.Error))
        {
            return [];
        }

        return from source in sources
               where choice.Source is null || source.Name == choice.Source
               select new TestCase(target, test, source.Name, new(now, _rows.With(tables, source.Sources, events.Value), functions, watchlists, external));
    }

    private DateTime Wrong(Spanned<string> time)
    {
        findings.Add(TestFindings.NotATime(time.Span, time.Value));
        return TestSpec.DefaultNow;
    }

    /// <summary>Each enabled source that the test asks for, and all of them together: the parsers have to know copies of a record.</summary>
    private IEnumerable<(string Name, ImmutableArray<SourceSpec> Sources)> Sources(TestSpec test)
    {
        if (test.Events.IsEmpty)
        {
            return [("", [])];
        }

        findings.AddRange(test.Sources.Where(name => !mapping.AllSources.Contains(name.Value)).Select(name => TestFindings.UnknownSource(name.Span, name.Value, mapping.AllSources)));
        ImmutableArray<SourceSpec> chosen = [.. mapping.Sources.Where(source => test.Sources.IsEmpty ? !OnSourcesRead || bench.Tables.Contains(source.Table.Value) : test.Sources.Any(name => name.Value == source.Name.Value))];
        findings.AddRange(chosen.Where(source => source.Row.IsEmpty).Select(source => TestFindings.NoRow(source.Name.Span, source.Name.Value)).Where(finding => !findings.Contains(finding)));
        IEnumerable<(string, ImmutableArray<SourceSpec>)> single = chosen.Select(source => (source.Name.Value, ImmutableArray.Create(source)));
        return test.Sources.IsEmpty && chosen.Length > 1 ? single.Append((TestCase.AllSources, chosen)) : single;
    }
}
