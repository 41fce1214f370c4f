using CopilotSentinelKit.Content;
using static CopilotSentinelKit.Tests.Validate.Lints.Linted;

namespace CopilotSentinelKit.Tests.Validate.Lints;

internal sealed class EventLintTests
{
    [TestCase("CopilotActivity | where «LLMEventData.Messages[0]».JailbreakDetected == true")]
    [TestCase("CopilotActivity | where «LLMEventData['Messages'][0]».JailbreakDetected == true")]
    [TestCase("CopilotActivity | extend M = LLMEventData.Messages | where «M[0]».JailbreakDetected == true")]
    [TestCase("CopilotActivity | extend First = «LLMEventData.Messages[0]» | where First.JailbreakDetected == true")]
    [TestCase("CopilotActivity | where extract_json(«'$.Messages[0].JailbreakDetected'», tostring(LLMEventData)) == 'true'")]
    [TestCase("CopilotActivity | where parse_json(tostring(«LLMEventData.AISystemPlugin[0]»)).Name == 'x'")]
    [TestCase("CloudAppEvents | where «RawEventData.CopilotEventData.AccessedResources[1]».Action == 'Read'")]
    [TestCase("CopilotEvents() | where «Messages[0]».Id == '1'")]
    public Task One_element_of_an_event_collection(string kql) => Verify("CSK0411", kql);

    [TestCase("CopilotActivity | mv-expand Message = LLMEventData.Messages | where Message.JailbreakDetected == true")]
    [TestCase("CopilotActivity | where LLMEventData['ThreadId'] == 'x'")]
    [TestCase("AuditLogs | where TargetResources[0].displayName == 'x'")]
    [TestCase("CopilotActivity | mv-apply Message = LLMEventData.Messages on (where Message.JailbreakDetected == true)")]
    [TestCase("CopilotActivity | extend Parts = split(AppIdentity, '.') | where Parts[0] == 'x'")]
    public Task Other_elements(string kql) => Ok(kql);

    [TestCase("CopilotActivity | where «SrcIpAddr !startswith '10.'» and SrcIpAddr !startswith '192.168.' and SrcIpAddr !startswith '172.'")]
    [TestCase("CopilotActivity | where not(«SrcIpAddr startswith '172.'»)")]
    [TestCase("CopilotActivity | extend Where = iff(«SrcIpAddr startswith '192.168.'», 'in', 'out')")]
    [TestCase("CommonSecurityLog | where «DeviceName startswith '192.168.'»")]
    public Task Private_ranges_by_their_first_characters(string kql) => Verify("CSK0412", kql);

    [TestCase("CopilotActivity | where not(ipv4_is_private(SrcIpAddr))")]
    [TestCase("DeviceInfo | where OSVersion startswith '10.'")]
    [TestCase("CopilotActivity | where SrcIpAddr startswith '203.0.113.' or SrcIpAddr startswith '169.254.'")]
    public Task Other_prefixes(string kql) => Ok(kql);

    [Test]
    public Task Parse_json_of_a_dynamic_column() => VerifyFixed(
        "CSK0413", "CopilotActivity | extend Event = «parse_json(LLMEventData)»", "CopilotActivity | extend Event = LLMEventData");

    [Test]
    public async Task Parse_json_of_a_dynamic_part_may_want_another_answer() =>
        Assert.That((await Verify("CSK0413", "CopilotActivity | extend Event = «todynamic(LLMEventData.Part)».a")).Fix, Is.Null);

    [TestCase("CopilotActivity | extend Event = parse_json(tostring(LLMEventData.Part)).a")]
    [TestCase("CopilotActivity | extend Event = parse_json(AppIdentity).a")]
    public Task Parse_json_of_text(string kql) => Ok(kql);

    [Test]
    public async Task The_same_text_parsed_again_and_again()
    {
        await Verify("CSK0414", "OfficeActivity | extend A = «parse_json(Parameters)».a, B = parse_json(Parameters).b, C = parse_json(Parameters).c");
        await Ok("OfficeActivity | extend A = parse_json(Parameters).a, B = parse_json(Parameters).b, C = parse_json(OfficeWorkload).c");
    }

    [Test]
    public async Task A_column_from_the_time_of_mapping_by_name()
    {
        await Verify("CSK0406", "SigninLogs | extend «AccountCustomEntity» = UserPrincipalName");
        await Verify("CSK0406", "SigninLogs | extend «timestamp» = TimeGenerated");
        await Verify("CSK0406", "SigninLogs | extend AccountCustomEntity = '' | summarize arg_max(TimeGenerated, *), «IPCustomEntity» = take_any(IPAddress) by UserPrincipalName | project-away AccountCustomEntity");
        await Ok("SigninLogs | extend AccountCustomEntity = UserPrincipalName | project-away AccountCustomEntity");
        await Ok("SigninLogs | extend AccountCustomEntity = UserPrincipalName", yaml => Rule(yaml) with
        {
            Entities = [new(yaml.Any("Account"), [new(yaml.Any("FullName"), yaml.Any("AccountCustomEntity"))])],
        });
        await Ok("SigninLogs | extend AccountCustomEntity = UserPrincipalName", Parser);
    }

    [Test]
    public async Task A_result_without_time()
    {
        static ContentItem Mapped(Yaml yaml) => Hunt(yaml) with { Entities = [new(yaml.Any("Account"), [])] };
        await Verify("CSK0423", "SigninLogs | where TimeGenerated > ago(1d) | «summarize» count() by UserPrincipalName", Mapped);
        await Ok("SigninLogs | where TimeGenerated > ago(1d) | summarize TimeGenerated = max(TimeGenerated) by UserPrincipalName", Mapped);
        await Ok("SigninLogs | where TimeGenerated > ago(1d) | summarize count() by UserPrincipalName", Hunt);
    }

    [TestCase("«ThreatIntelligenceIndicator» | where Active == true")]
    [TestCase("«LLMActivity» | where 1 == 1")]
    [TestCase("AzureActivity | where «ActivityStatus» == 'Succeeded' and ActivityStatus != 'x'")]
    public Task What_gets_no_data_any_more(string kql) => Verify("CSK0432", kql);

    [TestCase("ThreatIntelIndicators | where IsActive == true")]
    [TestCase("AuditLogs | where OperationName == 'Add user'")]
    public Task What_gets_data(string kql) => Ok(kql);
}
