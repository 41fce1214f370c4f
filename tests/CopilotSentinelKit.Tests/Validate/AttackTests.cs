using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class AttackTests
{
    [Test]
    public void Techniques_with_any_of_their_tactics() =>
        Ok("InitialAccess T1078 Collection T1213.002", yaml => WithAttack(yaml, ["InitialAccess", "Collection"], ["T1078", "T1213.002"]));

    [Test]
    public void A_technique_of_industrial_control_systems() =>
        Ok("ImpairProcessControl T0836", yaml => WithAttack(yaml, ["ImpairProcessControl"], ["T0836"]));

    [TestCase("DefenceEvasion", "DefenseEvasion")]
    [TestCase("collection", "Collection")]
    public void An_unknown_tactic_names_the_nearest(string tactic, string near)
    {
        var finding = Verify("CSK0570", $"tactics: [«{tactic}»], techniques: [T1078]", yaml => WithAttack(yaml, [tactic], ["T1078"]));
        Assert.That(finding.Message, Does.Contain($"Did you mean \"{near}\"?"));
    }

    [TestCase("Stealth")]
    [TestCase("DefenseImpairment")]
    public void A_tactic_of_attack_19(string tactic)
    {
        var finding = Verify("CSK0571", $"tactics: [«{tactic}»]", yaml => WithAttack(yaml, [tactic], []));
        Assert.That(finding.Message, Does.Contain("Use DefenseEvasion"));
    }

    [Test]
    public void A_tactic_that_only_the_api_lists()
    {
        var finding = Verify("CSK0572", "tactics: [«PreAttack»]", yaml => WithAttack(yaml, ["PreAttack"], []));
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Warning));
    }

    [Test]
    public void A_tactic_without_a_technique()
    {
        var finding = Verify("CSK0573", "tactics: [InitialAccess, «Impact»], techniques: [T1078]",
            yaml => WithAttack(yaml, ["InitialAccess", "Impact"], ["T1078"]));
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Information));
        Verify("CSK0573", "«Impact»", yaml => WithAttack(yaml, ["Impact"], []));
    }

    [TestCase("T107")]
    [TestCase("t1078")]
    [TestCase("T1078.04")]
    [TestCase("T1078/004")]
    [TestCase("AML.T0051")]
    public void A_technique_id_in_the_wrong_form(string id) =>
        Verify("CSK0574", $"tactics: [Impact], techniques: [«{id}»]", yaml => WithAttack(yaml, ["Impact"], [id]));

    [Test]
    public void A_technique_that_does_not_exist()
    {
        Verify("CSK0575", "tactics: [Impact], techniques: [«T9999»]", yaml => WithAttack(yaml, ["Impact"], ["T9999"]));
        Verify("CSK0575", "tactics: [Impact], techniques: [«T1078.999»]", yaml => WithAttack(yaml, ["Impact"], ["T1078.999"]));
        Assert.That(Verify("CSK0575", "tactics: [Impact], techniques: [«T1547.011»]", yaml => WithAttack(yaml, ["Impact"], ["T1547.011"])).Message,
            Does.Contain("replaced by T1647"));
    }

    [TestCase("Initial Access", "InitialAccess")]
    [TestCase("collection", "Collection")]
    public void A_tactic_in_another_letter_case_has_a_fix(string tactic, string written)
    {
        var finding = Verify("CSK0570", $"tactics: [«{tactic}»]", yaml => WithAttack(yaml, [tactic], []));
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo(written));
        Assert.That(finding.Fix.Edits.Single().Span, Is.EqualTo(finding.Span));
    }

    [Test]
    public void A_tactic_that_is_no_known_word_has_none() =>
        Assert.That(Verify("CSK0570", "tactics: [«Hacking»]", yaml => WithAttack(yaml, ["Hacking"], [])).Fix, Is.Null);

    [TestCase("T1086", "T1059.001")]
    [TestCase("T1193", "T1566.001")]
    public void A_technique_that_has_another_id_now(string id, string now)
    {
        var finding = Verify("CSK0575", $"tactics: [Impact], techniques: [«{id}»]", yaml => WithAttack(yaml, ["Impact"], [id]));
        Assert.That(finding.Message, Does.Contain($"replaced by {now}"));
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo(now));
    }

    [Test]
    public void A_technique_and_its_sub_technique()
    {
        var finding = Verify("CSK0587", "tactics: [InitialAccess], techniques: [«T1566», T1566.002]",
            yaml => WithAttack(yaml, ["InitialAccess"], ["T1566", "T1566.002"]));
        Assert.That(finding.Message, Does.Contain("\"T1566.002\""));
        Ok("tactics: [InitialAccess], techniques: [T1566.001, T1566.002]", yaml => WithAttack(yaml, ["InitialAccess"], ["T1566.001", "T1566.002"]));
    }

    [Test]
    public void A_technique_that_attack_19_revoked_is_one_of_Sentinels() =>
        Ok("tactics: [DefenseEvasion], techniques: [T1562.008]", yaml => WithAttack(yaml, ["DefenseEvasion"], ["T1562.008"]));

    [Test]
    public void A_technique_that_only_attack_19_has()
    {
        var finding = Verify("CSK0577", "tactics: [DefenseEvasion], techniques: [«T1685»]", yaml => WithAttack(yaml, ["DefenseEvasion"], ["T1685"]));
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Warning));
    }

    [Test]
    public void A_technique_without_its_tactic()
    {
        var finding = Verify("CSK0578", "tactics: [Collection], techniques: [T1213, «T1562.003»]",
            yaml => WithAttack(yaml, ["Collection"], ["T1213", "T1562.003"]));
        Assert.That(finding.Message, Does.Contain("Add one of: DefenseEvasion."));
        Verify("CSK0578", "techniques: [«T1213»]", yaml => WithAttack(yaml, [], ["T1213"]));
    }

    [Test]
    public void A_tactic_or_technique_twice()
    {
        var finding = Verify("CSK0579", "Collection «Collection» T1213", yaml => Rule(yaml) with
        {
            Attack = new([yaml["Collection"], yaml["Collection", 2]], [yaml["T1213"]]),
        });
        Assert.That(finding.Related.Single().Span.Position, Is.EqualTo((1, 1)));
        Verify("CSK0579", "Collection T1213 «T1213»", yaml => Hunt(yaml) with
        {
            Attack = new([yaml["Collection"]], [yaml["T1213"], yaml["T1213", 2]]),
        });
    }

    private static AnalyticsRule WithAttack(Yaml yaml, ImmutableArray<string> tactics, ImmutableArray<string> techniques) =>
        Rule(yaml) with { Attack = new([.. tactics.Select(tactic => yaml[tactic])], [.. techniques.Select(technique => yaml[technique])]) };
}
