using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Catalog;

internal sealed class TaxonomyCatalogTests
{
    [Test]
    public void Attack_17_1_has_679_techniques_beside_those_of_ics()
    {
        Assert.That(AttackCatalog.Instance.Techniques.Count(id => id[1] == '1'), Is.EqualTo(679));
        Assert.That(AttackCatalog.Instance.Techniques.Count(id => id[1] == '0'), Is.EqualTo(79));
        Assert.That(AttackCatalog.Instance.Tactics, Has.Length.EqualTo(16));
    }

    [Test]
    public void Every_technique_belongs_to_a_tactic_of_sentinel() => Assert.That(
        AttackCatalog.Instance.Techniques.SelectMany(id => AttackCatalog.Instance.TacticsOf(id)!.Value).Distinct().Order(StringComparer.Ordinal),
        Is.EqualTo(AttackCatalog.Instance.Tactics));

    [Test]
    public void Tactics_that_not_every_side_knows()
    {
        Assert.That(AttackCatalog.Instance.CounterpartOf("Stealth"), Is.EqualTo("DefenseEvasion"));
        Assert.That(AttackCatalog.Instance.CounterpartOf("Impact"), Is.Null);
        Assert.That(AttackCatalog.Instance.IsOnlyInArm("PreAttack"), Is.True);
        Assert.That(AttackCatalog.Instance.IsOnlyInArm("InhibitResponseFunction"), Is.False);
    }

    [TestCase("T1562", "T1685")]
    [TestCase("T1562.003", "")]
    [TestCase("T1078", null)]
    public void What_attack_19_revoked(string technique, string? successor) =>
        Assert.That(AttackCatalog.Instance.SuccessorOf(technique), Is.EqualTo(successor));

    [Test]
    public void Former_ids_stand_for_techniques_of_17_1()
    {
        Assert.That(AttackCatalog.Instance.FormerTechniques.Count(), Is.EqualTo(112));
        Assert.That(AttackCatalog.Instance.FormerTechniques.Where(id => AttackCatalog.Instance.TacticsOf(id) is not null), Is.Empty);
        Assert.That(AttackCatalog.Instance.FormerTechniques.Select(id => AttackCatalog.Instance.SuccessorOfFormer(id)!),
            Is.All.Matches<string>(id => AttackCatalog.Instance.TacticsOf(id!) is not null));
    }

    [TestCase("T1685", true)]
    [TestCase("T1078", false)]
    public void What_only_attack_19_has(string technique, bool later) =>
        Assert.That(AttackCatalog.Instance.LaterName(technique) is not null, Is.EqualTo(later));

    [Test]
    public void Atlas_and_owasp_are_whole()
    {
        Assert.That(RiskCatalog.Atlas.Ids.Count(), Is.EqualTo(170));
        Assert.That(RiskCatalog.Atlas.NameOf("AML.T0054"), Is.EqualTo("LLM Jailbreak"));
        Assert.That(RiskCatalog.Atlas.NameOf("AML.T0051.001"), Is.EqualTo("LLM Prompt Injection: Indirect"));
        Assert.That(RiskCatalog.Owasp.Ids.Count(), Is.EqualTo(10));
        Assert.That(RiskCatalog.Owasp.NameOf("LLM02"), Is.EqualTo("Sensitive Information Disclosure"));
    }

    [Test]
    public void Entity_types_require_and_prefer_identifiers_that_they_have()
    {
        var catalog = EntityCatalog.Instance;
        Assert.That(catalog.Names.Count(), Is.EqualTo(19));
        Assert.That(catalog.DroppedAccountNames, Has.Length.EqualTo(11).And.Contain("LOCAL SYSTEM"));
        foreach (var type in catalog.Names.Select(name => catalog.Find(name)!))
        {
            Assert.That(type.Required, Is.Not.Empty, type.Name);
            Assert.That(type.Required.Concat(type.Strong).SelectMany(combination => combination).Except(type.Identifiers), Is.Empty, type.Name);
        }

        Assert.That(string.Join('+', catalog.Find("FileHash")!.Required.Single()), Is.EqualTo("Algorithm+Value"));
        Assert.That(catalog.Find("account"), Is.Null);
    }

    [Test]
    public void Data_files_are_sorted_and_name_where_they_come_from()
    {
        foreach (var name in new[] { "attack.tsv", "atlas.tsv", "owasp.tsv", "entities.tsv", "log-analytics.tables", "defender-xdr.tables" })
        {
            var lines = Encoding.UTF8.GetString(KitData.Read(name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(lines[0], Does.StartWith("# "), name);
            Assert.That(lines.SkipWhile(line => line[0] == '#'), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal), name);
        }

        Assert.That(Encoding.UTF8.GetString(KitData.Read("attack.tsv")), Does.Contain("The MITRE Corporation"));
    }

    [Test]
    public void A_data_file_that_is_not_embedded_is_a_broken_build() =>
        Assert.That(() => KitData.Read("nothing.tsv"), Throws.InvalidOperationException);
}
