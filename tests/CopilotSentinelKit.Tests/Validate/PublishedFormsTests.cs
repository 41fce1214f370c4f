using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Validate;

/// <summary>Queries as people publish them, that their service runs: no error; and the same with a mistake: one, at its place.</summary>
internal sealed class PublishedFormsTests
{
    [TestCase("Syslog | summarize count() by Computer, TenantId")]
    [TestCase("SecurityEvent | project-rename EventOriginalUid = EventOriginId")]
    [TestCase("Heartbeat | summarize arg_max(TimeGenerated, *) by SourceComputerId")]
    [TestCase("AADSignInEventsBeta | where ErrorCode == 0 | summarize count() by AccountUpn, IPAddress, Country")]
    [TestCase("Syslog | extend L = datetime_diff('second', _TimeReceived, TimeGenerated) | summarize avg(L) by Computer")]
    [TestCase("My_CL | project TimeGenerated, Type, _ResourceId, _ItemId, TenantId")]
    [TestCase("AzureActivity | summarize count(OperationNameValue) by bin(TimeGenerated, 1h)")]
    [TestCase("let d = todynamic(toscalar(SigninLogs | summarize make_set(IPAddress))); AWSCloudTrail | where SourceIpAddress in (d)")]
    [TestCase("print d = dynamic({'a':1}) | evaluate bag_unpack(d, ignoredProperties=dynamic(['x']))")]
    [TestCase("SecurityEvent | extend a = coalesce(tostring(Account), split(CommandLine, ' ')[0]) | project TimeGenerated, a")]
    [TestCase("Syslog | extend F = iif(Facility == 'x', parse_csv(SyslogMessage), dynamic('')) | extend A = tostring(F[4])")]
    [TestCase("SecurityEvent | extend a = tostring(split(CommandLine, '/')['-1'])")]
    [TestCase("CommonSecurityLog | project-rename TimeGenerated = TimeGenerated, Msg = Message")]
    [TestCase("SigninLogs | extend LocationDetails = column_ifexists('LocationDetails', '') | extend City = tostring(LocationDetails.city)")]
    [TestCase("union isfuzzy=true (SecurityEvent | where EventID == 1 or MyIsBadIp(IpAddress)), (WindowsEvent | project TimeGenerated)")]
    [TestCase("union withsource=T Proofpoint* | summarize count() by Type, TimeGenerated")]
    [TestCase("imProcess | where TimeGenerated > ago(1d) | project TimeGenerated, ActingProcessName")]
    [TestCase("_Im_Dns(starttime=ago(1h), responsecodename='NXDOMAIN') | summarize count() by SrcIpAddr, SomethingOfASource")]
    [TestCase("_GetWatchlist('Any') | project-away _DTItemId, LastUpdatedTimeUTC")]
    [TestCase("DeviceEvents | where Timestamp > ago(1d) | extend A = parse_json(AdditionalFields) | project Timestamp, A.x, ReportId")]
    [TestCase("DeviceTvmSoftwareInventory | where SoftwareName has 'x' | project DeviceName, SoftwareVersion")]
    [TestCase("SigninLogs | where TimeGenerated between (ago(1d) .. datetime(now)) | project TimeGenerated")]
    [TestCase("SecurityEvent | project-rename _ResourceId = Computer | project TimeGenerated, _ResourceId")]
    [TestCase("SigninLogs | extend Mine = parse_json(UserAgent) | extend M = column_ifexists('Mine', '') | extend City = tostring(M.city)")]
    [TestCase("SigninLogs | extend L = iff(isempty(UserAgent), column_ifexists('LocationDetails', ''), column_ifexists('LocationDetails', '')) | extend City = tostring(L.city)")]
    [TestCase("SigninLogs | where UserAgent matches regex @'{x}' | project TimeGenerated")]
    [TestCase("LAQueryLogs | summarize sum(StatsDataProcessedKB) by AADEmail")]
    public async Task A_query_that_runs_has_no_error(string kql) => Assert.That(await Errors(kql), Is.Empty);

    [TestCase("Syslog | summarize count() by Computer, TenantID", "KS142", "TenantID")]
    [TestCase("SigninLogs | extend LocationDetails = column_ifexists('Location', '') | extend City = tostring(LocationDetails.city)", "KS142", "city")]
    [TestCase("_Im_Dns(starttime=ago(1h), responsename='NXDOMAIN') | summarize count() by SrcIpAddr", "KS196", "responsename")]
    [TestCase("SecurityEvent | project-rename EventID = Computer", "KS171", "EventID")]
    [TestCase("Events | where EventLevelName == 'warning'", "CSK0842", "Events")]
    [TestCase("SigninLogs | where TimeGenerated < datetime(nov) | project TimeGenerated", "CSK0463", "datetime(nov)")]
    [TestCase("SigninLogs | where UserAgent endswith 'a\\*' | project TimeGenerated", "CSK0479", "\\*")]
    [TestCase("SecurityEvent | join kind=inner (SigninLogs | project ResultType) on $left.EventID == $right.ResultType | project TimeGenerated", "KS242", "$left.EventID == $right.ResultType")]
    [TestCase("SecurityEvent | join kind=inner (SigninLogs | project ResultType, IPAddress) on $left.IpAddress == $right.IPAddress, $left.EventID == $right.ResultType | project TimeGenerated", "KS242", "$left.EventID == $right.ResultType")]
    public async Task The_same_with_a_mistake_has_one(string kql, string code, string place)
    {
        var findings = (await Findings(kql)).Where(finding => finding.Severity == FindingSeverity.Error).ToList();
        Assert.That(findings.Select(finding => (finding.Code, finding.Span.Text)), Is.EqualTo(new[] { (code, place) }), () => string.Join('\n', findings.Select(finding => finding.Message)));
    }

    [Test]
    public async Task A_place_in_double_quotes_is_exact()
    {
        var findings = (await Findings("\"SecurityEvent\\n| where EventID == 4624\\\n  \\ and Accountt == \\\"x\\\"\"", asIs: true)).Where(finding => finding.Code == "KS142");
        Assert.That(findings.Select(finding => finding.Span.Text), Is.EqualTo(["Accountt"]));
    }

    private static async Task<IEnumerable<string>> Errors(string kql) =>
        (await Findings(kql)).Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => $"{finding.Code} {finding.Span.Text}: {finding.Message}");

    private static async Task<IEnumerable<Finding>> Findings(string kql, bool asIs = false)
    {
        var yaml = $"id: 3f1f9f3e-6a51-4c39-9a43-3a0e8d0c4b15\nname: Sample\ndescription: Identifies samples.\ntactics: [Execution]\nrelevantTechniques: [T1204]\nquery: {(asIs ? kql : "|\n  " + kql)}\n";
        var (read, _) = CommunityReader.Read(new("sample.yaml", yaml), []);
        var analysis = new ForeignAnalysis(SharedHost.Analyzer, new KqlSchema(SharedHost.Catalog, [WorkspaceSchema.Stored(new("My_CL", [new("TimeGenerated", "datetime")]), SharedHost.Catalog)], [], []), [], null);
        var findings = new List<Finding>();
        await foreach (var (content, schema) in analysis.RunAsync([read[0]], CancellationToken.None))
        {
            findings.AddRange(Checks.All.SelectMany(check => check(content.Item, content.Analysis, new(schema))));
        }

        return findings;
    }
}
