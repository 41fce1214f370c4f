using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Bound;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class ConnectorTests
{
    [TestCase("AzureActiveDirectory: SigninLogs")]
    [TestCase("AzureActiveDirectory: SigninLogs (Entra)")]
    [TestCase("AzureActiveDirectory: AzureActiveDirectory", Description = "the connector is known to fill the table")]
    [TestCase("ContosoOwnConnector: ContosoHr_CL, AzureActiveDirectory: SigninLogs", "SigninLogs | join kind=inner ContosoHr_CL on $left.UserPrincipalName == $right.Upn", Description = "a connector of one's own")]
    [TestCase("WindowsSecurityEvents: SecurityEvent", "SecurityEvent | where Computer == 'a'", Description = "one of several that fill it")]
    public void Connectors_that_fit(string declared, string query = "SigninLogs") =>
        OkRule($"{declared}\nquery: {query}", (yaml, rule) => rule with { DeclaredConnectors = Read(yaml, declared) });

    [Test]
    public void A_table_without_its_connector()
    {
        var finding = VerifyRule("CSK0590", "«Office365»: OfficeActivity\nquery: union SigninLogs, OfficeActivity", Declares("Office365: OfficeActivity"));
        Assert.That(finding.Message, Does.Contain("SigninLogs").And.Contain("\"AzureActiveDirectory\""));
    }

    [Test]
    public void A_data_type_that_is_not_read() =>
        VerifyRule("CSK0591", "AzureActiveDirectory: SigninLogs, «AuditLogs»\nquery: SigninLogs",
            (yaml, rule) => rule with { DeclaredConnectors = [new(yaml["AzureActiveDirectory"], [yaml["SigninLogs"], yaml["AuditLogs"]])] });

    [Test]
    public void A_misspelt_connector()
    {
        var finding = VerifyRule("CSK0592", "«AzureActiveDirectry»: SigninLogs\nquery: SigninLogs", Declares("AzureActiveDirectry: SigninLogs"));
        Assert.That(finding.Message, Does.Contain("\"AzureActiveDirectory\""));
        Assert.That(VerifyRule("CSK0592", "«azureActiveDirectory»: SigninLogs\nquery: SigninLogs", Declares("azureActiveDirectory: SigninLogs")).Fix!.Edits.Single().Text,
            Is.EqualTo("AzureActiveDirectory"));
    }

    [Test]
    public void A_connector_written_in_two_ways()
    {
        var one = new Yaml("Contoso: ContosoHr_CL", "rules/1.yaml");
        var two = new Yaml("«CONTOSO»: ContosoHr_CL", "rules/2.yaml");
        var finding = Findings.Run(
            new AnalyzedContent(Sample.Hunt(one) with { DeclaredConnectors = Read(one, "Contoso: ContosoHr_CL") }, null),
            new AnalyzedContent(Sample.Rule(two) with { Guid = Guid.Parse("8c2f6b1e-7a39-4d52-9e04-b7d1c35a90f8"), DeclaredConnectors = Read(two, "CONTOSO: ContosoHr_CL") }, null)).Single();
        Assert.That(finding.Code, Is.EqualTo("CSK0593"));
        Findings.AssertAt(finding, two);
        Assert.That(finding.Related.Single().Span.File.Path, Is.EqualTo("rules/1.yaml"));
    }

    [Test]
    public void A_table_as_connector()
    {
        var finding = VerifyRule("CSK0594", "«OfficeActivity»: OfficeActivity\nquery: OfficeActivity", Declares("OfficeActivity: OfficeActivity"));
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo("Office365"));
    }

    [Test]
    public void A_connector_without_data_types() => VerifyRule("CSK0595", "«AzureActiveDirectory»: []\nquery: SigninLogs",
        (yaml, rule) => rule with { DeclaredConnectors = [new(yaml["AzureActiveDirectory"], [])] });

    [Test]
    public void A_misspelt_data_type()
    {
        var finding = VerifyRule("CSK0596", "AzureActiveDirectory: «SignInLogs»\nquery: SigninLogs", Declares("AzureActiveDirectory: SignInLogs"));
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo("SigninLogs"));
    }

    [Test]
    public void Tables_and_their_connectors()
    {
        Assert.That(Connectors.Ids, Is.Unique.And.Contains("MicrosoftCopilot").And.Contains("Zscaler"));
        Assert.That(Connectors.Of("SecurityEvent").First(), Is.EqualTo("WindowsSecurityEvents"));
        Assert.That(Connectors.Of("Nothing"), Is.Empty);
        var unknown = Connectors.Ids.SelectMany(id => SharedHost.Catalog.Names.Where(table => Connectors.Of(table).Contains(id))).Distinct().Count();
        Assert.That(unknown, Is.GreaterThan(70), "the tables of the list are in the catalog");
    }

    private static Func<Yaml, AnalyticsRule, AnalyticsRule> Declares(string declared) => (yaml, rule) => rule with { DeclaredConnectors = Read(yaml, declared) };

    private static ImmutableArray<DeclaredConnector> Read(Yaml yaml, string declared) =>
        [.. declared.Split(", ").Select(part => part.Split(": ")).Select(part => new DeclaredConnector(yaml[part[0]], [Last(yaml, part[1])]))];

    // A data type may repeat the name of its connector.
    private static Spanned<string> Last(Yaml yaml, string text)
    {
        var line = yaml.File.Text.Split('\n')[0];
        var nth = line.Split(text).Length - 1;
        return yaml[text, nth];
    }
}
