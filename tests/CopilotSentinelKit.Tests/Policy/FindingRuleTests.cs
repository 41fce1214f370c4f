
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Policy;

/// <summary>Entries of kit.yaml under "findings".</summary>
internal sealed class FindingRuleTests
{
    private const string Why = "reason: Seen., expires: 2027-01-31";

    [TestCase("{ code: CSK0520, ignore: true, " + Why + " }")]
    [TestCase("{ code: CSK0520, ignore: true, in: an-id, " + Why + " }")]
    [TestCase("{ code: CSK0520, ignore: true, in: [a.yaml], " + Why + " }")]
    [TestCase("{ code: CSK0520, ignore: true, in: [rules/detections/a.yaml], " + Why + " }")]
    [TestCase("{ code: CSK0520, ignore: true, in: [\"rules/*/?.yaml\"], " + Why + " }")]
    [TestCase("{ code: CSK0520, ignore: true, in: [\"rules/**\"], " + Why + " }")]
    [TestCase("{ code: CSK0520, ignore: true, in: [\"**/a.yaml\"], " + Why + " }")]
    public void Suppressed(string entry)
    {
        var found = Judged.Ok("a: HERE", Kit(entry)).Single();
        Assert.That(found.Suppression!.Kind, Is.EqualTo(SuppressionKind.External));
        Assert.That(found.Suppression.Place.File.Path, Is.EqualTo("kit.yaml"));
    }

    [TestCase("CSK0702", "{ code: «CSK0529», severity: error }")]
    [TestCase("CSK0703", "{ code: «CSK0520», ignore: true, expires: 2027-01-31 }")]
    [TestCase("CSK0704", "{ code: «CSK0520», ignore: true, reason: Seen. }")]
    [TestCase("CSK0704", "{ code: «CSK0520», severity: warning, reason: Seen. }")]
    [TestCase("CSK0705", "{ code: CSK0520, ignore: true, reason: Seen., expires: «2027-02-30» }")]
    [TestCase("CSK0706", "{ code: CSK0520, ignore: true, reason: Seen., expires: «2026-11-21» }")]
    [TestCase("CSK0706", "{ code: CSK0520, severity: error, reason: Seen., expires: «2026-11-21» }")]
    [TestCase("CSK0709", "{ code: «CSK0520», " + Why + " }")]
    [TestCase("CSK0709", "{ code: «CSK0520», ignore: true, severity: error, " + Why + " }")]
    [TestCase("CSK0709", "{ code: «CSK0520», ignore: false, " + Why + " }")]
    [TestCase("CSK0710", "{ code: CSK0520, ignore: true, in: [«another-id»], " + Why + " }")]
    [TestCase("CSK0710", "{ code: CSK0520, ignore: true, in: [«\"detections/*.yaml\"»], " + Why + " }")]
    [TestCase("CSK0710", "{ code: CSK0520, ignore: true, in: [«RULES/detections/a.yaml»], " + Why + " }")]
    public void Does_not_count(string code, string entry) => Judged.Verify(code, "a: HERE", Kit(entry));

    [Test]
    public void An_entry_that_does_nothing() => Judged.Verify("CSK0707", "a: 1", Kit("{ code: «CSK0520», ignore: true, " + Why + " }"));

    [Test]
    public void The_nearest_id_is_named() =>
        Assert.That(Judged.Run("a: 1", Kit("{ code: CSK0520, severity: error, in: an-ip }")).Findings.Single().Message, Does.Contain("Did you mean \"an-id\"?"));

    [TestCase("{ code: CSK0520, severity: warning, " + Why + " }", FindingSeverity.Warning)]
    [TestCase("{ code: CSK0520, severity: note, " + Why + " }", FindingSeverity.Information)]
    public void An_error_can_be_made_less(string entry, FindingSeverity severity)
    {
        var judged = Judged.Run("a: HERE", Kit(entry));
        Assert.That(judged.Suppressed, Is.Empty);
        Assert.That(judged.Findings.Single().Severity, Is.EqualTo(severity));
    }

    [Test]
    public void A_warning_can_be_made_an_error_for_ever() =>
        Assert.That(Judged.Run("a: HERE", Kit("{ code: CSK0520, severity: error }"), severity: FindingSeverity.Warning).Findings.Single().Severity, Is.EqualTo(FindingSeverity.Error));

    [Test]
    public void What_is_for_a_place_goes_before_what_is_for_all()
    {
        var kit = Kit("{ code: CSK0520, severity: error }", "{ code: CSK0520, severity: note, in: an-id, " + Why + " }");
        Assert.That(Judged.Run("a: HERE", kit, severity: FindingSeverity.Warning).Findings.Single().Severity, Is.EqualTo(FindingSeverity.Information));
    }

    [Test]
    public void Ignoring_goes_before_another_severity() =>
        Judged.Ok("a: HERE # csk: ignore CSK0520 until 2027-01-31: Seen.", Kit("{ code: CSK0520, severity: error }"));

    [Test]
    public void What_cannot_be_read_cannot_be_made_less()
    {
        var judged = Judged.Run("a: HERE", Kit("{ code: CSK0121, severity: warning, " + Why + " }"), code: "CSK0121");
        Assert.That(judged.Findings.Select(finding => (finding.Code, finding.Severity)), Is.EqualTo(
            new[] { ("CSK0708", FindingSeverity.Warning), ("CSK0121", FindingSeverity.Error) }));
    }

    [Test]
    public void What_is_wrong_with_a_suppression_can_be_made_an_error_but_not_less()
    {
        var unused = "a: 1 # csk: ignore CSK0521 until 2027-01-31: Seen.";
        Assert.That(Judged.Run(unused, Kit("{ code: CSK0707, severity: error }")).Findings.Single().Severity, Is.EqualTo(FindingSeverity.Error));
        Assert.That(Judged.Run(unused, Kit("{ code: CSK0707, ignore: true, " + Why + " }")).Findings.Select(finding => finding.Code), Is.EquivalentTo(["CSK0707", "CSK0708"]));
    }

    private static string Kit(params string[] entries) => "name: contoso\npublisher: Contoso\nfindings:\n" + string.Concat(entries.Select(entry => $"  - {entry}\n"));
}
