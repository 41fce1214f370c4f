using System.Globalization;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>The table of src/docs/simulation.md: measured for each rule as it is, within the aims, and every attack found. Made by the command that stands above it.</summary>
internal sealed partial class SimulationTableTests
{
    private static readonly string Section = Measured().Match(Repository.Read("src", "docs", "simulation.md")).Groups[1].Value;

    [Test]
    public async Task Each_rule_was_measured_as_it_is()
    {
        var rules = (await ShippedPack.Compilation).Items.OfType<AnalyticsRule>().Select(rule => $"{rule.Id.Value} {rule.Version.Value}").Order(StringComparer.Ordinal);
        var loud = Row().Matches(Section).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}");
        var silent = Silent().Match(Section).Groups[1].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(loud.Concat(silent).Order(StringComparer.Ordinal), Is.EqualTo(rules));
    }

    [Test]
    public void Alerts_of_ordinary_life_are_within_the_aims()
    {
        Assert.That(Number("all"), Is.LessThan(5));
        Assert.That(Number("Medium and above, with an incident"), Is.LessThan(1));
    }

    [Test]
    public async Task Each_attack_is_found_by_each_rule_that_is_for_it()
    {
        var attacks = (await ShippedPack.Compilation).Pack!.Simulation!.Attacks.SelectMany(attack => attack.Found.Select(rule => $"| {attack.Id.Value} | {rule.Value} | yes |"));
        Assert.That(Section.Split('\n').Where(line => line.EndsWith(" | yes |", StringComparison.Ordinal) || line.EndsWith(" | no |", StringComparison.Ordinal)), Is.EqualTo(attacks));
    }

    private static double Number(string row) =>
        double.Parse(Section.Split('\n').Single(line => line.StartsWith($"| {row} |", StringComparison.Ordinal)).Split('|')[^2], CultureInfo.InvariantCulture);

    [GeneratedRegex("<!-- simulated -->(.*)<!-- /simulated -->", RegexOptions.Singleline)]
    private static partial Regex Measured();

    [GeneratedRegex(@"^\| ([a-z-]+) \| ([0-9.]+) \| \w+ \| (?:yes|no) \| [0-9.]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^No alert: (.*)\.$", RegexOptions.Multiline)]
    private static partial Regex Silent();
}
