using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;
using static CopilotSentinelKit.Tests.Foreign.Community;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Content of others through all of the check.</summary>
internal sealed class CheckTests
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";

    [Test]
    public async Task Sound_content_has_no_finding() => Assert.That(await CheckAsync(Rule(), Hunt("id: 5d0c7e1a-2f64-4b5c-9a2e-90c1f7b3d8e4\n", "name: H\n"), Parser(), Asim()), Is.Empty);

    [TestCase("CSK0840", "«Fabrikam_CL» | where A == 1 | project B")]
    [TestCase("CSK0840", "let x = «Fabrikam_CL»; x | where A == 1 | project B")]
    [TestCase("CSK0841", "«FabrikamThings»(1, \"a\") | where A == 1")]
    [TestCase("CSK0841", "SigninLogs | invoke «FabrikamThings»() | where A == 1")]
    [TestCase("CSK0842", "«SigninLog» | where A == 1")]
    [TestCase("CSK0842", "«SignInLogs» | where A == 1")]
    [TestCase("CSK0843", "«ExposureGraphNodes» | where A == 1")]
    [TestCase("CSK0844", "«imDns»(starttime=ago(1h)) | where A == 1")]
    [TestCase("CSK0845", "union isfuzzy=true SigninLogs, «SigninLogz»")]
    [TestCase("CSK0846", "SigninLogs | where «Fabrikam_CF» == 1")]
    [TestCase("CSK0847", "IdentityInfo | where «AccountUpn» == \"a\" | project AccountUPN")]
    [TestCase("KS142", "SigninLogs | where «UserPrincipalNam» == \"a\" | join kind=inner (SigninLogs) on UserPrincipalNam")]
    [TestCase("KS142", "SigninLogs | where strlen(«UserPrincipalNam») > 1 | extend x = UserPrincipalNam")]
    public async Task Each_cause_is_one_finding(string code, string query)
    {
        var marked = Hunt($"query: |\n  {query}\n");
        VerifyAt(code, marked, await CheckAsync(marked));
    }

    [TestCase(1, 1), TestCase(14, 0)]
    public async Task A_table_of_copies(int days, int count)
    {
        var yaml = Rule("query: |\n  IdentityInfo\n  | where AssignedRoles has \"Admin\"\n  | project TimeGenerated, AccountUPN\n", $"queryPeriod: {days}d\n");
        Assert.That((await CheckAsync(yaml)).Count(finding => finding.Code == "CSK0466"), Is.EqualTo(count));
    }

    [TestCase("_Im_Dns(starttime=ago(1h), eventtype=\"Query\") | where A == 1 | project Dvc")]
    [TestCase("_ASim_NetworkSession | where A == 1")]
    [TestCase("union isfuzzy=true SigninLogs, Fabrikam_CL | where A == 1")]
    [TestCase("_GetWatchlistAlias | where A == 1")]
    [TestCase("workspace(\"other\").SigninLogs | where ResultType == \"0\"")]
    [TestCase("AzureDiagnostics | where identity_claim_upn_s == \"a\"")]
    [TestCase("CopilotEvents() | where ActorUpn == \"a\"")]
    [TestCase("adx(\"https://example.com/db\").T | where A == 1")]
    public async Task What_a_workspace_has_is_no_finding(string query) => Assert.That(await CheckAsync(Hunt($"query: |\n  {query}\n")), Is.Empty);

    [TestCase("Parsers/fabrikamEvents.kql", "Syslog | project TimeGenerated, HostName", 0), TestCase("Parsers/fabrikamEvents.yaml", null, 1)]
    public async Task A_file_of_KQL_is_no_proof_of_the_letter_case_of_its_function(string path, string? kql, int errors)
    {
        var parser = kql ?? Parser("FunctionName: fabrikamEvents\n", "FunctionAlias: fabrikamEvents\n");
        var result = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CheckAsync(
            [.. PackFolder.Read(Repository.Root)], [], [new(path, path, Encoding.UTF8.GetBytes(parser)), new("a.yaml", "a.yaml", Encoding.UTF8.GetBytes(Hunt("query: FabrikamEvents | where HostName == 'a'\n")))], null, CancellationToken.None);
        Assert.That(result.Findings.Count(finding => finding.Severity == FindingSeverity.Error), Is.EqualTo(errors), () => string.Join('\n', result.Findings.Select(finding => finding.Message)));
    }

    [TestCase("//let Recent = (days:int = 7){\nSigninLogs | where TimeGenerated > ago(days * 1d - wait) | project TimeGenerated", FindingSeverity.Warning)]
    public async Task The_portal_may_know_more_parameters_of_a_function_than_its_file(string kql, FindingSeverity severity)
    {
        var result = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CheckAsync(
            [.. PackFolder.Read(Repository.Root)], [], [new("Functions/Recent.kql", "Functions/Recent.kql", Encoding.UTF8.GetBytes(kql))], null, CancellationToken.None);
        Assert.That(result.Findings.Where(finding => finding.Code == "KS142").Select(finding => finding.Severity), Is.EqualTo([severity]));
    }

    [TestCase("FabrikamEvents_CL", 0), TestCase("FabrikamEvents", 0), TestCase("FabrikamEvent", 1)]
    public async Task The_table_behind_a_function_is_no_misspelt_data_type(string type, int count)
    {
        var findings = await CheckAsync(Parser(), Hunt("query: FabrikamEvents | where FabrikamUser == 'a'\n", $"requiredDataConnectors:\n  - connectorId: Fabrikam\n    dataTypes:\n      - {type}\n"));
        Assert.That(findings.Count(finding => finding.Code == "CSK0596"), Is.EqualTo(count));
    }

    [Test]
    public async Task Entities_of_a_result_that_is_not_known_are_left_alone() => Assert.That(
        (await CheckAsync(Hunt("query: Fabrikam_CL | where A == 1\n", "entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: ClientIp\n"))).Select(finding => finding.Code),
        Is.EqualTo(["CSK0840"]));

    [Test]
    public async Task Parsers_of_the_run_are_known_with_their_columns()
    {
        Assert.That(await CheckAsync(Parser(), Hunt("query: FabrikamEvents | where FabrikamUser == \"a\"\n")), Is.Empty);
        var marked = Hunt("query: FabrikamEvents() | where «FabrikamUsr» == \"a\"\n");
        Assert.That(VerifyAt("KS142", marked, await CheckAsync(marked, Parser())).Message, Does.Contain("Did you mean \"FabrikamUser\"?"));
    }

    [Test]
    public async Task Parsers_may_call_each_other_in_a_circle() => Assert.That(await CheckAsync(
        Parser("FunctionAlias: FabrikamA\n", "FunctionQuery: FabrikamB | where X == 1\n", "id: 11d0c7e1-2f64-4b5c-9a2e-90c1f7b3d8e4\n", "Function:\n  Title: A\n"),
        Parser("FunctionAlias: FabrikamB\n", "FunctionQuery: FabrikamA | where X == 1\n", "id: 22d0c7e1-2f64-4b5c-9a2e-90c1f7b3d8e4\n", "Function:\n  Title: B\n"),
        Hunt("query: FabrikamA | where Y == 1\n")), Is.Empty);

    [Test]
    public async Task A_declared_table_is_known()
    {
        var kit = Kit + "tables: { Fabrikam_CL: { TimeGenerated: datetime, A: string } }\n";
        Assert.That(await CheckAsync(kit, [Hunt("query: Fabrikam_CL | where A == \"1\"\n")]), Is.Empty);
        var marked = Hunt("query: Fabrikam_CL | where «B» == \"1\"\n");
        VerifyAt("KS142", marked, await CheckAsync(kit, [marked]));
    }

    [Test]
    public async Task Versions_and_NRT_schedules_are_warnings()
    {
        var version = Rule("version: «1.0»\n");
        VerifyAt("CSK0818", version, await CheckAsync(version));
        var nrt = Rule("kind: NRT\n", "queryFrequency: «1h»\n").Replace("triggerOperator: gt\ntriggerThreshold: 0\n", "", StringComparison.Ordinal);
        VerifyAt("CSK0819", nrt, await CheckAsync(nrt));
    }

    [Test]
    public async Task A_GUID_in_two_files_is_an_error() =>
        Assert.That((await CheckAsync(Rule(), Rule("name: Another\n"))).Select(finding => finding.Code), Is.EqualTo(["CSK0510"]));

    [Test]
    public async Task Only_sub_techniques_that_are_gone_are_forgiven()
    {
        var findings = await CheckAsync(Rule("tactics: [Persistence, PrivilegeEscalation, DefenseEvasion]\nrelevantTechniques: [T1574.999]\n"));
        Assert.That(findings.Where(finding => finding.Code == "CSK0575").Select(finding => finding.Severity), Is.EqualTo([FindingSeverity.Warning]));
    }

    private static Task<ImmutableArray<Finding>> CheckAsync(params string[] files) => CheckAsync(null, files);

    private static async Task<ImmutableArray<Finding>> CheckAsync(string? kit, string[] files)
    {
        var compiler = new Compiler(SharedHost.Analyzer, SharedHost.Catalog);
        var result = await compiler.CheckAsync(
            [.. PackFolder.Read(Repository.Root)],
            kit is null ? [] : [File("kit.yaml", kit)],
            files.Select((text, i) => File(FormattableString.Invariant($"content/{i}.yaml"), text)),
            null,
            CancellationToken.None);
        return result.Findings.RemoveAll(finding => finding.Severity == FindingSeverity.Information && finding.Code != "CSK0844");

        static SpecFile File(string path, string text) => new(path, path, Encoding.UTF8.GetBytes(Plain(text)));
    }
}
