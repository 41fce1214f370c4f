using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit.Defender;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit.Defender;

/// <summary>The shipped rules in both forms, at the same schedule, over the events of their own tests: Sentinel's over Sentinel's rows of CloudAppEvents,
/// Defender's over the same rows with the columns that Defender has.</summary>
internal sealed class CustomDetectionEquivalenceTests
{
    [Test]
    public async Task Both_forms_of_a_rule_find_the_same()
    {
        var files = PackFolder.Read(Repository.Root, withEvents: true).Select(file => file with { ShownPath = file.PackPath }).ToImmutableArray();
        var shipped = TestPack.Shipped().WithKit("sources: [CloudAppEvents]").Load();
        var queries = (await DefenderAnalysis.RunAsync(shipped, SharedHost.Catalog, SharedHost.Analyzer, CancellationToken.None))!.Value;

        // Sentinel's form of what can be a custom detection, at Defender's schedule.
        var pack = shipped with
        {
            Workbooks = [],
            Detections = [.. shipped.Detections.Join(queries, detection => detection.Spec.Id.Value, query => query.Rendered.Id, (detection, query) => query.Rendered.Schedule is { } schedule ? At(detection, schedule) : detection)],
        };
        var findings = new List<Finding>();
        var content = Generator.Generate(pack, SharedHost.Catalog, findings, CancellationToken.None);
        var forms = CustomDetections.Add(pack, [.. content.Items], queries, findings).OfType<AnalyticsRule>().Where(rule => rule.CustomDetection is not null).ToDictionary(rule => rule.Id.Value, StringComparer.Ordinal);
        pack = pack with { Detections = [.. pack.Detections.Where(detection => forms.ContainsKey(detection.Spec.Id.Value))] };
        var analyzed = await ContentAnalysis.RunAsync(Generator.Generate(pack, SharedHost.Catalog, [], CancellationToken.None), pack, SharedHost.Catalog, SharedHost.Analyzer, null, CancellationToken.None);
        var bench = await TestBench.PrepareAsync(analyzed.Items, analyzed.Schema, SharedHost.Analyzer, CancellationToken.None);
        var cases = new TestPlan(pack.Mapping, [.. shipped.Tests.Where(tests => forms.ContainsKey(tests.Target))], bench, EventFiles.Of(files, [], findings), findings).Build(new());

        var engine = new LocalEngine();
        var found = 0;
        foreach (var test in cases)
        {
            var query = queries.Single(query => query.Rendered.Id == test.Target.Name);
            var seen = VisibleRows.At(test.Workspace, test.Workspace.Now, test.Target.Period);
            var sentinel = await engine.RunAsync(test.Target.Query, seen, CancellationToken.None);
            var defender = await engine.RunAsync(new(query.Rendered.Query!.Text, query.Analysis!), InDefender(seen), CancellationToken.None);
            Assert.That(defender.Problem?.Message, Is.Null, $"{test.Target.Name}: {test.Spec.Name.Value}");
            Assert.That(Rows(defender.Result!, sentinel.Result!.Columns), Is.EqualTo(Rows(sentinel.Result, sentinel.Result.Columns)), $"{test.Target.Name}: {test.Spec.Name.Value}");

            // Rows that a test writes itself have no id.
            Assert.That(!test.Spec.Tables.IsEmpty || Rows(defender.Result!, [new("ReportId", "string"), new("Timestamp", "datetime")]).All(row => row.Split('\t').All(value => value.Length > 0)), Is.True, $"{test.Target.Name}: {test.Spec.Name.Value}");
            found += defender.Result!.Rows.Length;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forms, Has.Count.GreaterThanOrEqualTo(33));
            Assert.That(cases.Select(test => test.Target.Name).Distinct(), Is.EquivalentTo(forms.Keys));
            Assert.That(found, Is.GreaterThan(cases.Length / 4), "what finds nothing proves nothing");
            Assert.That(forms.Values.Where(rule => rule.CustomDetection!.Query.Text.Length > AnalyticsRule.MaxQueryLength).Select(rule => rule.FileName), Is.Empty);
        }
    }

    private static Detection At(Detection detection, DefenderSchedule schedule)
    {
        var place = detection.Spec.Kind.Span;
        return detection with { Spec = detection.Spec with { Schedule = new(place, new(schedule.Frequency, place), new(schedule.Lookback, place)) } };
    }

    // Defender's table has other columns; a row's event time is in Timestamp alone.
    private static EvaluationWorkspace InDefender(EvaluationWorkspace workspace)
    {
        var columns = SharedHost.Catalog.FindDefender(CustomDetection.Table)!.Value;
        return workspace with { Tables = [.. workspace.Tables.Select(table => table.Name == CustomDetection.Table ? Of(table) : table)], Functions = [] };

        EvaluationTable Of(EvaluationTable table) => table with
        {
            Columns = columns,
            Rows = [.. table.Rows.Select(row => columns.Select(column => table.Columns.ToList().FindIndex(own => own.Name.Equals(column.Name == "Timestamp" ? "TimeGenerated" : column.Name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var place ? row[place] : Value.Null).ToImmutableArray())],
        };
    }

    private static IEnumerable<string> Rows(EvaluationResult result, ImmutableArray<Column> columns) => result.Rows
        .Select(row => string.Join('\t', columns.Select(column => column.Name == "RecordId" && !result.Columns.Any(own => own.Name == "RecordId") ? "" : ValueText.Of(row[result.Columns.ToList().FindIndex(own => own.Name == column.Name)]))))
        .Order(StringComparer.Ordinal);
}
