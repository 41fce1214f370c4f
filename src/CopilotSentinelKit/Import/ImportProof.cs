using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Import;

/// <summary>Compares the fields of content of others with those that are written from its spec. What no key of a spec has goes into "further"; what cannot be kept is a
/// finding.</summary>
internal sealed class ImportProof(ForeignPiece piece, ICollection<Finding> findings)
{
    // What keys of a spec say: where they say it differently, that is a difference.
    private static readonly string[] Said =
    [
        "severity", "enabled", "queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold", "suppressionDuration", "suppressionEnabled", "tactics", "techniques",
        "subTechniques", "relevantTechniques", "entityMappings", "customDetails", "alertDetailsOverride", "eventGroupingSettings", "incidentConfiguration",
    ];

    // The same property in both forms, and of use in both.
    private const string Entities = "sentinelEntitiesMappings";

    private readonly bool _isYaml = piece.Item.Origin == ContentOrigin.CommunityYaml;

    /// <summary>The fields that "further" has to have.</summary>
    /// <param name="made">The content that is made of the spec.</param>
    public OutputMap? Further(ContentItem made)
    {
        var written = _isYaml ? ContentKind.Of(made).Yaml(made) : Properties(made);
        var (yaml, arm) = (ImmutableArray.CreateBuilder<(string, OutputNode)>(), ImmutableArray.CreateBuilder<(string, OutputNode)>());
        foreach (var (key, value) in piece.Fields)
        {
            var name = key.Value;
            if (IsOfNoMatter(name) || Kept(key, value, Find(written, name)) is not { } node)
            {
                continue;
            }

            if (_isYaml || piece.IsPackaged || name == Entities)
            {
                yaml.Add((name, node));
            }

            if ((!_isYaml && !piece.IsPackaged) || name == Entities)
            {
                arm.Add((name, node));
            }
        }

        return OutputMap.Of(("yaml", new OutputMap(yaml.ToImmutable()).OrNull()), ("arm", new OutputMap(arm.ToImmutable()).OrNull())).OrNull();
    }

    // The value to keep, or null where the spec says it, or nothing can.
    private OutputNode? Kept(YamlText key, YamlValue value, OutputNode? written)
    {
        var unknown = false;
        var resolved = Resolved(value, ref unknown);
        var node = resolved is null ? null : FurtherOutput.Node(resolved);
        var isSaid = _isYaml ? Said.Contains(key.Value) && key.Value is not ("enabled" or "techniques" or "subTechniques") : Said.Contains(key.Value);

        // Hunts have none of a rule's keys.
        isSaid &= piece.Item is AnalyticsRule || key.Value is "tactics" or "relevantTechniques" or "entityMappings";
        if (unknown)
        {
            findings.Add(ImportFindings.NotKnown(value.FirstLine(), key.Value));
            return null;
        }

        // Without a list of its own, the connectors would be those of the tables.
        if (key.Value == "requiredDataConnectors" && _isYaml && piece.Item.DeclaredConnectors.IsEmpty && FieldValue.Of(key.Value, node).Length == 0)
        {
            return new OutputList([]);
        }

        if (node is null || FieldValue.Of(key.Value, node) == FieldValue.Of(key.Value, written))
        {
            return null;
        }

        if (isSaid || !Forms.FurtherField.Matches(key.Value))
        {
            findings.Add(ImportFindings.Changed(value.FirstLine(), key.Value));
            return null;
        }

        return node;
    }

    private bool IsOfNoMatter(string name) => name switch
    {
        // A GUID is compared as such, and a rest that is switched off takes no time.
        "id" => true,
        "suppressionDuration" or "suppressionEnabled" => piece.Item is not AnalyticsRule { Suppression: not null } && IsOff("suppressionEnabled"),
        "version" => !_isYaml || piece.Field("version") is null,

        // Its name stands there, which is said.
        "description" => string.IsNullOrWhiteSpace(piece.Item.Description.Value),
        "requiredDataConnectors" => piece.IsPackaged,
        _ => false,
    };

    private bool IsOff(string flag) => piece.Field(flag) is not YamlText { Value: var text } || !bool.TryParse(text, out var on) || !on;

    private static OutputNode? Find(OutputMap map, string key) => map.Entries.FirstOrDefault(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;

    private static OutputMap Properties(ContentItem made) => (OutputMap)Find(ContentKind.Of(made).Resource(made, ArmSettings.Plain), "properties")!;

    // Values that references stand for, all the way down.
    private YamlValue? Resolved(YamlValue value, ref bool unknown)
    {
        var known = piece.Resolve(value);
        switch (known)
        {
            case null:
                unknown = true;
                return null;
            case YamlMap map:
                var entries = ImmutableArray.CreateBuilder<YamlEntry>();
                foreach (var entry in map.Entries)
                {
                    if (Resolved(entry.Value, ref unknown) is { } inner)
                    {
                        entries.Add(entry with { Value = inner });
                    }
                }

                return map with { Entries = entries.ToImmutable() };
            case YamlList list:
                var items = ImmutableArray.CreateBuilder<YamlValue>();
                foreach (var item in list.Items)
                {
                    if (Resolved(item, ref unknown) is { } inner)
                    {
                        items.Add(inner);
                    }
                }

                return list with { Items = items.ToImmutable() };
            default:
                return known;
        }
    }
}
