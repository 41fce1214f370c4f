using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to tests.</summary>
internal static class TestReader
{
    /// <summary>The tests of a file, or null when the file is no map or does not say whose they are.</summary>
    public static TestFileSpec? Read(YamlValue root, ICollection<Finding> findings) =>
        ShapeCheck.Check(root, TestShape.Shape, findings) is { } map && new SpecMap(map) is var keys && keys.Text("for") is { } target
            ? new(target, keys.Flag("override"), ReadTests(keys)) { Item = keys.Text("item") }
            : null;

    /// <summary>The tests of a detection.</summary>
    public static ImmutableArray<TestSpec> ReadTests(SpecMap keys) => [.. keys.Maps("tests").Select(ReadTest)];

    private static TestSpec ReadTest(SpecMap keys) => new()
    {
        Name = keys.TextOrEmpty("name"),
        Sources = keys.Texts("sources"),
        Now = keys.Text("now"),
        IsReplayed = keys.Flag("replay")?.Value ?? true,
        Events = ReadEvents(keys),
        Tables = ReadTables(keys.Map("tables")),
        Watchlists = ReadTables(keys.Map("watchlists")),
        Functions = ReadTables(keys.Map("functions")),
        External = ReadTables(keys.Map("externaldata")),
        Expect = ReadExpectation(keys),
    };

    /// <summary>What stands under <c>events</c>.</summary>
    public static ImmutableArray<EventSpec> ReadEvents(SpecMap keys) => keys.Value("events") switch
    {
        YamlList list => [.. list.Items.Select(ReadEvent)],
        { } single => [ReadEvent(single)],
        null => [],
    };

    private static EventSpec ReadEvent(YamlValue value)
    {
        if (value is not YamlMap map)
        {
            var file = (YamlText)value;
            return new() { Span = file.Span, File = new(file.Value, file.Span), Record = null, At = [], Repeat = null, Every = default, Delay = default, Set = [], Vary = [] };
        }

        var keys = new SpecMap(map);
        return new()
        {
            Span = map.FirstLine(),
            File = keys.Text("file"),
            Record = keys.Value("record") as YamlMap,
            At = keys.Texts("at"),
            Repeat = keys.Integer("repeat"),
            Every = Step(keys, "every"),
            Delay = Step(keys, "delay"),
            Set = keys.Map("set")?.Entries ?? [],
            Vary = keys.Map("vary")?.Entries ?? [],
        };
    }

    private static TimeSpan Step(SpecMap keys, string key) => keys.Text(key) is { } text ? DurationText.ReadStep(text.Value) ?? default : default;

    /// <summary>Tables or watchlists and their rows.</summary>
    public static ImmutableArray<TestTableSpec> ReadTables(SpecMap? tables) =>
        [.. (tables?.Entries ?? []).Select(entry => entry.Value is YamlMap map && new SpecMap(map) is var keys
            ? ReadTable(entry.Key, keys.Value("rows")) with { Columns = ReadColumns(keys.Map("columns")), Parameters = ReadColumns(keys.Map("parameters")) }
            : ReadTable(entry.Key, entry.Value))];

    private static TestTableSpec ReadTable(YamlText name, YamlValue? rows) => new(
        new(name.Value, name.Span),
        rows is YamlText file ? new(file.Value, file.Span) : null,
        rows is YamlList list ? [.. list.Items.OfType<YamlMap>()] : []);

    private static ImmutableArray<Column> ReadColumns(SpecMap? columns) => [.. (columns?.AllTexts() ?? []).Select(column => new Column(column.Key.Value, column.Value.Value))];

    private static ExpectationSpec ReadExpectation(SpecMap keys) => keys.Value("expect") switch
    {
        YamlList rows => new(rows.FirstLine(), rows.Items.Length, [.. rows.Items.OfType<YamlMap>()]),
        YamlMap map when new SpecMap(map) is var some => ReadSome(map, some),
        YamlText word => new(word.Span, int.TryParse(word.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0, []),
        _ => new(keys.Place, null, []),
    };

    private static ExpectationSpec ReadSome(YamlMap map, SpecMap keys) => new(map.FirstLine(), keys.Integer("count")?.Value, [.. keys.Maps("rows").Select(row => row.Yaml)])
    {
        IsOrdered = keys.Flag("ordered")?.Value ?? false,
        Columns = keys.TextsOrNull("columns"),
        Alerts = keys.Value("alerts") switch
        {
            YamlList alerts => new(alerts.FirstLine(), alerts.Items.Length, [.. alerts.Items.OfType<YamlMap>().Select(alert => ReadAlert(new(alert)))]),
            YamlText word => new(word.Span, int.TryParse(word.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0, []),
            _ => null,
        },
    };

    private static ExpectedAlertSpec ReadAlert(SpecMap keys) => new(
        keys.Span,
        keys.Text("title"),
        keys.Text("description"),
        keys.Text("severity"),
        keys.TextsOrNull("tactics"),
        keys.Value("entities") is YamlList entities ? [.. entities.Items.OfType<YamlMap>()] : null,
        [.. (keys.Map("details")?.Entries ?? []).Select(entry => (new Spanned<string>(entry.Key.Value, entry.Key.Span), Values(entry.Value)))]);

    private static ImmutableArray<string> Values(YamlValue value) => value is YamlList list ? [.. list.Items.OfType<YamlText>().Select(item => item.Value)] : [((YamlText)value).Value];
}
