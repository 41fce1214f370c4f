
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class TaxonomyTests
{
    [TestCase("AML.T0054")]
    [TestCase("AML.T0051.001")]
    public void A_technique_of_atlas(string id) => Assert.That(TaxonomyChecks.Atlas([new Yaml(id)[id]]), Is.Empty);

    [TestCase("T0054", " Did you mean \"AML.T0054\"? ")]
    [TestCase("aml.t0054", " Did you mean \"AML.T0054\"? ")]
    [TestCase("AML.T9999", "\"AML.T9999\". Write")]
    public void An_id_that_is_not_of_atlas(string id, string says)
    {
        var yaml = new Yaml($"atlas: [«{id}»]");
        var finding = TaxonomyChecks.Atlas([yaml.Mark]).Single();
        Assert.That(finding.Code, Is.EqualTo("CSK0580"));
        Assert.That(finding.Message, Does.Contain(says));
        Findings.AssertAt(finding, yaml);
    }

    [TestCase("LLM01")]
    [TestCase("LLM10")]
    public void A_risk_of_owasp(string id) => Assert.That(TaxonomyChecks.Owasp([new Yaml(id)[id]]), Is.Empty);

    [TestCase("LLM01:2025", " Did you mean \"LLM01\"? ")]
    [TestCase("llm02", " Did you mean \"LLM02\"? ")]
    [TestCase("LLM11", "\"LLM11\". Write")]
    public void An_id_that_is_not_of_owasp(string id, string says)
    {
        var yaml = new Yaml($"owasp: [«{id}»]");
        var finding = TaxonomyChecks.Owasp([yaml.Mark]).Single();
        Assert.That(finding.Code, Is.EqualTo("CSK0581"));
        Assert.That(finding.Message, Does.Contain(says));
        Findings.AssertAt(finding, yaml);
    }

    [Test]
    public void An_id_twice()
    {
        var yaml = new Yaml("owasp: [LLM01, «LLM01»]");
        var finding = TaxonomyChecks.Owasp([yaml["LLM01"], yaml["LLM01", 2]]).Single();
        Assert.That(finding.Code, Is.EqualTo("CSK0579"));
        Findings.AssertAt(finding, yaml);
    }
}
