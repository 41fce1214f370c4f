using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Queries in files of KQL, text and Markdown, and in YAML of other forms.</summary>
internal sealed class OtherFormsTests
{
    private const string SignIns = "SigninLogs\n| where ResultType == \"0\"\n| take 10";
    private const string Devices = "DeviceEvents\n| where ActionType == \"x\"";

    [Test]
    public void A_file_of_KQL_is_a_hunt() => Assert.That(Hunts("hunts/Travel.kql", SignIns + "\n"), Is.EqualTo([("Travel", SignIns)]));

    [TestCase("//Microsoft Sentinel query\n{0}\n\n//Advanced Hunting query\n{1}\n")]
    [TestCase("{0}\n\n\n{1}")]
    [TestCase("{0}\r\n\r\n{1}")]
    public void Queries_are_parted_where_the_first_cannot_go_on(string file) =>
        Assert.That(Hunts("Two.kql", file.Replace("{0}", SignIns, StringComparison.Ordinal).Replace("{1}", Devices, StringComparison.Ordinal)), Is.EqualTo([("Two 1", SignIns), ("Two 2", Devices)]));

    [TestCase("let a = 1;\n\nSigninLogs\n| where x == a")]
    [TestCase("SigninLogs\n| where x == 1\n\n// more\n| take 1")]
    [TestCase("SigninLogs\n| project a,\n\nb")]
    [TestCase("SigninLogs\n| join (\nAuditLogs\n\nExtra\n) on x")]
    [TestCase("SigninLogs\n| where a == 1\n\nand b == 2")]
    [TestCase("SigninLogs\n| summarize count()\n\nby a")]
    public void One_query_with_blank_lines_is_one(string kql) => Assert.That(Hunts("One.kql", kql), Is.EqualTo([("One", kql)]));

    [Test]
    public void Text_is_read_where_it_is_KQL_in_any_encoding()
    {
        Assert.That(Hunts("a.txt", "Look where the logs are.\nThen take them.\n"), Is.Empty);
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(SignIns)];
        Assert.That(ContentReader.Read([new("a.txt", "a.txt", bytes)]).Items, Has.Length.EqualTo(1));
    }

    [Test]
    public void A_signature_in_a_comment_makes_a_parser_with_parameters()
    {
        var parser = (ParserFunction)Read("lib/Recent.kql", "//let Recent = (days:int = 7, who:string){\nSigninLogs | where UserPrincipalName == who\n").Items.Single();
        Assert.That(parser, Has.Property("Alias").EqualTo("Recent").And.Property("ParameterList").EqualTo("days:int=7, who:string="));
    }

    [Test]
    public void A_folder_of_functions_holds_parsers() => Assert.That(Read("Parsers/Fabrikam.txt", SignIns).Items.Single(), Is.InstanceOf<ParserFunction>());

    [TestCase("SigninLogs | where TimeGenerated > ago({days}d)")]
    [TestCase("F(<computer>) | where x == 1")]
    [TestCase("SigninLogs | where %%filter%% | take 1")]
    [TestCase("SigninLogs\n| ...\n| take 1")]
    public void Gaps_are_not_for_Kusto_to_read(string kql)
    {
        var read = Read("a.kql", kql);
        Assert.That(read.Items, Is.Empty);
        Assert.That(read.PassedOver.Single().Reason, Is.EqualTo(PassedReason.Gaps));
    }

    [TestCase("SigninLogs | where x == \"<computer>\" | extend y = dynamic({\"a\": 1})")]
    [TestCase("let f = (a:string) {SigninLogs | where x == a}; f(\"1\")")]
    public void Angles_and_braces_that_are_KQL_are_none(string kql) => Assert.That(Hunts("a.kql", kql), Has.Length.EqualTo(1));

    [Test]
    public void Blocks_of_Markdown_are_hunts_named_by_their_heading()
    {
        var page = $"# Travel\n\n## Sentinel\n```KQL\n{SignIns}\n```\n## Defender\n```\n{Devices}\n```\n```powershell\nGet-Thing | where x\n```\n```\nno query\n```\n```kql\n| where a == 1\n```\n";
        Assert.That(Hunts("docs/Travel.md", page), Is.EqualTo([("Travel: Sentinel", SignIns), ("Travel: Defender", Devices)]));
        Assert.That(Hunts("README.md", page), Is.Empty);
    }

    [Test]
    public void A_block_that_nobody_closed_ends_with_its_section() => Assert.That(
        Hunts("Page.md", $"```kql\n{SignIns}\n\n# Next\ntext\n"), Is.EqualTo([("Page", SignIns)]));

    [Test]
    public void A_comment_of_a_shell_closes_no_block() => Assert.That(
        Hunts("Page.md", $"```\n# First\ngit push origin\n```\n\nLook | where it went.\n\n```kql\n{SignIns}\n```\n"), Is.EqualTo([("Page", SignIns)]));

    [Test]
    public void A_query_in_YAML_has_its_place()
    {
        var yaml = "displayName: Mass download\nqueryCondition:\n  queryText: |\n    DeviceEvents\n    | where ActionType == \"x\"\nschedule:\n  period: 1H\n";
        var hunt = (HuntingQuery)Read("a.yaml", yaml).Items.Single();
        Assert.That((hunt.Name.Value, hunt.Query.Locate(0, 12).Text), Is.EqualTo(("Mass download", "DeviceEvents")));
        Assert.That(Hunts("b.yaml", "Id: x\nDisplayName: Many\nKind: Scheduled\nQuery: |\n  SigninLogs\n  | take 1\n").Single().Name, Is.EqualTo("Many"));
    }

    [Test]
    public void A_true_Sigma_rule_is_named_as_such() => Assert.That(
        Read("a.yaml", "title: A\nlogsource: { product: windows }\ndetection:\n  selection: { EventID: 1 }\n  condition: selection\n").PassedOver.Single().Reason, Is.EqualTo(PassedReason.Sigma));

    private static (string Name, string Kql)[] Hunts(string path, string text) => [.. Read(path, text).Items.Cast<HuntingQuery>().Select(hunt => (hunt.Name.Value, hunt.Query.Text))];

    private static ForeignContent Read(string path, string text) => ContentReader.Read([new(path, path, Encoding.UTF8.GetBytes(text))]);
}
