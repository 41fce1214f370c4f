using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing;

/// <summary>Counts how often the runs of a replay raise each alert that a test expects. Two rows are the same alert when they are about the same
/// entities: counts and times differ from run to run.</summary>
internal static class AlertCount
{
    /// <summary>Alerts that no run raises, or more runs than one.</summary>
    public static IEnumerable<string> Faults(TestCase test, IReadOnlyList<(DateTime At, EvaluationResult Result)> runs)
    {
        foreach (var same in test.Spec.Expect.Rows.GroupBy(row => Identity(test, row), StringComparer.Ordinal))
        {
            var times = runs.SelectMany(run => run.Result.Rows.Where(row => IsOf(test, same.First(), run.Result, row)).Select(_ => run.At)).ToList();
            if (times.Count < same.Count())
            {
                yield return $"Missed: {(times.Count == 0 ? "no run raises" : $"only {times.Count} of {same.Count()} runs raise")} {same.Key}";
            }
            else if (times.Count > same.Count())
            {
                yield return $"Doubled: {same.Key} is raised at {string.Join(", ", times.Take(3).Select(time => time.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)))}";
            }
        }
    }

    private static string Identity(TestCase test, YamlMap row) =>
        "{" + string.Join(", ", Identifying(test, row).Select(entry => $"{entry.Key.Value}: {ExpectedValue.Show(entry.Value)}")) + "}";

    private static bool IsOf(TestCase test, YamlMap expected, EvaluationResult result, ImmutableArray<Value> row) =>
        Identifying(test, expected).All(entry =>
        {
            var place = result.Columns.Select(column => column.Name).ToList().IndexOf(entry.Key.Value);
            return place >= 0 && ExpectedValue.Fits(entry.Value, row[place], result.Columns[place].Type, test.Workspace.Now);
        });

    private static ImmutableArray<YamlEntry> Identifying(TestCase test, YamlMap row)
    {
        ImmutableArray<YamlEntry> entities = [.. row.Entries.Where(entry => test.Target.EntityColumns.Contains(entry.Key.Value))];
        return entities.IsEmpty ? row.Entries : entities;
    }
}
