using static CopilotSentinelKit.Tests.Validate.Lints.Linted;

namespace CopilotSentinelKit.Tests.Validate.Lints;

internal sealed class ComparisonLintTests
{
    [TestCase("SigninLogs | where «tolower(AppDisplayName) == 'teams'»", "SigninLogs | where AppDisplayName =~ 'teams'")]
    [TestCase("SigninLogs | where «toupper(AppDisplayName) != 'TEAMS'»", "SigninLogs | where AppDisplayName !~ 'TEAMS'")]
    [TestCase("SigninLogs | where «tolower(AppDisplayName) in ('a', 'b')»", "SigninLogs | where AppDisplayName in~ ('a', 'b')")]
    public Task Letter_case_made_alike(string kql, string expected) => VerifyFixed("CSK0419", kql, expected);

    [TestCase("SigninLogs | where tolower(AppDisplayName) == «'Teams'»", "SigninLogs | where AppDisplayName =~ 'Teams'")]
    [TestCase("SigninLogs | where toupper(AppDisplayName) in ('A', «'b'»)", "SigninLogs | where AppDisplayName in~ ('A', 'b')")]
    public Task A_text_in_the_case_that_cannot_be(string kql, string expected) => VerifyFixed("CSK0418", kql, expected);

    [TestCase("SigninLogs | where AppDisplayName =~ 'teams'")]
    [TestCase("SigninLogs | where tolower(AppDisplayName) == Location")]
    [TestCase("SigninLogs | extend App = tolower(AppDisplayName)")]
    public Task Letter_case_otherwise(string kql) => Ok(kql);

    [TestCase("SigninLogs | where «UserPrincipalName == 'admin@contoso.com'»", "SigninLogs | where UserPrincipalName =~ 'admin@contoso.com'")]
    [TestCase("CopilotEvents() | where «ActorUpn !in ('admin@contoso.com')»", "CopilotEvents() | where ActorUpn !in~ ('admin@contoso.com')")]
    [TestCase("AzureActivity | where «OperationNameValue == 'Microsoft.Compute/write'»", "AzureActivity | where OperationNameValue =~ 'Microsoft.Compute/write'")]
    public Task A_value_whose_case_varies(string kql, string expected) => VerifyFixed("CSK0436", kql, expected);

    [TestCase("SigninLogs | where UserPrincipalName == ''")]
    [TestCase("AuditLogs | where OperationName == 'Add user'")]
    [TestCase("SigninLogs | where tolower(UserPrincipalName) == AppDisplayName")]
    public Task A_value_whose_case_does_not_matter(string kql) => Ok(kql);

    [Test]
    public async Task A_join_of_accounts()
    {
        await Verify("CSK0417", "SigninLogs | join kind=inner IdentityInfo on «$left.UserPrincipalName == $right.AccountUPN»");
        await Ok("SigninLogs | extend Upn = tolower(UserPrincipalName) | join kind=inner (IdentityInfo | extend Upn = tolower(AccountUPN)) on Upn");
        await Ok("SigninLogs | join kind=inner (SigninLogs | where 1 == 1) on UserPrincipalName");
        await Ok("SigninLogs | join kind=inner (MicrosoftGraphActivityLogs | where 1 == 1) on UserId");
        await Ok("SigninLogs | join kind=inner (CopilotEvents()) on $left.UserPrincipalName == $right.ActorUpn");
    }

    [TestCase("DeviceProcessEvents | where «ProcessCommandLine contains 'mimikatz'»", "has")]
    [TestCase("DeviceProcessEvents | where «ProcessCommandLine !contains 'mimikatz'»", "!has")]
    public async Task Contains_with_a_word(string kql, string better) =>
        Assert.That((await Verify("CSK0416", kql)).Message, Does.Contain($"\"{better}\""));

    [Test]
    public async Task A_regular_expression_of_plain_words()
    {
        await Verify("CSK0428", "DeviceProcessEvents | where «ProcessCommandLine matches regex '(?i)(mimikatz|rubeus)'»");
        await Ok("DeviceProcessEvents | where ProcessCommandLine matches regex 'mimi[kc]atz|rubeus'");
        await Ok("DeviceProcessEvents | where ProcessCommandLine contains '-enc' or ProcessCommandLine has 'mimikatz'");
    }

    [TestCase("DeviceProcessEvents | where ProcessCommandLine has 'a«\u200B»b'", "U+200B")]
    [TestCase("DeviceProcessEvents | where«\u00A0»ProcessCommandLine has 'ab'", "U+00A0")]
    [TestCase("DeviceProcessEvents | where ProcessCommandLine has 'it«\u2019»s'", "U+2019")]
    public async Task A_character_that_looks_like_another(string kql, string code) =>
        Assert.That((await Verify("CSK0438", kql)).Message, Does.Contain(code));

    [TestCase("DeviceProcessEvents // it\u2019s a comment\n| where ProcessCommandLine has 'caf\u00E9'")]
    [TestCase("DeviceProcessEvents\n\t| where ProcessCommandLine has @'\\u200B'")]
    public Task Characters_that_are_what_they_look_like(string kql) => Ok(kql);
}
