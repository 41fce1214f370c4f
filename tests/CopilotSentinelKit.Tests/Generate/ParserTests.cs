using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

internal sealed partial class ParserTests
{
    [Test]
    public async Task Each_enabled_source_filters_by_time_before_anything_else()
    {
        var kql = await KqlOf(TestPack.Small.WithKit("sources: [CloudAppEvents, Custom]"), "CopilotEvents");
        var branches = kql.Split("\n(").Skip(1).Select(branch => branch.Split('\n')).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(branches.Select(lines => lines[0]), Is.EqualTo(["CloudAppEvents", "CopilotAudit_CL"]));
            Assert.That(branches.Select(lines => lines[1]), Is.All.EqualTo(
                "| where (isnull(starttime) or TimeGenerated >= starttime) and (isnull(endtime) or TimeGenerated < endtime)"));
        }
    }

    [Test]
    public async Task A_source_that_is_off_is_not_read() =>
        Assert.That(await KqlOf(TestPack.Small.WithKit("sources: [Custom]"), "CopilotEvents"), Does.Contain("CopilotAudit_CL").And.Not.Contain("CloudAppEvents"));

    [Test]
    public async Task A_source_without_record_reads_its_own_columns_and_nulls()
    {
        var kql = await KqlOf(TestPack.Small.WithKit("sources: [Custom]"), "CopilotEvents");
        Assert.That(kql, Does.Contain("ActorUpn = Actor, Event_ = AsBag(Data), Settings_ = dynamic(null), Record_ = dynamic(null))")
            .And.Contain("| extend RecordId = \"\"\n").And.Contain("by Key_\n| extend Messages = Event_.Messages\n"));
    }

    [Test]
    public async Task A_record_comes_before_the_columns_of_its_row_and_the_event_last() =>
        Assert.That(
            await KqlOf(TestPack.Mapped("record: UserId }", "record: UserId, event: Who }"), "CopilotEvents"),
            Does.Contain("ActorUpn = AccountDisplayName").And.Contain("ActorUpn = coalesce(tostring(Record_.UserId), ActorUpn, tostring(Event_.Who))"));

    [Test]
    public async Task The_first_of_several_places_has_the_event_and_a_record_without_any_is_its_own()
    {
        var kql = await KqlOf(TestPack.Mapped("event: RawEventData.CopilotEventData", "event: [RawEventData.CopilotEventData, RawEventData]"), "CopilotEvents");
        Assert.That(kql, Does.Contain("Event_ = AsBag(coalesce(Record_.CopilotEventData, Record_))").And.Contain("Flat_ = isnull(Record_.CopilotEventData)")
            .And.Contain("bag_pack(\"Event\", iff(Flat_, dynamic(null), bag_remove_keys(Event_, dynamic([\"Messages\"]))), ")
            .And.Contain("bag_remove_keys(Record_, iff(Flat_, dynamic([\"Id\",\"ID\",\"UserId\",\"CopilotEventData\",\"Messages\"]), dynamic([\"Id\",\"ID\",\"UserId\",\"CopilotEventData\"])))"));
    }

    [Test]
    public async Task What_is_Copilots_is_asked_of_tables_that_have_other_records_too()
    {
        const string Where = "terms: [Copilot, Agent365]\nwhere: ActorUpn in~ (Terms_)\nfields:\n  RecordId";
        var both = await KqlOf(TestPack.Mapped("fields:\n  RecordId", Where).WithKit("sources: [CloudAppEvents, Custom]"), "CopilotEvents");
        var own = await KqlOf(TestPack.Mapped("fields:\n  RecordId", Where).WithKit("sources: [Custom]"), "CopilotEvents");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(both, Does.Contain("let Terms_ = dynamic([\"Copilot\",\"Agent365\"]);").And.Contain("| where SourceTable in (\"CopilotAudit_CL\") or (ActorUpn in~ (Terms_))"));
            Assert.That(own, Does.Not.Contain("Terms_"));
        }
    }

    [Test]
    public async Task The_columns_of_every_parser_are_those_of_the_mapping([Values("[CloudAppEvents]", "[Custom]", "[CloudAppEvents, Custom]")] string sources)
    {
        var pack = TestPack.Small.WithKit($"sources: {sources}");
        foreach (var parser in (await pack.Ok()).OfType<ParserFunction>())
        {
            var analysis = await Analyze(parser, pack.Load().Mapping.DeclaredTables, [Function(await pack.Ok(), "CopilotEvents")]);
            Assert.That(analysis.Columns, Is.EqualTo(parser.Columns.Select(column => column.Value)), parser.Alias);
        }
    }

    [Test]
    public async Task A_value_is_read_then_normalised_then_seen_by_expressions()
    {
        var kql = await KqlOf(
            TestPack.Mapped("  Messages: {", "  Kind: { type: string, event: Kind, values: { 1: One, \"a\\\"b\": Two } }\n  Loud: { type: string, expression: toupper(Kind) }\n  Louder: { type: string, expression: \"strcat(Loud, '!')\" }\n  Messages: {"),
            "CopilotEvents");
        Assert.That(Lines(kql, "| extend "), Is.EqualTo([
            "| extend Record_ = AsBag(RawEventData)",
            "| extend RecordId = coalesce(tostring(Record_.Id), tostring(Record_.ID))",
            "| extend ActorUpn = coalesce(tostring(Record_.UserId), ActorUpn), Kind = tostring(Event_.Kind), Messages = Event_.Messages",
            "| extend Kind = coalesce(tostring(dynamic({\"1\":\"One\",\"a\\u0022b\":\"Two\"})[Kind]), Kind), Messages = AsArray(Messages)",
            "| extend Loud = toupper(Kind)",
            "| extend Louder = strcat(Loud, '!')",
        ]), kql);
    }

    [Test]
    public async Task Elements_can_keep_records_without_any() => Assert.That(
        Lines(await KqlOf(TestPack.Mapped("each: Messages", "each: Messages, keepEmpty: true"), "CopilotMessages"), "| extend Messages")
            .Concat(Lines(await KqlOf(TestPack.Small, "CopilotMessages"), "| extend Messages")),
        Is.EqualTo(["| extend Messages = iff(array_length(Messages) > 0 or array_length(bag_keys(Messages)) > 0, Messages, dynamic([{}]))"]));

    [TestCase("event: Messages }", "event: Messages }\n  Size: { type: int, event: Extra.Size }", "[\"Messages\"]", Description = "read in part")]
    [TestCase("event: Messages }", "event: Messages }\n  Extra: { type: dynamic, event: Extra }\n  Size: { type: int, event: Extra.Size }", "[\"Messages\"]", Description = "whole and in part")]
    [TestCase("event: Messages }", "event: [Messages, messages] }", "[\"Messages\",\"messages\"]", Description = "spelling variants")]
    public async Task Only_members_that_are_read_whole_leave_the_rest(string part, string marked, string known) =>
        Assert.That(await KqlOf(TestPack.Mapped(part, marked), "CopilotEvents"), Does.Contain($"\"Event\", bag_remove_keys(Event_, dynamic({known}))"));

    [TestCase("RawEventData.CopilotEventData", "\"Id\",\"ID\",\"UserId\",\"CopilotEventData\"")]
    [TestCase("RawEventData.Data.CopilotEventData", "\"Id\",\"ID\",\"UserId\"")]
    public async Task A_part_leaves_the_rest_of_its_record_unless_other_things_are_beside_it(string path, string known)
    {
        var kql = await KqlOf(TestPack.Mapped("event: RawEventData.CopilotEventData", "event: " + path), "CopilotEvents");
        Assert.That(kql, Does.Contain($"\"Record\", bag_remove_keys(Record_, dynamic([{known}]))"));
    }

    [Test]
    public async Task What_is_left_of_settings_is_kept_where_they_are_a_part_of_their_own()
    {
        var own = await KqlOf(TestPack.Mapped("    columns: { ActorUpn: Acc", "    settings: RawEventData.Settings\n    columns: { ActorUpn: Acc"), "CopilotEvents");
        var shared = await KqlOf(TestPack.Mapped("    columns: { ActorUpn: Acc", "    settings: RawEventData.CopilotEventData\n    columns: { ActorUpn: Acc"), "CopilotEvents");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(own, Does.Contain("\"Settings\", iff(SourceTable in (dynamic([\"CloudAppEvents\"])), bag_remove_keys(Settings_, dynamic([\"Messages\"])), dynamic(null)), \"Record\""));
            Assert.That(shared, Does.Contain("bag_pack(\"Event\", bag_remove_keys(Event_, dynamic([\"Messages\"])), \"Settings\", dynamic(null), \"Record\", "));
        }
    }

    [Test]
    public async Task A_projects_field_is_a_column_of_the_parser()
    {
        var parser = Function(await TestPack.Small.Project(TestPack.MappingPath, "fields: { Extra: { type: int, event: Extra } }\n").Ok(), "CopilotEvents");
        Assert.That(parser.Columns.Select(column => column.Value), Does.Contain(new Column("Extra", "int")));
        Assert.That(parser.Query.Text, Does.Contain("Extra = toint(Event_.Extra)"));
    }

    [Test]
    public async Task A_declared_table_hides_Microsofts()
    {
        // Here AccountDisplayName is dynamic, so it must be converted.
        var kql = await KqlOf(
            TestPack.Mapped("    columns: { ActorUpn: Acc", "    declares: { TimeGenerated: datetime, ActionType: string, AccountDisplayName: dynamic, RawEventData: dynamic }\n    columns: { ActorUpn: Acc"), "CopilotEvents");
        Assert.That(kql, Does.Contain("ActorUpn = tostring(AccountDisplayName)"));
    }

    private static async Task<string> KqlOf(TestPack pack, string parser) => Break().Replace(Function(await pack.Ok(), parser).Query.Text, match => match.Groups[1].Value + (match.Groups[1].Length > 0 ? " " : "\n"));

    // Breaks of long lines, and the white space that sources stand behind.
    [GeneratedRegex(@"(,|\| extend)\n +(?![(| ])|\n +(?=[(|])")]
    private static partial Regex Break();

    private static ParserFunction Function(ImmutableArray<ContentItem> items, string name) => items.OfType<ParserFunction>().Single(parser => parser.Alias == name);

    private static IEnumerable<string> Lines(string kql, string start) => kql.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal) && !line.Contains("AdditionalFields") && !line.Contains("Key_"));

    private static async Task<KqlAnalysis> Analyze(ParserFunction parser, ImmutableArray<KqlTable> tables, ImmutableArray<ParserFunction> functions)
    {
        var schema = new KqlSchema(SharedHost.Catalog, tables, [.. functions.Select(f => new KqlFunction(f.Alias, f.Parameters, [.. f.Columns.Select(c => c.Value)]))], []);
        return (await SharedHost.Analyzer.AnalyzeAsync(schema, [new(parser.Query.Text, parser.Parameters)], null, CancellationToken.None)).Single();
    }
}
