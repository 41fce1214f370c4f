using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class EntityTests
{
    [Test]
    public void Eleven_entities()
    {
        Ok("IP Address Ip", yaml => Rule(yaml) with { Entities = Repeat(yaml.Entity("IP", "Address:Ip"), 10) });
        Verify("CSK0520", "IP Address Ip, and «IP» again", yaml => Rule(yaml) with
        {
            Entities = Repeat(yaml.Entity("IP", "Address:Ip"), 10).Add(yaml.Entity("IP", "Address:Ip") with { Type = yaml["IP", 2] }),
        });
    }

    [Test]
    public void No_identifier_and_four()
    {
        Verify("CSK0521", "type: «IP»", yaml => Rule(yaml) with { Entities = [yaml.Entity("IP")] });
        Verify("CSK0521", "«Account»: Sid PUID AadUserId ObjectGuid col",
            yaml => Rule(yaml) with { Entities = [yaml.Entity("Account", "Sid:col", "PUID:col", "AadUserId:col", "ObjectGuid:col")] });
        Ok("Account: Sid PUID AadUserId col", yaml => Rule(yaml) with { Entities = [yaml.Entity("Account", "Sid:col", "PUID:col", "AadUserId:col")] });
    }

    [TestCase("account", "Account")]
    [TestCase("Acount", "Account")]
    [TestCase("AzureResorce", "AzureResource")]
    public void An_unknown_type_names_the_nearest(string type, string near)
    {
        var finding = Verify("CSK0522", $"type: «{type}» Sid col", yaml => Hunt(yaml) with { Entities = [yaml.Entity(type, "Sid:col")] });
        Assert.That(finding.Message, Does.Contain($"Did you mean \"{near}\"?"));
    }

    [Test]
    public void A_type_or_identifier_in_another_letter_case_has_a_fix()
    {
        Assert.That(Verify("CSK0522", "type: «account» Sid col", yaml => Hunt(yaml) with { Entities = [yaml.Entity("account", "Sid:col")] }).Fix!.Edits.Single().Text, Is.EqualTo("Account"));
        Assert.That(Verify("CSK0523", "Account «fullname»: col", yaml => Rule(yaml) with { Entities = [yaml.Entity("Account", "fullname:col")] }).Fix!.Edits.Single().Text, Is.EqualTo("FullName"));
        Assert.That(Verify("CSK0523", "IP «HostName»: col", yaml => Rule(yaml) with { Entities = [yaml.Entity("IP", "HostName:col")] }).Fix, Is.Null);
    }

    [Test]
    public void An_identifier_of_another_type()
    {
        var finding = Verify("CSK0523", "Account «FulName»: col", yaml => Rule(yaml) with { Entities = [yaml.Entity("Account", "FulName:col")] });
        Assert.That(finding.Message, Does.Contain("Did you mean \"FullName\"?"));
        Verify("CSK0523", "IP «HostName»: col", yaml => Rule(yaml) with { Entities = [yaml.Entity("IP", "HostName:col")] });
    }

    [Test]
    public void An_identifier_twice() => Verify("CSK0524", "IP Address: a, «Address»: b", yaml => Rule(yaml) with
    {
        Entities = [new(yaml["IP"], [new(yaml["Address"], yaml["a"]), new(yaml["Address", 2], yaml["b"])])],
    });

    [TestCase("Account", "UPNSuffix", "FullName or Sid or Name")]
    [TestCase("FileHash", "Value", "Algorithm + Value")]
    [TestCase("File", "Directory", "Name")]
    public void Identifiers_that_identify_nothing(string type, string identifier, string required)
    {
        var finding = Verify("CSK0525", $"type: «{type}» {identifier}: col", yaml => Rule(yaml) with
        {
            Entities = [new(yaml[type], [new(yaml[identifier], yaml["col"])])],
        });
        Assert.That(finding.Message, Does.Contain($"Map {required}"));
    }

    [Test]
    public void An_account_name_alone()
    {
        var finding = Verify("CSK0526", "«Account»: { Name: col }", yaml => Rule(yaml) with { Entities = [yaml.Entity("Account", "Name:col")] });
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Warning));
        Assert.That(finding.Message, Does.Contain("ADMINISTRATOR"));
        Ok("Account: { Name: col, UPNSuffix: col }", yaml => Rule(yaml) with { Entities = [yaml.Entity("Account", "Name:col", "UPNSuffix:col")] });
        Ok("Account: { FullName: col }", yaml => Rule(yaml) with { Entities = [yaml.Entity("Account", "FullName:col")] });
    }

    [Test]
    public void A_host_name_without_its_domain()
    {
        var finding = Verify("CSK0527", "«Host»: { HostName: col }", yaml => Rule(yaml) with { Entities = [yaml.Entity("Host", "HostName:col")] });
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Information));
        Ok("Host: { HostName: col, DnsDomain: col }", yaml => Rule(yaml) with { Entities = [yaml.Entity("Host", "HostName:col", "DnsDomain:col")] });
        Ok("DNS: { DomainName: col }", yaml => Rule(yaml) with { Entities = [yaml.Entity("DNS", "DomainName:col")] });
    }

    [Test]
    public void An_identifier_that_is_a_list()
    {
        Verify("CSK0528", "IP Address «Ips»", yaml => Rule(yaml) with { Entities = [yaml.Entity("IP", "Address:Ips")] }, Returns("Ips:dynamic"));
        Ok("IP Address Ips", yaml => Rule(yaml) with { Entities = [yaml.Entity("IP", "Address:Ips")] }, Returns("Ips:string"));
        Ok("MailMessage NetworkMessageId Recipient Urls", yaml => Rule(yaml) with
        {
            Entities = [yaml.Entity("MailMessage", "NetworkMessageId:Recipient", "Recipient:Recipient", "Urls:Urls")],
        }, Returns("Recipient", "Urls:dynamic"));
    }

    [TestCase("1st")]
    [TestCase("Actor Upn")]
    [TestCase("Actor-Upn")]
    public void A_column_name_that_sentinel_does_not_take(string column) =>
        Verify("CSK0529", $"IP Address «{column}»", yaml => Rule(yaml) with { Entities = [yaml.Entity("IP", $"Address:{column}")] });

    [Test]
    public void A_column_name_of_501_characters()
    {
        Ok("IP Address x", yaml => Rule(yaml) with { Entities = [WithColumn(yaml, 500)] });
        Verify("CSK0529", "IP Address «x»", yaml => Rule(yaml) with { Entities = [WithColumn(yaml, 501)] });
    }

    private static EntityMapping WithColumn(Yaml yaml, int length) => new(yaml["IP"], [new(yaml["Address"], yaml.At("x", new string('x', length)))]);

    private static ImmutableArray<EntityMapping> Repeat(EntityMapping entity, int times) => [.. Enumerable.Repeat(entity, times)];
}
