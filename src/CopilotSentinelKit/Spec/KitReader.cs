using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Findings.Policy;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to a kit.yaml.</summary>
public static class KitReader
{
    private static readonly Version Own = typeof(KitReader).Assembly.GetName().Version ?? new();

    /// <summary>The kit.yaml, or null when the file is no map or is for a newer csk. What is missing or wrong is a finding and stands as its default.</summary>
    public static KitSpec? Read(YamlValue root, ICollection<Finding> findings)
    {
        // What a newer csk brought is no mistake of its writer: that it is newer is all there is to say.
        if (root is YamlMap { } written && written["csk"] is YamlText wanted && Version.TryParse(wanted.Value, out var oldest) && oldest > Own)
        {
            findings.Add(SpecFindings.NewerKit(wanted.FirstLine(), wanted.Value, Own.ToString(3)));
            return null;
        }

        if (ShapeCheck.Check(root, KitShape.Shape, findings) is not { } map)
        {
            return null;
        }

        var keys = new SpecMap(map);
        if (keys.Map("solution") is null)
        {
            foreach (var layer in keys.NamedMaps("environments").Select(environment => environment.Value).Prepend(keys))
            {
                if (ReadFormats(layer)?.FirstOrDefault(format => format.Value == OutputFormat.Solution) is { Value: not null } wish)
                {
                    findings.Add(ModelFindings.NoSolution(wish.Span));
                }
            }
        }

        return new()
        {
            Span = keys.File,
            Name = keys.TextOrEmpty("name"),
            Publisher = keys.Text("publisher")?.Value ?? "",
            Shipped = keys.Flag("shipped")?.Value ?? true,
            Sources = keys.TextsOrNull("sources"),
            Formats = ReadFormats(keys),
            Output = keys.Text("output") ?? new(KitSpec.UsualOutput, keys.File),
            Solution = keys.Map("solution") is { } solution ? SolutionSpec.Read(solution, findings) : null,
            Parsers = keys.Choice("parsers", KitShape.Placements)?.Value ?? ParserPlacement.Deployed,
            Masked = keys.Flag("masked")?.Value ?? false,
            Detections = ReadLayers(keys, root),
            Environments = [.. keys.NamedMaps("environments").Select(environment => ReadEnvironment(environment.Key, environment.Value, Inside(Inside(root, "environments"), environment.Key.Value)))],
            Findings = [.. keys.Maps("findings").Select(ReadRule).OfType<FindingRule>()],
            Tables = [.. keys.NamedMaps("tables").Select(table => table.Key.Select(name => new KqlTable(name, ReadColumns(table.Value))))],
            Functions = [.. keys.NamedMaps("functions").Select(function => ReadFunction(function.Key, function.Value, findings))],
            Watchlists = [.. keys.NamedMaps("watchlists").Select(list => list.Key.Select(alias => new KqlWatchlist(alias, ReadColumns(list.Value))))],
        };
    }

    private static ImmutableArray<Spanned<OutputFormat>>? ReadFormats(SpecMap keys) =>
        keys.TextsOrNull("formats") is { } words ? [.. words.Select(word => word.Select(name => new OutputFormat(name)))] : null;

    private static FindingRule? ReadRule(SpecMap keys) => keys.Text("code") is { } code
        ? new(
            code,
            keys.Choice("severity", KitShape.FindingSeverities)?.Value,
            keys.Flag("ignore")?.Value ?? false,
            keys.Texts("in"),
            keys.Text("reason"),
            keys.Text("expires"))
        : null;

    private static EnvironmentSpec ReadEnvironment(Spanned<string> name, SpecMap keys, YamlValue? written) => new(
        name,
        keys.TextsOrNull("sources"),
        ReadFormats(keys),
        keys.Text("output"),
        keys.Choice("parsers", KitShape.Placements)?.Value,
        keys.Flag("masked")?.Value,
        ReadLayers(keys, written));

    private static ImmutableArray<DetectionLayer> ReadLayers(SpecMap keys, YamlValue? written) =>
        [.. keys.NamedMaps("detections").Select(layer => ReadLayer(layer.Key, layer.Value, Inside(Inside(written, "detections"), layer.Key.Value) as YamlMap))];

    // Of what was written: a checked map has no wrong values.
    private static YamlValue? Inside(YamlValue? written, string key) => (written as YamlMap)?[key];

    private static DetectionLayer ReadLayer(Spanned<string> id, SpecMap keys, YamlMap? written) => new(
        id,
        keys.Flag("disable")?.Value,
        keys.Choice("severity", SharedShapes.Severities),
        DetectionReader.ReadSchedule(keys.Map("schedule")),
        [.. (keys.Map("parameters")?.Entries ?? []).Select(entry => (new Spanned<string>(entry.Key.Value, entry.Key.Span), entry.Value))])
    {
        NamesNoValue = (written ?? keys.Yaml).Entries.All(entry => entry.Key.Value == "disable" || entry.Value is YamlMap { Entries.IsEmpty: true }),
    };

    private static ImmutableArray<Column> ReadColumns(SpecMap columns) =>
        [.. columns.AllTexts().Select(column => new Column(column.Key.Value, column.Value.Value))];

    private static Spanned<KqlFunction> ReadFunction(Spanned<string> name, SpecMap keys, ICollection<Finding> findings) => name.Select(text => new KqlFunction(
        text,
        [.. keys.NamedMaps("parameters").Select(parameter => ReadParameter(parameter.Key.Value, parameter.Value, findings))],
        keys.Map("columns") is { } columns ? ReadColumns(columns) : [])
    {
        IsOpen = keys.Map("columns") is null && keys.Text("returns") is null,
        Returns = keys.Text("returns")?.Value,
    });

    private static FunctionParameter ReadParameter(string name, SpecMap keys, ICollection<Finding> findings)
    {
        var type = keys.Text("type")?.Value ?? "string";
        var literal = KqlDefault.Null(type);
        if (keys.Scalar("default") is { } written)
        {
            var given = KqlDefault.Literal(type, written, out var expected);
            if (given is null)
            {
                findings.Add(SpecFindings.WrongParameterValue(written.FirstLine(), name, type, expected));
            }

            literal = given ?? literal;
        }

        return new(name, type, literal);
    }
}
