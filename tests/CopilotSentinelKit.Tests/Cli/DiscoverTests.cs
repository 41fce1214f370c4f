using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class DiscoverTests
{
    private const string Record =
        """{"Id":"3f6c1b52-7d0e-4a86-9b1f-5c2d8e4a7f01","RecordType":261,"CreationTime":"2026-01-15T10:00:00","Operation":"CopilotInteraction","UserId":"adele@contoso.com","UserKey":"a91d4c07-3e58-4f2b-b6c0-18d7e5f29a64","Workload":"Copilot","ClientIP":"203.0.113.24","CopilotEventData":{"AppHost":"Word","AccessedResources":[{"Id":"res-77x","Name":"Merger.docx","SiteUrl":"https://contoso.sharepoint.com/sites/plans/Merger.docx","PolicyDetails":[{"PolicyName":"Legal","Action":"deny"}]}]}}""";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task Records_that_the_mapping_knows_have_nothing_to_report()
    {
        var result = await DiscoverAsync(Record);
        Assert.That((result.Code, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Out, Does.StartWith("1 audit records in 1 file.\n\nFields that none of these records has:\n").And.EndWith("\nNext:\n  - The mapping knows every member of these records.\n"));
        Assert.That(result.Out, Does.Contain("AgentName").And.Not.Contain("AppHost").And.Not.Contain("Merger"));
    }

    [TestCase("\"UserId\"", "\"Mood\":\"sunny\",\"UserId\"", "  Mood    1        text  EVENTS:1\n")]
    [TestCase("\"AppHost\"", "\"Weather\":{\"Wind\":3},\"AppHost\"", "  CopilotEventData.Weather  1        object  EVENTS:1\n")]
    [TestCase("\"Name\"", "\"Colour\":7,\"Name\"", "  CopilotEventData.AccessedResources[].Colour  1        whole number  EVENTS:1\n")]
    [TestCase("\"Operation\"", "\"operation\":\"x\",\"Operation\"", "  operation  1        text  EVENTS:1\n")]
    [TestCase("\"AppHost\":\"Word\"", "\"AppHost\":[\"Word\"]", "  CopilotEventData.AppHost  1        list  AppHost  EVENTS:1\n")]
    [TestCase("2026-01-15T10:00:00", "yesterday", "  CreationTime  1        text  CreationTime  EVENTS:1\n")]
    [TestCase("\"UserId\"", "\"UserType\":99,\"UserId\"", "  UserType  1        99    ActorUserType  EVENTS:1\n")]
    public async Task What_it_does_not_know_is_shown_with_its_place(string part, string other, string row)
    {
        var result = await DiscoverAsync(Record.Replace(part, other, StringComparison.Ordinal));
        Assert.That(result.Out.Replace(Shown, "EVENTS", StringComparison.Ordinal), Does.Contain("\n" + row));
        Assert.That(result.Code, Is.Zero);
    }

    [Test]
    public async Task A_broken_line_is_said_and_the_rest_is_read()
    {
        var result = await DiscoverAsync(string.Join('\n', Record, Record, Record[..200], Record, "{ \"a\": [1, }", Record));
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error.Replace(Shown, "EVENTS", StringComparison.Ordinal), Does.Contain("EVENTS:3: error CSK1142: ").And.Contain("EVENTS:5: error CSK1142: "));
        Assert.That(result.Out, Does.StartWith("4 audit records in 1 file; 2 could not be read.\n"));
    }

    [Test]
    public async Task It_suggests_a_mapping_that_compiles_and_reads_the_members()
    {
        var events = Write(Record.Replace("\"AppHost\"", "\"Weather\":\"sunny\",\"Score\":1.5,\"Parts\":[1],\"Name\":\"x\",\"AppHost\"", StringComparison.Ordinal).Replace("\"UserId\"", "\"Odd name\":1,\"Mood\":true,\"UserId\"", StringComparison.Ordinal));
        var result = await Csk.RunAsync("discover", events, "--suggest");
        Assert.That(result.Error, Does.StartWith("1 audit records"));
        _folder.Write("kit.yaml", "name: contoso-copilot\npublisher: Contoso\n");
        _folder.Write("rules/mapping.yaml", result.Out);
        Assert.That(result.Out, Does.Contain("# \"Odd name\": whole number; kept in").And.Contain("  Mood:\n    type: bool\n").And.Contain("  Weather:\n    type: string\n").And.Contain("    event: Weather\n"));
        Assert.That((await Csk.RunAsync("check", "--project", _folder.Root)).Error, Is.Empty);
        var again = await Csk.RunAsync("discover", events, "--project", _folder.Root);
        Assert.That(again.Out, Does.Contain("Odd name").And.Not.Contain("Weather").And.Not.Contain("Mood"));
    }

    [Test]
    public async Task Anonymous_records_have_no_value_that_identifies_and_are_otherwise_the_same()
    {
        var second = Record.Replace("\"Id\":\"3f6c1b52", "\"Id\":\"4f6c1b52", StringComparison.Ordinal).Replace("\"UserKey\"", "\"Manager\":\"Megan Bowen\",\"UserKey\"", StringComparison.Ordinal);
        var events = Write(Record + "\n" + second + "\n" + Record.Replace("adele@contoso.com", "kim_fabrikam.com#EXT#@contoso.com", StringComparison.Ordinal));
        var target = _folder.PathOf("anonymous.jsonl");
        var result = await Csk.RunAsync("discover", events, "--anonymize", target, "--replace", "PolicyDetails");
        Assert.That((result.Code, result.Error), Is.EqualTo((0, "")));
        var text = await File.ReadAllTextAsync(target);
        foreach (var secret in new[] { "adele", "contoso", "kim", "fabrikam", "a91d4c07", "3f6c1b52", "203.0.113", "Merger", "plans", "Megan", "Legal", "77x" })
        {
            Assert.That(text, Does.Not.Contain(secret).IgnoreCase);
        }

        Assert.That(text, Does.Contain("\"CreationTime\":\"2026-01-15T10:00:00\"").And.Contain("\"AppHost\":\"Word\"").And.Contain("\"RecordType\":261").And.Contain(".docx\"").And.Contain(".sharepoint.com/sites/").And.Contain("#EXT#@"));
        var records = EventReader.Read(new SourceFile("anonymous.jsonl", text), []);
        Assert.That(records.Select(record => Names(Value.Of(record.Members))), Is.EqualTo(EventReader.Read(new SourceFile("events.json", await File.ReadAllTextAsync(events)), []).Select(record => Names(Value.Of(record.Members)))));

        // The same value is the same again, and another is another.
        Assert.That(records[1].Members.Find("UserId"), Is.EqualTo(records[0].Members.Find("UserId")).And.Not.EqualTo(records[2].Members.Find("UserId")));
        Assert.That(records[1].Members.Find("Id"), Is.Not.EqualTo(records[0].Members.Find("Id")));
        Assert.That(result.Out, Does.Contain("Read it before you give it away.").And.Contain("--replace FIELD replaces them too:").And.Contain("AppHost"));
    }

    [Test]
    public async Task What_is_inside_of_a_field_that_is_not_personal_is_kept_but_for_identities()
    {
        var target = _folder.PathOf("anonymous.jsonl");
        await Csk.RunAsync("discover", Write(Record.Replace("Legal", "Ask legal@contoso.com", StringComparison.Ordinal)), "--anonymize", target);
        Assert.That(await File.ReadAllTextAsync(target), Does.Contain("\"Action\":\"deny\"").And.Match("\"PolicyName\":\"Ask user\\d+@domain\\d+\\.example\""));
    }

    [Test]
    public async Task Wrong_use_is_said_and_nothing_is_lost()
    {
        var events = Write(Record);
        var there = _folder.Write("there.jsonl", "mine");
        Assert.That((await Csk.RunAsync("discover", events, "--anonymize", there)).Error, Does.EndWith("is there already, and is not overwritten. Choose another file.\n"));
        Assert.That(_folder.Read("there.jsonl"), Is.EqualTo("mine"));
        Assert.That((await Csk.RunAsync("discover", _folder.PathOf("none.json"))).Error, Does.Contain("none.json\" cannot be read: "));
        Assert.That((await Csk.RunAsync("discover", _folder.Root)).Error, Does.Contain("is a folder. Name the files in it."));
        Assert.That((await Csk.RunAsync("discover", events, "--replace", "AppHos")).Error, Does.Contain("The mapping has no field \"AppHos\". Did you mean \"AppHost\"?"));
        Assert.That((await Csk.RunAsync("discover", events, _folder.PathOf("none.json"), "--anonymize", _folder.PathOf("new.jsonl"))).Code, Is.EqualTo(2));
        Assert.That(_folder.Files().Keys, Is.EqualTo((string[])["events.json", "there.jsonl"]));
    }

    private string Shown => _folder.PathOf("events.json").Replace('\\', '/');

    private string Write(string text) => _folder.Write("events.json", text);

    private Task<CskResult> DiscoverAsync(string text) => Csk.RunAsync("discover", Write(text));

    private static string Names(Value value) => value.AsBag is { } bag ? "{" + string.Join(',', bag.Properties.Select(member => member.Key + Names(member.Value))) + "}"
        : value.AsArray is { } list ? "[" + string.Join(',', list.Items.Select(Names)) + "]" : value.Kind.ToString();
}
