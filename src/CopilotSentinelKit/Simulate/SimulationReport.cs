using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Simulate;

/// <summary>What a pack raises over a simulated tenant: on ordinary life, and of attacks.</summary>
public sealed class SimulationReport
{
    private readonly int _people;
    private readonly double _days;
    private readonly ImmutableDictionary<string, AnalyticsRule> _rules;
    private readonly ImmutableArray<SimulatedAlert> _ordinary;

    internal SimulationReport(int people, double days, ImmutableDictionary<string, AnalyticsRule> rules, ImmutableArray<SimulatedAlert> ordinary, ImmutableArray<SimulatedAlert> attacked, ImmutableArray<SimulatedAttack> attacks)
    {
        (_people, _days, _rules, _ordinary) = (people, days, rules, ordinary);
        var left = ordinary.Select(alert => alert.Identity).GroupBy(identity => identity, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

        // What the attacks alone raise: ordinary life raises the others too.
        var own = attacked.Where(alert => left.GetValueOrDefault(alert.Identity) is var count && (left[alert.Identity] = count - 1) < 0).Select(alert => alert.Rule).ToHashSet(StringComparer.Ordinal);
        Attacks = [.. attacks.SelectMany(attack => attack.Found.Where(rule => rules.ContainsKey(rule.Value)).Select(rule => (attack.Id.Value, rule.Value, own.Contains(rule.Value))))];
    }

    /// <summary>Attacks, the rules that must find them, and whether each did.</summary>
    public ImmutableArray<(string Attack, string Rule, bool IsFound)> Attacks { get; }

    /// <summary>Alerts of ordinary life a day per thousand people.</summary>
    public double Alerts => PerDay(_ordinary.Length);

    /// <summary>Those of at least Medium severity that make an incident.</summary>
    public double Incidents => PerDay(_ordinary.Count(MakesIncident));

    /// <summary>As tables of Markdown: what was simulated, the rules with an alert, those without, and the attacks.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{_people} people, {_days:0.#} days.\n\n| rule | version | severity | incident | alerts a day per 1,000 people |\n|---|---|---|---|--:|\n");
        foreach (var group in _ordinary.GroupBy(alert => alert.Rule, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            var rule = _rules[group.Key];
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {rule.Version.Value} | {rule.Severity.Value} | {(rule.Incident?.Create == false ? "no" : "yes")} | {Number(PerDay(group.Count()))} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| all | | | | {Number(Alerts)} |\n| Medium and above, with an incident | | | | {Number(Incidents)} |\n");
        var silent = _rules.Keys.Except(_ordinary.Select(alert => alert.Rule)).Order(StringComparer.Ordinal).Select(id => $"{id} {_rules[id].Version.Value}").ToList();
        text.Append(CultureInfo.InvariantCulture, $"\nNo alert: {(silent.Count == 0 ? "none" : string.Join(", ", silent))}.\n");
        if (!Attacks.IsEmpty)
        {
            text.Append("\n| attack | rule that must find it | found |\n|---|---|---|\n");
            foreach (var (attack, rule, isFound) in Attacks)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {attack} | {rule} | {(isFound ? "yes" : "no")} |\n");
            }
        }

        return text.ToString();
    }

    private bool MakesIncident(SimulatedAlert alert) => _rules[alert.Rule].Incident?.Create != false && alert.Severity is nameof(AlertSeverity.Medium) or nameof(AlertSeverity.High);

    private double PerDay(int alerts) => alerts * 1000.0 / _people / _days;

    private static string Number(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
