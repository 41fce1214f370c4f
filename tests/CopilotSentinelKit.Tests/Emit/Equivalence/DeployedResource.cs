using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Emit.Solutions;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit.Equivalence;

/// <summary>A resource as a form describes it, in words that all forms share: what a reference leads to stands in its place.</summary>
/// <param name="Type">The last word of its type, in lower case.</param>
/// <param name="Name">Its own name: a GUID, an alias.</param>
/// <param name="Properties">Version, kind and properties, keys in ordinal order.</param>
internal sealed partial record DeployedResource(string Type, string Name, string Properties)
{
    private static readonly ConditionalWeakTable<JsonNode, ArmScope> Scopes = [];

    /// <summary>The shipped pack with a summary rule and an automation rule of every sort of condition and action.</summary>
    public static async Task<Compilation> EverythingAsync()
    {
        var compilation = await ShippedPack.Compilation;
        var more = await TestPack.Rule("name: A detection of the tests")
            .With("rules/summaries/s.yaml", Samples.Summary.Replace("override: true\n", "", StringComparison.Ordinal).Replace("tests:", "# ", StringComparison.Ordinal))
            .With("rules/automation/a.yaml", Samples.Automation.Replace("override: true\n", "", StringComparison.Ordinal)).Ok();
        return compilation with
        {
            Pack = compilation.Pack! with { Solution = SolutionTests.Spec },
            Items = compilation.Items.AddRange(more.Where(item => item is AnalyticsRule or SummaryRule or AutomationRule)),
        };
    }

    /// <summary>Those of ARM templates; a parameter is its default where it has one.</summary>
    public static IEnumerable<DeployedResource> OfArm(IEnumerable<string> templates) =>
        from text in templates
        let template = JsonNode.Parse(text)!
        let reference = Arm(template)
        from resource in Members(template["resources"]!)
        where resource!["existing"] is null
        let name = VariableIn().Replace((string)resource!["name"]!, variable => $"'{(string?)template["variables"]?[variable.Groups[1].Value]}'")
        select Of((string)resource!["type"]!, name, (string?)resource["apiVersion"], resource["kind"], resource["properties"]!, reference);

    /// <summary>Those of Terraform's files.</summary>
    public static IEnumerable<DeployedResource> OfTerraform(IEnumerable<string> files)
    {
        var blocks = files.SelectMany(HclReader.Read).ToList();
        var names = blocks.Where(block => block.Words.StartsWith("resource ", StringComparison.Ordinal))
            .ToDictionary(block => block.Words.Split(' ')[2], block => (string)block.Arguments["name"]!, StringComparer.Ordinal);
        var defaults = blocks.Where(block => block.Words.StartsWith("variable ", StringComparison.Ordinal) && block.Arguments["default"] is not null)
            .ToDictionary(block => "=var." + block.Words.Split(' ')[1], block => (string)block.Arguments["default"]!, StringComparer.Ordinal);
        return from block in blocks
               where block.Words.StartsWith("resource azapi_resource ", StringComparison.Ordinal)
               let type = ((string)block.Arguments["type"]!).Split('@')
               select Of(type[0], (string)block.Arguments["name"]!, type[1], block.Arguments["body"]!["kind"], block.Arguments["body"]!["properties"]!, Reference);

        JsonNode? Reference(string text) => text switch
        {
            _ when defaults.TryGetValue(text, out var value) => value,
            "=data.azapi_client_config.current.tenant_id" => "(tenant)",
            "=lower(var.workspace_id)" => "(workspace)",
            ['=', .. var code] when code.StartsWith("azapi_resource.rule_", StringComparison.Ordinal) => $"(rule {names[code.Split('.')[1]]})",
            ['=', .. var code] when code.StartsWith("var.", StringComparison.Ordinal) => $"({code[4..]})",
            _ => text,
        };
    }

    /// <summary>Those of a solution's package: the templates of content, and what is deployed with them.</summary>
    public static IEnumerable<DeployedResource> OfSolution(string package)
    {
        var template = JsonNode.Parse(package)!;
        var reference = Arm(template);
        foreach (var resource in template["resources"]!.AsArray())
        {
            var type = (string)resource!["type"]!;
            if (type.EndsWith("/contentTemplates", StringComparison.Ordinal))
            {
                var variable = Variable().Match((string)resource["properties"]!["contentId"]!).Groups[1].Value;
                var inner = resource["properties"]!["mainTemplate"]!["resources"]![0]!;
                yield return Of((string)inner["type"]!, (string)template["variables"]![variable]!["contentId"]!, null, inner["kind"], inner["properties"]!, reference);
            }
            else if (type.EndsWith("/Watchlists", StringComparison.Ordinal))
            {
                yield return Of(type, (string)resource["properties"]!["watchlistAlias"]!, null, null, resource["properties"]!, reference);
            }
        }
    }

    /// <summary>The same without some properties, and without what no form but one has: a version and empty texts.</summary>
    public DeployedResource Without(params string[] names)
    {
        var all = JsonNode.Parse(Properties)!.AsObject();
        var properties = all["properties"]!.AsObject();
        foreach (var name in names.Concat(properties.Where(property => property.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0).Select(property => property.Key)).ToList())
        {
            properties.Remove(name);
        }

        all.Remove("apiVersion");
        return this with { Properties = all.ToJsonString() };
    }

    private static DeployedResource Of(string type, string name, string? version, JsonNode? kind, JsonNode properties, Func<string, JsonNode?> reference) => new(
        type[(type.LastIndexOf('/') + 1)..].ToLowerInvariant().Replace("alertruletemplates", "alertrules", StringComparison.Ordinal),
        name.StartsWith('[') || name.StartsWith('=') ? Literal().Matches(name)[^1].Groups[1].Value.Split('/')[^1] : name,
        Plain(new JsonObject { ["apiVersion"] = version, ["kind"] = kind?.DeepClone(), ["properties"] = properties.DeepClone() }, reference)!.ToJsonString());

    // Keys in ordinal order, references as what they lead to.
    private static JsonNode? Plain(JsonNode? node, Func<string, JsonNode?> reference) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Plain(member.Value, reference)))),
        JsonArray list => new JsonArray([.. list.Select(item => Plain(item, reference))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => reference((string)value!),
        _ => node?.DeepClone(),
    };

    // What an expression is, in a template whose parameters may have defaults.
    private static Func<string, JsonNode?> Arm(JsonNode template) => text =>
        RuleId().Match(text) is { Success: true } rule ? $"(rule {rule.Groups[1].Value})"
        : text == "[subscription().tenantId]" ? "(tenant)"
        : WorkspaceId().IsMatch(text) ? "(workspace)"
        : Parameter().Match(text) is { Success: true } parameter ? template["parameters"]![parameter.Groups[1].Value]?["defaultValue"]?.DeepClone() ?? $"({parameter.Groups[1].Value})"
        : text.StartsWith("[[", StringComparison.Ordinal) ? text[1..]
        : text.StartsWith('[') && Scope(template).Resolve(new YamlText(default, text, Plain: false, [])) is YamlText worked ? Worked(worked) : text;

    // What a text is made of, as those who deploy it have it: parameters have their defaults.
    private static ArmScope Scope(JsonNode template) =>
        Scopes.GetValue(template, node => new((YamlMap)JsonReader.Read(new SourceFile("template.json", node.ToJsonString()), ArmFindings.Json, [])!, null, packaged: false));

    private static JsonNode Worked(YamlText text) => text.Plain && bool.TryParse(text.Value, out var flag) ? flag : text.Value;

    private static IEnumerable<JsonNode?> Members(JsonNode resources) => resources is JsonObject members ? members.Select(member => member.Value) : resources.AsArray();

    [GeneratedRegex(@"^\[extensionResourceId\(resourceId\('Microsoft\.OperationalInsights/workspaces', parameters\('workspace'\)\), 'Microsoft\.SecurityInsights/alertRules', '([0-9a-f-]{36})'\)\]\z")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"^\[(resourceId\('Microsoft\.OperationalInsights/workspaces', ?parameters\('workspace'\)\)|variables\('workspaceResourceId'\))\]\z")]
    private static partial Regex WorkspaceId();

    [GeneratedRegex(@"^\[parameters\('([\w-]+)'\)\]\z")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\[variables\('(\w+)'\)\.contentId\]\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"variables\('(\w+)'\)")]
    private static partial Regex VariableIn();

    [GeneratedRegex(@"['""]([^'""]+)['""]")]
    private static partial Regex Literal();
}
