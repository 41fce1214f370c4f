using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Import;

/// <summary>A piece of content as a workspace, or a template, has it.</summary>
/// <param name="Key">What tells it from others: its GUID, or in lower case a watchlist's alias and a summary rule's name.</param>
/// <param name="Properties">Its properties; null for a value that only a deployment knows.</param>
internal sealed partial record DeployedItem(string Key, ImmutableDictionary<string, OutputNode?> Properties)
{
    // A page of the service's answer, and lists that people make of several.
    private static readonly string[] Lists = ["value", "resources", "items"];

    /// <summary>The content of an export: an answer of the REST API or of the Azure CLI, a list of resources, or an ARM template.</summary>
    /// <param name="file">The file, JSON.</param>
    /// <param name="findings">Takes what is wrong with it.</param>
    public static ImmutableArray<DeployedItem> Read(SpecFile file, ICollection<Finding> findings)
    {
        if (ForeignText.Decode(file, findings) is not { } source || JsonReader.Read(source, ArmFindings.Json, findings) is not { } root)
        {
            return [];
        }

        var scope = root is YamlMap template && template.Find("resources") is not null ? new ArmScope(template, null, packaged: false) : null;
        return [.. Items(root, value => scope is null ? value : scope.Resolve(value))];
    }

    private static IEnumerable<DeployedItem> Items(YamlValue value, Func<YamlValue, YamlValue?> resolve) => value switch
    {
        YamlList list => list.Items.SelectMany(item => Items(item, resolve)),
        YamlMap map when KeyOf(map) is { } key => [new(key, Read(map.Find("properties") as YamlMap ?? map, resolve))],
        YamlMap map => Lists.Select(map.Find).OfType<YamlValue>().SelectMany(inner => Items(inner, resolve)),
        _ => [],
    };

    // Names are whole ids, expressions with the id in them, or the id alone.
    private static string? KeyOf(YamlMap map)
    {
        var properties = map.Find("properties") as YamlMap ?? map;
        return properties.Find("watchlistAlias") is YamlText alias ? alias.Value.ToLowerInvariant()
            : properties.Find("ruleDefinition") is not null && map.Find("name") is YamlText summary ? LastName().Match(summary.Value).Groups[1].Value.ToLowerInvariant()
            : (properties.Find("query") ?? properties.Find("serializedData") ?? properties.Find("triggeringLogic")) is not null && map.Find("name") is YamlText name && Guids().Matches(name.Value) is [.., var guid] ? guid.Value.ToLowerInvariant()
            : null;
    }

    private static ImmutableDictionary<string, OutputNode?> Read(YamlMap properties, Func<YamlValue, YamlValue?> resolve)
    {
        var read = ImmutableDictionary.CreateBuilder<string, OutputNode?>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in properties.Entries)
        {
            var known = resolve(entry.Value);
            read[entry.Key.Value] = known is null ? null : FurtherOutput.Node(known) ?? new OutputText("");
        }

        return read.ToImmutable();
    }

    // Of a whole id, or of an expression that puts it together.
    [GeneratedRegex(@"([\w-]+)[')\]]*\z")]
    private static partial Regex LastName();

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex Guids();
}
