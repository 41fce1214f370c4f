using static CopilotSentinelKit.Tests.Validate.Lints.Linted;

namespace CopilotSentinelKit.Tests.Validate.Lints;

internal sealed class TenantLintTests
{
    [TestCase("SigninLogs | where UserPrincipalName =~ «'jo.smith@woodgrove-real.net'»", "account")]
    [TestCase("SigninLogs | where AADTenantId == «'3f2504e0-4f89-41d3-9a0c-0305e82c3301'»", "id")]
    [TestCase("SigninLogs | where IPAddress in («'52.12.34.56'», '52.12.34.57')", "public address")]
    [TestCase("union SigninLogs, (workspace(«'soc-prod'»).SigninLogs | where 1 == 1)", "workspace")]
    public async Task A_value_of_one_tenant(string kql, string what) => Assert.That((await Verify("CSK0434", kql)).Message, Does.Contain("the " + what));

    [TestCase("SigninLogs | where UserPrincipalName =~ 'jo@sub.contoso.com'")]
    [TestCase("SigninLogs | where HomeTenantId == 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'")]
    [TestCase("SigninLogs | where AppId == '3f2504e0-4f89-41d3-9a0c-0305e82c3301'")]
    [TestCase("SigninLogs | where IPAddress in ('10.0.0.1', '8.8.8.8', '198.51.100.7', '169.254.169.254') or AppDisplayName == '10.0.1.5.6'")]
    public Task A_value_of_everybody(string kql) => Ok(kql);

    // Made up, and in two parts, so that no scanner of repositories takes them for real ones.
    [TestCase("web token", "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U")]
    [TestCase("access signature", "https://example.com/f.csv?sv=2022&sig=" + "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGh%3D")]
    [TestCase("storage key", "AccountKey" + "=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [TestCase("client secret", "abc8Q" + "~AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("access key", "AKIA" + "IOSFODNN7EXAMPLE")]
    public async Task A_secret_is_named_and_not_repeated(string what, string secret)
    {
        var finding = await Verify("CSK0435", $"SigninLogs | extend Key = «'{secret}'»");
        Assert.That(finding.Message, Does.Contain(what).And.Not.Contain(secret));
    }

    [TestCase("SigninLogs | where UserAgent has 'eyJhbGciOi' or UserAgent has '?sig=' or UserAgent has 'AKIA'")]
    [TestCase("SigninLogs | where UserAgent has '-----BEGIN RSA PRIVATE KEY-----'")]
    public Task What_secrets_begin_with(string kql) => Ok(kql);
}
