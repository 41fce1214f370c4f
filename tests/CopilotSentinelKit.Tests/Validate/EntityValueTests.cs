using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Bound;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class EntityValueTests
{
    [TestCase("summarize", "map: «AppId»\nquery: SigninLogs\n| where AppId != ''\n| summarize Events = count() by UserPrincipalName")]
    [TestCase("project-away", "map: «AppId»\nquery: SigninLogs\n| where AppId != ''\n| project-away AppId\n| where UserPrincipalName != ''")]
    [TestCase("distinct", "map: «AppId»\nquery: let A = SigninLogs\n| distinct UserPrincipalName; A | extend B = 1")]
    public void A_column_that_an_operator_drops(string by, string yaml)
    {
        var finding = VerifyRule("CSK0404", yaml, Mapped("Account", "Sid", "AppId"));
        var lost = finding.Related.Single();
        Assert.That(finding.Message, Does.Contain($"until \"{by}\" dropped it"));
        Assert.That(lost.Span.Text, Is.EqualTo(by));
        Assert.That(lost.Message, Does.EndWith($"at line {lost.Span.Position.Line}."));
    }

    [Test]
    public void A_column_that_an_operator_renames()
    {
        var finding = VerifyRule("CSK0404", "map: «AppId»\nquery: SigninLogs | project Application = AppId, UserPrincipalName", Mapped("Account", "Sid", "AppId"));
        Assert.That(finding.Message, Does.Contain("\"project\" calls it \"Application\""));
    }

    [Test]
    public void A_column_of_the_other_side_of_a_join()
    {
        var finding = VerifyRule("CSK0404", "map: «AppId»\nquery: ContosoHr_CL | join kind=leftanti SigninLogs on $left.Upn == $right.UserPrincipalName", Mapped("Account", "Sid", "AppId"));
        Assert.That(finding.Related.Single().Span.Text, Is.EqualTo("join"));
    }

    [Test]
    public void A_column_that_was_never_there_was_not_lost()
    {
        var finding = VerifyRule("CSK0404", "map: «Nothing»\nquery: SigninLogs | project UserPrincipalName", Mapped("Account", "Sid", "Nothing"));
        Assert.That(finding.Related, Is.Empty);
    }

    [Test]
    public void A_column_in_another_letter_case_has_a_fix()
    {
        var finding = VerifyRule("CSK0404", "map: «AppID»\nquery: SigninLogs", Mapped("Account", "Sid", "AppID"));
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo("AppId"));
    }

    [Test]
    public void A_branch_of_a_union_without_the_column()
    {
        var finding = VerifyRule("CSK0588", "map: «AppId»\nquery: union SigninLogs, (ContosoHr_CL | where Upn != '') | where TimeGenerated > ago(1h)", Mapped("Account", "Sid", "AppId"));
        Assert.That(finding.Related.Single().Span.Text, Is.EqualTo("(ContosoHr_CL | where Upn != '')"));
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Information));
        OkRule("map: AppId\nquery: union SigninLogs, AADNonInteractiveUserSignInLogs | where TimeGenerated > ago(1h)", Mapped("Account", "Sid", "AppId"));
        OkRule("map: AppId\nquery: union SigninLogs, ContosoHr_CL | extend AppId = coalesce(AppId, Upn)", Mapped("Account", "Sid", "AppId"));
    }

    [Test]
    public void An_identifier_of_a_type_that_it_cannot_have()
    {
        VerifyRule("CSK0582", "map: «TimeGenerated»\nquery: SigninLogs", Mapped("Account", "Sid", "TimeGenerated"));
        OkRule("map: TimeGenerated ProcessId\nquery: SigninLogs | extend ProcessId = 1",
            (yaml, rule) => rule with { Entities = [new(yaml.Any("Process"), [new(yaml.Any("ProcessId"), yaml["ProcessId"]), new(yaml.Any("CreationTimeUtc"), yaml["TimeGenerated"])])] });
    }

    [TestCase("tostring(make_set(IPAddress))")]
    [TestCase("strcat_array(make_set(IPAddress, 10), ', ')")]
    public void A_set_as_one_text(string set)
    {
        VerifyRule("CSK0583", $"map: «Ips»\nquery: SigninLogs | summarize Ips = {set} by UserPrincipalName", Mapped("IP", "Address", "Ips"));
        OkRule($"map: Ips\nquery: SigninLogs | summarize Ips = take_any(IPAddress), All = {set} by UserPrincipalName", Mapped("IP", "Address", "Ips"));
        OkRule("map: Ips\nquery: SigninLogs | summarize Set = make_set(IPAddress) by UserPrincipalName | mv-expand Set to typeof(string) | extend Ips = tostring(Set)", Mapped("IP", "Address", "Ips"));
        OkRule("map: Ips\nquery: SigninLogs | summarize Set = make_set(IPAddress) by UserPrincipalName | extend Ips = tostring(Set[0])", Mapped("IP", "Address", "Ips"));
    }

    [TestCase("SigninLogs | extend User = UserPrincipalName")]
    [TestCase("SigninLogs | summarize Events = count() by User = tolower(UserPrincipalName)")]
    [TestCase("OfficeActivity | project-rename User = UserId")]
    public void A_user_principal_name_as_name(string query)
    {
        VerifyRule("CSK0584", $"map: «User»\nquery: {query}", Mapped("Account", "Name", "User"));
        OkRule($"map: User\nquery: {query}", Mapped("Account", "FullName", "User"));
    }

    [Test]
    public void The_name_of_a_user_principal_name() => VerifyRule(
        "CSK0526", "map: «User»\nquery: SigninLogs | extend User = tostring(split(UserPrincipalName, '@')[0])",
        (yaml, rule) => rule with { Entities = [new(yaml["User"], [new(yaml.Any("Name"), yaml.Any("User"))]) { Type = yaml.At("User", "Account") }] });

    [Test]
    public void A_severity_that_there_is_not()
    {
        var finding = VerifyRule("CSK0585", "query: SigninLogs | extend Sev = iff(AppId == '', «'high'», 'Low')", Alerts("Sev", null));
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo("High"));
        VerifyRule("CSK0585", "query: let s = «'Critical'»; SigninLogs | extend Sev = case(AppId == '', s, AppId == 'x', 'Medium', 'Low')", Alerts("Sev", null));
        OkRule("query: SigninLogs | extend Sev = iff(AppId == '', 'High', RiskLevelDuringSignIn)", Alerts("Sev", null));
    }

    [Test]
    public void A_tactic_that_there_is_not()
    {
        VerifyRule("CSK0586", "query: SigninLogs | extend Tac = dynamic(['Persistence', «'Hacking'»])", Alerts(null, "Tac"));
        var finding = VerifyRule("CSK0586", "query: SigninLogs | extend Tac = «'[\"Initial Access\"]'»", Alerts(null, "Tac"));
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo("InitialAccess"));
        OkRule("query: SigninLogs | extend Tac = pack_array('Persistence', 'Impact')", Alerts(null, "Tac"));
    }

    private static Func<Yaml, AnalyticsRule, AnalyticsRule> Mapped(string type, string identifier, string column) =>
        (yaml, rule) => rule with { Entities = [new(yaml.Any(type), [new(yaml.Any(identifier), yaml[column])])] };

    private static Func<Yaml, AnalyticsRule, AnalyticsRule> Alerts(string? severity, string? tactics) => (yaml, rule) => rule with
    {
        EventGrouping = yaml.Any(EventGrouping.AlertPerResult),
        AlertDetails = new(null, null, severity is null ? null : yaml.Any(severity), tactics is null ? null : yaml.Any(tactics), []),
    };
}
