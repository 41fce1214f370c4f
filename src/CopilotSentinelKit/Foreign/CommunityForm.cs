
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What a YAML file of others holds.</summary>
internal enum CommunityKind
{
    /// <summary>Something else: a pipeline, a playbook, another vendor's rule.</summary>
    None,

    /// <summary>A spec of this kit.</summary>
    Spec,

    /// <summary>An analytics rule.</summary>
    Rule,

    /// <summary>A hunting query.</summary>
    Hunt,

    /// <summary>A parser as solutions have it.</summary>
    Parser,

    /// <summary>A parser of the Advanced Security Information Model.</summary>
    AsimParser,

    /// <summary>A summary rule.</summary>
    Summary,

    /// <summary>Content in a file that is no YAML.</summary>
    Broken,
}

/// <summary>Tells what a file holds by its keys: folders and file names are everybody's own.</summary>
internal static class CommunityForm
{
    private static readonly string[] RuleKeys = ["queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold"];

    private static readonly string[] NameKeys = ["ParserName", "FunctionName", "FunctionAlias", "name"];

    private static readonly string[] SharedKeys =
        ["tactics", "relevantTechniques", "techniques", "requiredDataConnectors", "entityMappings", "customDetails", "alertDetailsOverride", "eventGroupingSettings", "incidentConfiguration"];

    private static readonly string[] SpecKeys = ["attack", "schedule", "entities", "template", "trigger", "details", "parameters"];

    /// <summary>Whether the name of what it holds is a gap for its reader to fill in: a form of such files, not one of them.</summary>
    public static bool IsTemplate(YamlValue? root) => root is YamlMap map
        && NameKeys.Any(key => map[key] is YamlText { Value: ['<', .. var gap, '>'] } && !gap.Contains('<', StringComparison.Ordinal));

    /// <summary>What a file's value is.</summary>
    /// <param name="root">The value.</param>
    /// <param name="path">Its file, whose folders tell rules without a schedule from hunts that were made of rules.</param>
    public static CommunityKind Of(YamlValue? root, string path)
    {
        if (root is not YamlMap map)
        {
            return CommunityKind.None;
        }

        if (Has(map, "ParserQuery", "ParserName"))
        {
            return CommunityKind.AsimParser;
        }

        if (Has(map, "FunctionQuery", "FunctionAlias"))
        {
            return CommunityKind.Parser;
        }

        if (map["destinationTable"] is not null && map["query"] is not null)
        {
            return CommunityKind.Summary;
        }

        var kind = (map["kind"] as YamlText)?.Value ?? "";
        var isRuleKind = kind.Equals("Scheduled", StringComparison.OrdinalIgnoreCase) || kind.Equals("NRT", StringComparison.OrdinalIgnoreCase);
        // A hunt may have been made of a rule, and have kept its kind.
        var isHuntAllTheSame = kind.Equals("Scheduled", StringComparison.OrdinalIgnoreCase) && (!Has(map, "severity") || IsAmongHunts(path)) && Has(map, "query") && Has(map, SharedKeys);
        if (Has(map, RuleKeys) || (isRuleKind && Has(map, SharedKeys) && !isHuntAllTheSame))
        {
            return CommunityKind.Rule;
        }

        if (Has(map, SpecKeys) && (isRuleKind || kind == "hunting" || Has(map, "template")))
        {
            return CommunityKind.Spec;
        }

        if (isRuleKind && Has(map, "query") && !isHuntAllTheSame)
        {
            return CommunityKind.Rule;
        }

        return Has(map, "query") && Has(map, SharedKeys) ? CommunityKind.Hunt : CommunityKind.None;
    }

    private static bool IsAmongHunts(string path) =>
        (Path.GetDirectoryName(path) ?? "").Split('/', '\\').Any(folder => folder.StartsWith("hunt", StringComparison.OrdinalIgnoreCase));

    private static bool Has(YamlMap map, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (map[key] is not null)
            {
                return true;
            }
        }

        return false;
    }
}
