using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Spec;

namespace CopilotSentinelKit.Tests.Validate;

/// <summary>What csk check --portal says of rules that people have.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PortalTests
{
    private const string Rule = """
        id: 6f2b1c58-1c1e-4b3a-9a55-3f5e1a2b7c10
        name: Sign-ins of nobody
        description: Identifies sign-ins of nobody.
        severity: Medium
        kind: Scheduled
        requiredDataConnectors: [{ connectorId: AzureActiveDirectory, dataTypes: [SigninLogs] }]
        queryFrequency: 1h
        queryPeriod: 1h
        triggerOperator: gt
        triggerThreshold: 0
        tactics: [InitialAccess]
        relevantTechniques: [T1078]
        query: SigninLogs | where ResultType == "0" | project TimeGenerated, UserPrincipalName
        entityMappings: [{ entityType: Account, fieldMappings: [{ identifier: FullName, columnName: UserPrincipalName }] }]
        version: 1.0.0

        """;

    private const string Links = "query: UrlClickEvents | where ActionType == \"ClickBlocked\" | project TimeGenerated, ReportId, UserPrincipalName = AccountUpn";

    [Test]
    public async Task A_rule_that_can_become_one_as_it_is()
    {
        var finding = (await Check()).Single();
        Assert.That((finding.Code, finding.Severity, finding.Span.Text), Is.EqualTo(("CSK0936", FindingSeverity.Information, "Sign-ins of nobody")));
        Assert.That(finding.Message, Does.Not.Contain("loses"));
    }

    [TestCase("CSK0932", "incidentConfiguration: { createIncident: true, groupingConfiguration: { enabled: true, reopenClosedIncident: false, lookbackDuration: PT5H, matchingMethod: AllEntities } }")]
    [TestCase("CSK0933", "incidentConfiguration: { createIncident: false }")]
    [TestCase("CSK0934", "entityMappings: [{ entityType: Account, fieldMappings: [{ identifier: Name, columnName: UserPrincipalName }] }]")]
    [TestCase("CSK0935", "description: 'Identifies sign-ins of nobody. #DONT_CORR#'")]
    public async Task What_changes(string code, string entry) => Assert.That((await Check(entry)).Select(finding => finding.Code), Has.Member(code));

    [TestCase("CSK0935", "description: '#DONT_CORR# Identifies sign-ins of nobody.'")]
    [TestCase("CSK0934", "entityMappings: [{ entityType: Account, fieldMappings: [{ identifier: Name, columnName: UserPrincipalName }, { identifier: UPNSuffix, columnName: UserPrincipalName }] }]")]
    public async Task What_does_not(string code, string entry) => Assert.That((await Check(entry)).Select(finding => finding.Code), Has.No.Member(code));

    [TestCase("counts rows", "triggerThreshold: 5")]
    [TestCase("workspace()", "query: workspace(\"other\").SigninLogs | project TimeGenerated, UserPrincipalName")]
    [TestCase("no account, address", "entityMappings: [{ entityType: CloudApplication, fieldMappings: [{ identifier: Name, columnName: UserPrincipalName }] }]")]
    [TestCase("no time of an event", "query: SigninLogs | summarize Sign = count() by UserPrincipalName")]
    [TestCase("lacks ReportId", "query: UrlClickEvents | project TimeGenerated, UserPrincipalName = AccountUpn")]
    [TestCase("at least once a day", "queryFrequency: 2d", "queryPeriod: 2d", Links)]
    public async Task Why_it_cannot(string reason, params string[] entries) =>
        Assert.That((await Check(entries)).Single(finding => finding.Code == "CSK0937").Message, Does.Contain(reason));

    [Test]
    public async Task What_it_loses() => Assert.That(
        (await Check("tactics: [InitialAccess, Persistence]", "incidentConfiguration: { createIncident: false }", Links)).Single(finding => finding.Code == "CSK0936").Message,
        Does.Contain("loses all tactics but one, its settings of incidents."));

    [Test]
    public async Task Nothing_of_it_without_the_option() => Assert.That((await Check(forPortal: false, "incidentConfiguration: { createIncident: false }")).Where(IsOfPortal), Is.Empty);

    private static bool IsOfPortal(Finding finding) => finding.Code is [.. "CSK093", >= '2' and <= '7'];

    private static Task<ImmutableArray<Finding>> Check(params string[] entries) => Check(forPortal: true, entries);

    private static async Task<ImmutableArray<Finding>> Check(bool forPortal, params string[] entries)
    {
        var lines = Rule.Split('\n').ToList();
        foreach (var entry in entries)
        {
            var index = lines.FindIndex(line => line.StartsWith(entry.Split(':')[0] + ":", StringComparison.Ordinal));
            lines[index < 0 ? lines.Count - 1 : index] = entry;
        }

        var compiler = new Compiler(SharedHost.Analyzer, SharedHost.Catalog) { ForPortal = forPortal };
        var compilation = await compiler.CheckAsync([], [], [new("a.yaml", "a.yaml", Encoding.UTF8.GetBytes(string.Join('\n', lines)))], null, CancellationToken.None);
        Assert.That(compilation.HasErrors, Is.False, () => Marked.Shown(compilation.Findings));
        return [.. compilation.Findings.Where(IsOfPortal)];
    }
}
