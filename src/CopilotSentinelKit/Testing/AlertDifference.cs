using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>Compares the alerts that Sentinel makes of a rule's rows with those that its test expects.</summary>
internal static class AlertDifference
{
    private const int MostShown = 5;

    /// <summary>The difference, line by line; empty when there is none, or when nothing is said of alerts.</summary>
    public static ImmutableArray<string> Find(TestCase test, EvaluationResult result)
    {
        if (test.Spec.Expect.Alerts is not { } expected || test.Target.Rule is not { } rule)
        {
            return [];
        }

        var alerts = SentinelAlert.Of(rule, result);
        if (alerts.Length != expected.Count)
        {
            return [$"{Count(alerts.Length)} of {(result.Rows.Length == 1 ? "1 row" : FormattableString.Invariant($"{result.Rows.Length} rows"))}, and the test expects {(expected.Count == 0 ? "none" : FormattableString.Invariant($"{expected.Count}"))}."];
        }

        var pairs = RowMatch.Find(expected.Alerts.Length, alerts.Length, (one, other) => !Misfits(expected.Alerts[one], alerts[other]).Any());
        var free = Enumerable.Range(0, alerts.Length).Except(pairs).ToList();
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var wanted in expected.Alerts.Where((_, index) => pairs[index] < 0).Take(MostShown))
        {
            var nearest = free.MinBy(other => Misfits(wanted, alerts[other]).Count());
            free.Remove(nearest);
            lines.Add(FormattableString.Invariant($"No alert is that of line {wanted.Span.Position.Line}; the nearest differs:"));
            lines.AddRange(Misfits(wanted, alerts[nearest]));
        }

        return lines.DrainToImmutable();
    }

    private static IEnumerable<string> Misfits(ExpectedAlertSpec expected, SentinelAlert alert)
    {
        foreach (var (name, wanted, actual) in new[] { ("title", expected.Title, alert.Title), ("description", expected.Description, alert.Description), ("severity", expected.Severity, alert.Severity) })
        {
            if (wanted is { } text && text.Value != actual)
            {
                yield return $"  {name} is {actual}, not {text.Value}";
            }
        }

        if (expected.Tactics is { } tactics && !tactics.Select(tactic => tactic.Value).Order(StringComparer.Ordinal).SequenceEqual(alert.Tactics.Order(StringComparer.Ordinal)))
        {
            yield return $"  tactics are {Listed(alert.Tactics)}, not {Listed(tactics.Select(tactic => tactic.Value))}";
        }

        foreach (var line in expected.Entities is { } entities ? EntityMisfits(entities, alert) : [])
        {
            yield return line;
        }

        foreach (var (key, values) in expected.Details)
        {
            var actual = alert.Details.GetValueOrDefault(key.Value, []);
            if (!values.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)))
            {
                yield return $"  detail {key.Value} is {Listed(actual)}, not {Listed(values)}";
            }
        }
    }

    private static IEnumerable<string> EntityMisfits(ImmutableArray<YamlMap> expected, SentinelAlert alert)
    {
        var wanted = expected.Select(Entity).ToList();
        foreach (var missing in wanted.Except(alert.Entities.Select(entity => entity.ToString())))
        {
            yield return $"  - entity {missing}";
        }

        foreach (var surplus in alert.Entities.Select(entity => entity.ToString()).Except(wanted))
        {
            yield return $"  + entity {surplus}";
        }
    }

    private static string Entity(YamlMap map) => new AlertEntity(
        map.Entries.Where(entry => entry.Key.Value == "type").Select(entry => ((YamlText)entry.Value).Value).FirstOrDefault(""),
        map.Entries.Where(entry => entry.Key.Value != "type").ToImmutableSortedDictionary(entry => entry.Key.Value, entry => ((YamlText)entry.Value).Value, StringComparer.Ordinal)).ToString();

    private static string Listed(IEnumerable<string> values) => string.Join(", ", values) is { Length: > 0 } text ? text : "none";

    private static string Count(int alerts) => alerts switch { 0 => "No alert", 1 => "1 alert", _ => FormattableString.Invariant($"{alerts} alerts") };
}
