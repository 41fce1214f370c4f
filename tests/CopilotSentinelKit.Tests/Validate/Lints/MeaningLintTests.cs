using static CopilotSentinelKit.Tests.Validate.Lints.Linted;

namespace CopilotSentinelKit.Tests.Validate.Lints;

internal sealed class MeaningLintTests
{
    [TestCase("CSK0460", "SecurityEvent | where «EventID == 4688 and Process =~ 'sc.exe' or Process =~ 'net.exe' and CommandLine has 'stop'» | project TimeGenerated")]
    [TestCase("CSK0461", "SigninLogs | where TimeGenerated > ago(1d) | summarize Count = count() by UserPrincipalName | summarize «Usual = avg(Count)» by UserPrincipalName")]
    [TestCase("CSK0462", "AzureDiagnostics | where «msg_s» has 'Deny' | project TimeGenerated, resource_s")]
    [TestCase("CSK0463", "SigninLogs | where TimeGenerated > «datetime('DummyString')» | project TimeGenerated")]
    [TestCase("CSK0463", "SigninLogs | where toguid(UserId) == «guid(not-one)» | project TimeGenerated")]
    [TestCase("CSK0464", "SigninLogs | distinct «\"User Principal Name\"»")]
    [TestCase("CSK0464", "SigninLogs | where TimeGenerated > ago(1d) | summarize count() by «'AppDisplayName'»")]
    [TestCase("CSK0465", "SecurityEvent | where CommandLine contains «'*AppData*'» | project TimeGenerated")]
    [TestCase("CSK0465", "SecurityEvent | where CommandLine startswith «'powershell*'» | project TimeGenerated")]
    [TestCase("CSK0467", "let Risky = SigninLogs | project RiskLevelDuringSignIn, UserId; SigninLogs | where UserId in («Risky») | project TimeGenerated")]
    [TestCase("CSK0468", "AuditLogs | extend New = tostring(«TargetResources[0].modifiedProperties[4]».newValue) | project TimeGenerated, New")]
    [TestCase("CSK0469", "SigninLogs | where UserAgent matches regex «@'(?<!x)curl'» | project TimeGenerated")]
    [TestCase("CSK0469", "SigninLogs | extend A = extract(«'['», 0, UserAgent) | project TimeGenerated, A")]
    [TestCase("CSK0470", "let early = 1d; let late = 7d; SigninLogs | where TimeGenerated between «(ago(early) .. ago(late))» | project TimeGenerated")]
    [TestCase("CSK0470", "SigninLogs | extend Start = CreatedDateTime - 1h, End = CreatedDateTime - 6h | where TimeGenerated between «(Start .. End)» | project TimeGenerated")]
    [TestCase("CSK0471", "SigninLogs | where TimeGenerated > «ago(-1d)» | project TimeGenerated")]
    [TestCase("CSK0472", "SigninLogs | where AppDisplayName == 'A' and «AppDisplayName == 'B'» | project TimeGenerated")]
    [TestCase("CSK0472", "SigninLogs | where TimeGenerated > ago(1d) and «TimeGenerated < ago(2d)» | project TimeGenerated")]
    [TestCase("CSK0474", "let «threshold» = 20; SigninLogs | where TimeGenerated > ago(1d) | summarize Attempts = count() by UserPrincipalName | where Attempts > 5")]
    [TestCase("CSK0475", "DeviceProcessEvents | where FolderPath endswith «@'\\\\schtasks.exe'» | project TimeGenerated")]
    [TestCase("CSK0476", "SigninLogs | where RiskState == «'AtRisk'» | project TimeGenerated")]
    [TestCase("CSK0477", "SigninLogs | where RiskState =~ «'infected'» | project TimeGenerated")]
    [TestCase("CSK0478", "SigninLogs | where tostring(IsInteractive) == «'true'» | project TimeGenerated")]
    public async Task What_finds_nothing_or_the_wrong_thing(string code, string kql)
    {
        var finding = await Verify(code, kql, Hunt);
        Assert.That(finding.Message, Is.Not.Empty);
    }

    [TestCase("SecurityEvent | where (EventID == 4688 and Process =~ 'sc.exe') or Process =~ 'net.exe' | project TimeGenerated")]
    [TestCase("SigninLogs | where TimeGenerated > ago(1d) | summarize Count = count() by UserPrincipalName, bin(TimeGenerated, 1d) | summarize Usual = avg(Count) by UserPrincipalName")]
    [TestCase("SigninLogs | where TimeGenerated > ago(1d) | summarize Count = count() by UserPrincipalName, AppDisplayName | summarize Usual = avg(Count) by UserPrincipalName")]
    [TestCase("AzureDiagnostics | where column_ifexists('msg_s', '') has 'Deny' | project TimeGenerated, Category")]
    [TestCase("SigninLogs | where TimeGenerated > datetime(2026-01-31 10:00) | project TimeGenerated")]
    [TestCase("SigninLogs | where toguid(AppId) == guid(74be27de-1e4e-49d9-b579-fe0b331d3642) | project TimeGenerated")]
    [TestCase("SigninLogs | distinct UserPrincipalName")]
    [TestCase("SecurityEvent | where CommandLine matches regex '.*AppData.*' | project TimeGenerated")]
    [TestCase("let Risky = SigninLogs | project UserId, RiskLevelDuringSignIn; SigninLogs | where UserId in (Risky) | project TimeGenerated")]
    [TestCase("AuditLogs | extend Name = tostring(TargetResources[0].displayName) | project TimeGenerated, Name")]
    [TestCase("SigninLogs | where UserAgent matches regex @'(^|[^x])curl' | project TimeGenerated")]
    [TestCase("SigninLogs | where TimeGenerated between (ago(7d) .. ago(1d)) | project TimeGenerated")]
    [TestCase("SigninLogs | where TimeGenerated between (startofday(ago(1d)) .. startofday(now())) | project TimeGenerated")]
    [TestCase("SigninLogs | extend Start = CreatedDateTime - 6h, End = CreatedDateTime - 1h | where TimeGenerated between (Start .. End) | project TimeGenerated")]
    [TestCase("SigninLogs | where AppDisplayName == 'A' or AppDisplayName == 'B' | project TimeGenerated")]
    [TestCase("SigninLogs | where AppDisplayName == 'A' and Location == 'B' | project TimeGenerated")]
    [TestCase("SigninLogs | where TimeGenerated < ago(1d) and TimeGenerated > ago(2d) | project TimeGenerated")]
    [TestCase("let threshold = 20; SigninLogs | where TimeGenerated > ago(1d) | summarize Attempts = count() by UserPrincipalName | where Attempts > threshold")]
    [TestCase("DeviceProcessEvents | where FolderPath endswith @'\\schtasks.exe' | project TimeGenerated")]
    [TestCase("DeviceProcessEvents | where FolderPath startswith @'\\\\server\\share' | project TimeGenerated")]
    [TestCase("SigninLogs | where RiskState in ('atRisk', 'dismissed') | project TimeGenerated")]
    [TestCase("SigninLogs | where tostring(IsInteractive) == 'True' | project TimeGenerated")]
    public Task Sound_neighbours(string kql) => Ok(kql, Hunt);
}
