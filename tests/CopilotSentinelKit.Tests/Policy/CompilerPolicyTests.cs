
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Policy;

/// <summary>The policy where the compiler applies it.</summary>
internal sealed class CompilerPolicyTests
{
    private const string Comment = "query: CopilotEvents() # csk: ignore CSK0520 until 2999-12-31: Seen.";

    [Test]
    public async Task A_comment_of_the_project_that_does_nothing_is_found() =>
        await Own(Comment.Replace("CSK0520", "«CSK0520»", StringComparison.Ordinal)).Verify("CSK0707");

    [Test]
    public async Task Of_a_disabled_detection_nothing_is_said() =>
        await Own(Comment).WithKit("detections: { a-detection: { disable: true } }").Ok();

    [Test]
    public async Task A_shipped_comment_is_not_the_projects_to_remove() => await TestPack.Rule(Comment).WithKit("").Ok();

    [Test]
    public async Task A_finding_of_one_detection_is_suppressed_by_its_id()
    {
        var compilation = await Own("query: CopilotEvents() | where Missing").WithKit("findings: [{ code: KS142, ignore: true, in: a-detection, reason: Seen., expires: 2999-12-31 }]").CompileAsync();
        Assert.That(compilation.Findings, Is.Empty, () => Marked.Shown(compilation.Findings));
        Assert.That(compilation.HasErrors, Is.False);
        Assert.That(compilation.Suppressed.Select(finding => finding.Code), Is.EqualTo(["KS142"]));
    }

    private static TestPack Own(string entry) => TestPack.Small.Project(TestPack.RulePath, Samples.With(entry));
}
