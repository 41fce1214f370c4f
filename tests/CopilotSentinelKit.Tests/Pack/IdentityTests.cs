
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Pack;

/// <summary>GUIDs name deployed rules: one that changes without need leaves an orphan in every workspace.</summary>
internal sealed class IdentityTests
{
    private const string Own = "rules/detections/own.yaml";
    private const string Guid = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Test]
    public async Task A_shipped_rule_has_the_same_GUID_in_every_project()
    {
        var shipped = await GuidOf(TestPack.Rule());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shipped, Is.EqualTo(ContentGuid.For("copilot", "AnalyticsRule", "a-detection")));
            Assert.That(await GuidOf(TestPack.Rule().WithKit("")), Is.EqualTo(shipped));
            Assert.That(await GuidOf(TestPack.Rule().WithKit("detections: { a-detection: { severity: Low } }")), Is.EqualTo(shipped));
            Assert.That(await GuidOf(TestPack.Rule().Project(Own, Samples.With("override: true", "name: Ours"))), Is.EqualTo(shipped));
        }
    }

    [Test]
    public async Task A_projects_own_rule_has_a_GUID_of_the_projects_name()
    {
        var own = TestPack.Small.Project(Own, Samples.With());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await GuidOf(own), Is.EqualTo(ContentGuid.For("contoso-copilot", "AnalyticsRule", "a-detection")));
            Assert.That(await GuidOf(own.WithKit("", "fabrikam")), Is.EqualTo(ContentGuid.For("fabrikam", "AnalyticsRule", "a-detection")));
        }
    }

    [Test]
    public async Task A_written_GUID_wins()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await GuidOf(TestPack.Rule("guid: " + Guid)), Is.EqualTo(new Guid(Guid)));
            Assert.That(await GuidOf(TestPack.Rule().Project(Own, Samples.With("override: true", "guid: " + Guid))), Is.EqualTo(new Guid(Guid)));
        }
    }

    private static async Task<Guid> GuidOf(TestPack pack) => (await pack.Ok()).OfType<AnalyticsRule>().Single().Guid;
}
