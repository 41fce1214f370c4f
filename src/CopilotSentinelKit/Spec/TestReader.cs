using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to tests.</summary>
internal static class TestReader
{
    /// <summary>The tests of a file, or null when the file is no map or does not say whose they are.</summary>
    public static TestFileSpec? Read(YamlValue root, ICollection<Finding> findings) =>
        ShapeCheck.Check(root, TestShape.Shape, findings) is { } map && new SpecMap(map) is var keys && keys.Text("for") is { } target
            ? new(target, keys.Flag("override"), ReadTests(keys))
            : null;

    /// <summary>The tests of a detection.</summary>
    public static ImmutableArray<TestSpec> ReadTests(SpecMap keys) => [.. keys.Maps("tests").Select(ReadTest)];

    private static TestSpec ReadTest(SpecMap keys) => new()
    {
        Name = keys.TextOrEmpty("name"),
        Sources = keys.Texts("sources"),
        Now = keys.Text("now"),
        IsReplayed = keys.Flag("replay")?.Value ?? true,
        Events = keys.Value("events") switch
        {
            YamlList list => [.. list.Items.Select(ReadEvent)],
            { } single => [ReadEvent(single)],
            null => [],
        },
        Tables = ReadTables(keys.Map("tables")),
        Watchlists = ReadTables(keys.Map("watchlists")),
        Expect = ReadExpectation(keys),
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

    private static ImmutableArray<TestTableSpec> ReadTables(SpecMap? tables) =>
        [.. (tables?.Entries ?? []).Select(entry => new TestTableSpec(
            new(entry.Key.Value, entry.Key.Span),
            entry.Value is YamlText file ? new(file.Value, file.Span) : null,
            entry.Value is YamlList rows ? [.. rows.Items.OfType<YamlMap>()] : []))];

    private static ExpectationSpec ReadExpectation(SpecMap keys) => keys.Value("expect") switch
    {
        YamlList rows => new(rows.FirstLine(), rows.Items.Length, [.. rows.Items.OfType<YamlMap>()]),
        YamlMap map when new SpecMap(map) is var some => new(map.FirstLine(), some.Integer("count")?.Value, [.. some.Maps("rows").Select(row => row.Yaml)]),
        YamlText word => new(word.Span, int.TryParse(word.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0, []),
        _ => new(keys.Place, null, []),
    };
}
