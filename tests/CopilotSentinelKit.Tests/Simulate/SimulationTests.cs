using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Simulate;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Simulate;

internal sealed class SimulationTests
{
    private static readonly ImmutableArray<SpecFile> Files = [.. PackFolder.Read(Repository.Root, withEvents: true)];
    private static readonly ResolvedPack Pack = Compiler.Load(Files, [], [])!;
    private static readonly string[] Tables = ["CopilotActivity", "CloudAppEvents"];
    private static readonly int[] Copies = [1, 2, 3];

    [Test]
    public void The_same_seed_gives_the_same_records_whatever_the_culture_and_another_seed_others()
    {
        var culture = CultureInfo.CurrentCulture;
        var first = Lines(1);
        CultureInfo.CurrentCulture = new("fa-IR");
        var second = Lines(1);
        CultureInfo.CurrentCulture = culture;
        Assert.That(second, Is.EqualTo(first));
        Assert.That(Lines(2), Is.Not.EqualTo(first));
        Assert.That(first, Has.Length.GreaterThan(200));
    }

    [Test]
    public void Records_come_in_order_of_time_within_the_days_each_with_an_id_of_its_own()
    {
        var events = Of(new(20, new(2026, 1, 5), 3, 1)).Events().ToList();
        Assert.That(events.Select(made => made.At), Is.Ordered);
        Assert.That(events.Select(made => made.At), Is.All.InRange(new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 1, 8, 0, 0, 0, DateTimeKind.Utc)));
        Assert.That(events.Select(made => made.Id), Is.Unique);
        Assert.That(events.Select(made => ValueText.Of(made.Record.Members.Find("CreationTime"))), Is.EqualTo(events.Select(made => made.At.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))));
    }

    [Test]
    public void An_attack_changes_no_other_record()
    {
        var options = new SimulationOptions(10, new(2026, 1, 5), 2, 1);
        var quiet = Written(options);
        var attacked = Written(options with { Attacks = [.. Pack.Simulation!.Attacks.Select(attack => new PlacedAttack(attack.Id.Value, options.To.AddDays(-1) + attack.At))] });
        Assert.That(quiet.Except(attacked), Is.Empty);
        Assert.That(attacked.Except(quiet).Count(), Is.GreaterThan(Pack.Simulation.Attacks.Length));
    }

    // What is simulated has to have what rules have to cope with.
    [TestCase("\"Messages\":[]")]
    [TestCase("\"Messages\":{")]
    [TestCase("\"ClientIP\":\"::ffff:")]
    [TestCase("\"ClientIP\":\"0.0.0.0\"")]
    [TestCase("\"ID\":\"")]
    [TestCase("PolicyOutcomes")]
    [TestCase("\"RuleMode\":\"Audit only\"")]
    [TestCase("DLPEvaluationDeferred")]
    [TestCase("BingWebSearch")]
    [TestCase("\"AgentId\":\"SharePointAgents")]
    [TestCase("\"AgentId\":\"T_")]
    [TestCase("SecurityWebhook")]
    [TestCase("\"Operation\":\"AINotesUpdate\"")]
    [TestCase("\"Operation\":\"Microsoft365CopilotScheduledPrompt\"")]
    [TestCase("\"Operation\":\"ExecuteToolBySDK\"")]
    public void Every_variant_comes(string part) => Assert.That(Month.Value.Count(line => line.Contains(part, StringComparison.Ordinal)), Is.Positive);

    [Test]
    public void Changes_of_Copilot_Studio_reach_no_table_of_Copilots_own()
    {
        var tables = SimulatedTables.Of(Pack.Simulation!, 1, Pack.Mapping, name => SharedHost.Catalog.Find(name) ?? [], []);
        var options = new SimulationOptions(12, new(2026, 1, 5), 3, 1);
        var authoring = Of(options with { Attacks = [new("agent-opened", options.From.AddHours(8))] }).Events().Where(made => ValueText.Of(made.Record.Members.Find("Workload")) == "PowerPlatform").ToList();
        Assert.That(authoring, Has.Count.AtLeast(2));
        Assert.That(authoring.SelectMany(made => tables.Rows(made)).Select(row => row.Table), Is.All.EqualTo("CloudAppEvents").And.Not.Empty);
    }

    [Test]
    public void A_record_becomes_rows_of_the_sources_that_deliver_it_some_late_some_twice_some_in_one_source_alone()
    {
        var tables = SimulatedTables.Of(Pack.Simulation!, 1, Pack.Mapping, name => SharedHost.Catalog.Find(name) ?? [], []);
        var rows = Of(new(60, new(2026, 1, 5), 5, 1)).Events().Select(made => (made, Rows: tables.Rows(made).ToList())).ToList();
        Assert.That(rows.SelectMany(pair => pair.Rows).Select(row => row.Table).Distinct(), Is.EquivalentTo(Tables));
        Assert.That(rows.Select(pair => pair.Rows.Count).Distinct(), Is.SupersetOf(Copies));
        Assert.That(rows.SelectMany(pair => pair.Rows.Select(row => row.Arrives - pair.made.At)), Has.All.GreaterThan(TimeSpan.Zero).And.Some.GreaterThan(TimeSpan.FromHours(1)));
        Assert.That(rows.SelectMany(pair => pair.Rows).Where(row => row.Table == "CloudAppEvents").Select(row => Cell(row, "CountryCode")), Has.Some.EqualTo("DE").And.Some.EqualTo("US"));
        Assert.That(rows.SelectMany(pair => pair.made.Rows).Select(row => row.Table), Is.All.EqualTo("SigninLogs").And.Not.Empty);
    }

    [Test]
    public void What_a_project_says_counts_in_place_of_the_shipped_and_its_attacks_are_added()
    {
        var pack = TestPack.Shipped().Project("rules/simulation.yaml", """
            domain: fabrikam.com
            rates: { late: 0 }
            attacks:
              - { id: own-attack, description: Own., by: staff, at: 1h, found: [copilot-jailbreak-attempt], events: { file: events/own.json, at: 0m } }
              - { id: jailbreak, description: Another., by: staff, at: 1h, found: [copilot-jailbreak-attempt], events: { file: events/own.json, at: 0m } }
            """).Load().Simulation!;
        Assert.That(pack.Domain, Is.EqualTo("fabrikam.com"));
        Assert.That(pack.Rates["late"], Is.Zero);
        Assert.That(pack.Rates["twice"], Is.Positive);
        Assert.That(pack.Attacks, Has.Length.EqualTo(Pack.Simulation!.Attacks.Length + 1));
        Assert.That(pack.Attacks.Single(attack => attack.Id.Value == "jailbreak").Description, Is.EqualTo("Another."));
    }

    [TestCase("by: staff", "by: stuff", "CSK1172")]
    [TestCase("site: intranet", "site: extranet", "CSK1172")]
    [TestCase("turn: events/agent-turn.json", "turn: events/word-prompt.json", "CSK1173")]
    [TestCase("turn: events/agent-turn.json\n", "", "CSK1171")]
    [TestCase("events/jailbreak-prompt.json", "events/jailbreak-prompts.json", "CSK1100")]
    public void A_mistake_in_it_is_a_finding(string part, string other, string code)
    {
        var text = Repository.Read("rules", "simulation.yaml").Replace(part, other, StringComparison.Ordinal);
        var findings = new List<Kql.Text.Finding>();
        var files = Files.Select(file => file.PackPath == "rules/simulation.yaml" ? file with { Bytes = System.Text.Encoding.UTF8.GetBytes(text) } : file).ToImmutableArray();
        Assert.That(Simulation.Of(SpecReader.Read(files).Simulation!, new(3, new(2026, 1, 5), 1, 1), files, [], findings), Is.Null);
        Assert.That(findings.Select(finding => finding.Code).Distinct(), Is.EqualTo(new[] { code }));
    }

    // A role or rule that nobody has any more would leave its attack without a meaning.
    [Test]
    public void Attacks_are_found_by_rules_that_there_are() =>
        Assert.That(Pack.Simulation!.Attacks.SelectMany(attack => attack.Found).Select(id => id.Value).Distinct(), Is.SubsetOf(Pack.Detections.Select(detection => detection.Spec.Id.Value)));

    private static readonly Lazy<string[]> Month = new(() => Written(new(40, new(2026, 1, 5), 21, 1)));

    private static string Cell(ArrivingRow row, string column) => ValueText.Of(row.Values[row.Columns.Select(known => known.Name).ToList().IndexOf(column)]);

    private static string[] Lines(int seed) => Written(new(12, new(2026, 1, 5), 3, seed));

    private static string[] Written(SimulationOptions options) => [.. Of(options).Events().Select(made => ValueText.Json(Value.Of(made.Record.Members)))];

    private static Simulation Of(SimulationOptions options)
    {
        var findings = new List<Kql.Text.Finding>();
        var simulation = Simulation.Of(Pack.Simulation!, options, Files, [], findings);
        Assert.That(findings.Select(finding => $"{finding.Span}: {finding.Message}"), Is.Empty);
        return simulation!;
    }
}
