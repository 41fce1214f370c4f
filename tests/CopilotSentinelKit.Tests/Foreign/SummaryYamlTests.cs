using System.Text;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Support;
using static CopilotSentinelKit.Tests.Foreign.Community;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Summary rules as the Azure-Sentinel repository keeps them.</summary>
internal sealed class SummaryYamlTests
{
    [Test]
    public void All_of_it_is_read()
    {
        var rule = Ok<SummaryRule>(Summary("binDelay: 20\n", "binStartTime: 2026-11-01T00:00:00Z\n"));
        Assert.That((rule.Name.Value, rule.Table.Value, rule.Bin.Value, rule.Delay?.Value, rule.Start?.Value), Is.EqualTo(("Sign-ins by hour", "SigninCounts_CL", TimeSpan.FromHours(1), TimeSpan.FromMinutes(20), "2026-11-01T00:00:00Z")));
        Assert.That(rule.Query.Text, Is.EqualTo("SigninLogs\n| summarize SignIns = count() by UserPrincipalName"));
        Assert.That(rule.DeclaredConnectors.Single().ConnectorId.Value, Is.EqualTo("AzureActiveDirectory"));
    }

    [TestCase("CSK0986", "destinationTable: «SigninCounts»\n")]
    [TestCase("CSK0987", "binSize: «45»\n")]
    [TestCase("CSK0988", "binDelay: «2000»\n")]
    [TestCase("CSK0989", "binStartTime: «2026-11-01T00:30:00Z»\n")]
    [TestCase("KS142", "query: SigninLogs | summarize SignIns = count() by «UserPrincipalNam»\n")]
    public async Task It_is_checked_like_one_of_the_kit_s_own(string code, string entry)
    {
        var marked = Summary(entry);
        VerifyAt(code, marked, await CheckAsync(marked));
    }

    [Test]
    public async Task A_sound_one_has_no_finding() => Assert.That(await CheckAsync(Summary()), Is.Empty);

    [Test]
    public void Without_its_bin_it_is_none() => Assert.That(Read(Summary().Replace("binSize: 60\n", "", StringComparison.Ordinal)).Findings.Select(finding => finding.Message), Has.One.Contains("binSize"));

    private static async Task<IReadOnlyList<Finding>> CheckAsync(string marked) => (await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CheckAsync(
        [.. PackFolder.Read(Repository.Root)], [], [new("content/a.yaml", "content/a.yaml", Encoding.UTF8.GetBytes(Plain(marked)))], null, CancellationToken.None)).Findings;
}
