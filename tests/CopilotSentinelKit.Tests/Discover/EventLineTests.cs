using CopilotSentinelKit.Discover.Lines;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Discover;

/// <summary>Audit records as lines of CEF and LEEF.</summary>
internal sealed class EventLineTests
{
    private const string Record = """
        {
          "Id": "0f8fad5b-d9cb-469f-a165-70867728950e", "RecordType": 261, "Operation": "CopilotInteraction", "CreationTime": "2026-03-01T11:00:00",
          "UserId": "a=b\\c@contoso.com", "ClientIP": "203.0.113.7:443", "Workload": "Copilot",
          "CopilotEventData": "{\"AppHost\":\"Word | Online\",\"ThreadId\":\"19:x\",\"Messages\":[{\"Id\":\"1\",\"JailbreakDetected\":true},{\"Id\":\"2\"}],\"AccessedResources\":{\"Name\":\"a\\tb\\nc.docx\"}}"
        }
        """;

    [Test]
    public void CEF_escapes_what_would_end_a_field() => Assert.That(Line("cef", Record), Is.EqualTo(
        "CEF:0|Microsoft|Microsoft Copilot|1.0|261:CopilotInteraction|CopilotInteraction|8|"
        + "cs1=19:x cs1Label=CopilotSessionId suser=a\\=b\\\\c@contoso.com rt=1772362800000 src=203.0.113.7 deviceFacility=Copilot externalId=0f8fad5b-d9cb-469f-a165-70867728950e "
        + "act=CopilotInteraction requestClientApplication=Word | Online cs2=1, 2 cs2Label=MessageId cs3=true cs3Label=JailbreakDetected fname=a\tb\\nc.docx"));

    [Test]
    public void LEEF_has_no_escapes() => Assert.That(Line("leef", Record).Replace('\t', '^'), Is.EqualTo(
        "LEEF:2.0|Microsoft|Microsoft Copilot|1.0|261:CopilotInteraction|x09|copilotThreadId=19:x^usrName=a=b\\c@contoso.com^devTime=1772362800000^src=203.0.113.7^cat=Copilot^"
        + "copilotRecordId=0f8fad5b-d9cb-469f-a165-70867728950e^copilotOperation=CopilotInteraction^copilotAppHost=Word | Online^copilotMessageId=1, 2^copilotJailbreak=true^resource=a b c.docx^sev=8"));

    [TestCase("""{"ClientIP":"[2001:db8::1]:443"}""", "c6a2=2001:db8::1 c6a2Label=Source IPv6 Address")]
    [TestCase("""{"ClientIP":"::ffff:203.0.113.7"}""", "src=203.0.113.7")]
    [TestCase("""{"ClientIP":"unknown"}""", "")]
    [TestCase("""{"CreationTime":"soon"}""", "rt=soon")]
    [TestCase("""{"CopilotEventData":{"AccessedResources":[{"XPIADetected":true}]}}""", "cs4=true cs4Label=XPIADetected")]
    public void CEF_has_a_key_for(string record, string fields) => Assert.That(Line("cef", record).Split('|', 8)[7], Is.EqualTo(fields));

    [Test]
    public void A_header_ends_at_its_own_bars_alone() =>
        Assert.That(Line("cef", """{"Operation":"a|b\\c"}"""), Does.StartWith("CEF:0|Microsoft|Microsoft Copilot|1.0|a\\|b\\\\c|a\\|b\\\\c|1|"));

    [Test]
    public void What_is_too_long_is_cut() => Assert.That(Line("cef", $$"""{"Id":"{{new string('x', 50)}}"}"""), Does.EndWith("|externalId=" + new string('x', 40)));

    [Test]
    public async Task The_command_writes_a_line_for_each_record()
    {
        using var folder = new TemporaryFolder();
        var events = folder.Write("events.ndjson", "{\"Operation\":\"CopilotInteraction\",\"UserId\":\"user@contoso.com\"}\n{broken\n");
        var result = await Csk.RunAsync("map", events, "--to", "leef", "--project", folder.Root);
        Assert.That(result.Out, Is.EqualTo("LEEF:2.0|Microsoft|Microsoft Copilot|1.0|CopilotInteraction|x09|usrName=user@contoso.com\tcopilotOperation=CopilotInteraction\tsev=1\n"));
        Assert.That((result.Code, result.Error), Is.EqualTo((1, result.Error)));
        Assert.That(result.Error, Does.Contain("events.ndjson:2: error ").And.Contain("1 record written; 1 line could not be read."));
    }

    [Test]
    public async Task Another_format_is_wrong_usage() => Assert.That((await Csk.RunAsync("map", "x.json", "--to", "csv")).Code, Is.EqualTo(2));

    private static string Line(string format, string record)
    {
        var pack = TestPack.Shipped().Load();
        return EventLine.Of(format, pack.Mapping).Write(new(DynamicJson.TryParse(record)!.Value.AsBag!, new SourceFile("record", record).All));
    }
}
