using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class VersionGateTests
{
    private static readonly AnalyticsRule Changed = Sample.Rule with { Severity = Sample.At(AlertSeverity.Low) };

    private static readonly VersionGate Gate = new("v1", _ => true, _ => false);

    [Test]
    public void Nothing_changed_is_no_finding() => Assert.That(Codes(Sample.Items, Sample.Items), Is.Empty);

    [TestCase("1.0.0", "CSK0615 Error")]
    [TestCase("1.0.1", "")]
    [TestCase("1.1.0", "")]
    [TestCase("2.0.0", "")]
    [TestCase("2.3.4", "")]
    [TestCase("1.0.2", "CSK0618 Warning")]
    [TestCase("1.2.0", "CSK0618 Warning")]
    [TestCase("3.0.0", "CSK0618 Warning")]
    [TestCase("0.9.9", "CSK0617 Error")]
    [TestCase("", "")]
    public void A_change_raises_the_version_by_one_step(string version, string found) =>
        Assert.That(Codes([Sample.Rule], [Changed with { Version = Sample.At(version) }]), Is.EqualTo(found));

    [Test]
    public void A_version_alone_is_worth_a_note() =>
        Assert.That(Codes([Sample.Rule], [Sample.Rule with { Version = Sample.At("1.0.1") }]), Is.EqualTo("CSK0619 Information"));

    [Test]
    public void A_version_of_the_shipped_pack_is_not_the_project_s_to_raise() =>
        Assert.That(Codes([Sample.Rule], [Changed], Gate with { IsOwn = _ => false }), Is.EqualTo("CSK0616 Information"));

    [Test]
    public void Findings_are_at_the_version()
    {
        var finding = Gate.Compare(Entries([Sample.Rule]), Entries([Changed])).Single();
        Assert.That($"{finding.Span} {finding.Span.Text}", Is.EqualTo("rules/sample.yaml:2:10 1.0.0"));
        Assert.That(finding.Message, Does.Contain("\"copilot-jailbreak-attempt\" changed since v1"));
    }

    [Test]
    public void A_new_identity_is_found_by_id_name_or_file()
    {
        var other = Sample.Rule with { Guid = new("886313e1-3b8a-5372-9b90-0c9aee199e5d"), Version = Sample.At("1.0.1") };
        Assert.That(Codes([Sample.Rule], [other]), Is.EqualTo("CSK0620 Error"));
        Assert.That(Codes([Sample.Rule], [other with { Id = Sample.At("renamed"), Name = Sample.At("Renamed") }]), Is.EqualTo("CSK0620 Error"));
        Assert.That(Codes([Sample.Rule, Sample.Bare], [other with { Id = Sample.At("renamed") }, Sample.Bare]), Is.EqualTo("CSK0620 Error"));
    }

    [Test]
    public void A_new_id_under_the_same_GUID_is_no_finding() =>
        Assert.That(Codes([Sample.Rule, Sample.Bare], [Sample.Rule with { Id = Sample.At("renamed") }, Sample.Bare]), Is.Empty);

    [Test]
    public void A_rule_goes_by_way_of_deprecation()
    {
        Assert.That(Codes([Sample.Rule, Sample.Hunt], [Sample.Hunt]), Is.EqualTo("CSK0621 Error"));
        Assert.That(Codes([Sample.Rule, Sample.Hunt], [Sample.Rule]), Is.EqualTo("CSK0621 Error"));
        Assert.That(Codes([Sample.Rule with { Name = Sample.At("[Deprecated] A rule") }], []), Is.Empty);
    }

    [Test]
    public void What_is_left_out_on_purpose_stays_deployed_and_is_a_warning()
    {
        Assert.That(Codes([Sample.Rule], [], Gate with { IsDisabled = id => id == "copilot-jailbreak-attempt" }), Is.EqualTo("CSK0622 Warning"));
        Assert.That(Codes([Sample.Watchlist], []), Is.EqualTo("CSK0622 Warning"));
        Assert.That(Codes([Sample.Rule], [], Gate with { NowIsWhole = false }), Is.Empty);
    }

    [Test]
    public void An_error_in_the_release_is_told() =>
        Assert.That(Show([Gate.Incomplete(new("CSK0401", FindingSeverity.Error, Sample.Span, "x"))]), Is.EqualTo("CSK0624 Warning"));

    [Test]
    public void A_lock_file_is_enough()
    {
        var deprecated = Sample.Hunt with { Name = Sample.At("[Deprecated] Hunt") };
        var text = new LockFile(LockFile.Empty.Files, [.. Entries([Sample.Rule, Sample.Bare, deprecated]).Select(entry => entry.Entry)]).ToText();
        Assert.That(text.Split("\"deprecated\": true"), Has.Length.EqualTo(2));
        var before = LockFile.ReadContent(new("content/kit.lock.json", text))!.Value;
        var findings = Gate.Compare(before, Entries([Changed]));
        Assert.That(Show(findings), Is.EqualTo("CSK0615 Error CSK0621 Error"));
        Assert.That(findings[1].Span.Text, Is.EqualTo("\"bare\""));
        Assert.That(LockFile.ReadContent(new("content/kit.lock.json", "{")), Is.Null);
    }

    private static ImmutableArray<ContentEntry> Entries(IEnumerable<ContentItem> items) => [.. items.Select(ContentEntry.Of)];

    private static string Codes(IEnumerable<ContentItem> before, IEnumerable<ContentItem> now, VersionGate? gate = null) =>
        Show((gate ?? Gate).Compare(Entries(before), Entries(now)));

    private static string Show(IEnumerable<Finding> findings) => string.Join(' ', findings.Select(finding => $"{finding.Code} {finding.Severity}"));
}
