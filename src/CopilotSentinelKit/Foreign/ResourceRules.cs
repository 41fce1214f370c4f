using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What holds for each resource that is content: its API version, what only preview versions know, and a name that stays.</summary>
internal static partial class ResourceRules
{
    private static readonly string[] PreviewProperties = ["subTechniques", "sentinelEntitiesMappings"];

    /// <summary>Whether a type (lower case) is one that is read.</summary>
    public static bool IsContent(string type) => ContentType().IsMatch(type);

    public static void Check(ArmResource resource, bool hasProfile)
    {
        if (!IsContent(resource.Type))
        {
            return;
        }

        var findings = resource.Keys.Findings;
        if (resource.Keys.Entry("apiVersion") is null && !hasProfile)
        {
            findings.Add(ArmFindings.MissingApiVersion(resource.Keys.Subject, resource.Type));
        }

        if (resource.Keys.Text("apiVersion") is { } version)
        {
            CheckVersion(resource, version);
        }

        CheckTechniques(resource);
        if (resource.Nesting != ArmNesting.Packaged && RandomIn(resource.Keys) is { } function)
        {
            findings.Add(ArmFindings.RandomName(resource.Name.Span, function));
        }

        if (resource.Type.EndsWith("/alertrules", StringComparison.Ordinal) && resource.Properties is { } rule
            && rule.Entry("templateVersion") is { } alone && rule.Entry("alertRuleTemplateName") is null)
        {
            findings.Add(ArmFindings.TemplateVersionAlone(alone.Key.Span));
        }
    }

    private static void CheckVersion(ArmResource resource, YamlText version)
    {
        var findings = resource.Keys.Findings;
        var provider = ApiVersions.ProviderOf(resource.Type);
        var known = ApiVersions.Of(provider);
        if (known.Length > 0 && !known.Contains(version.Value, StringComparer.OrdinalIgnoreCase))
        {
            findings.Add(ArmFindings.UnknownApiVersion(version.Span, version.Value, provider, known[^1]));
            return;
        }

        if (provider != ApiVersions.SecurityInsights || version.Value.EndsWith("-preview", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var preview = known.Last(other => other.EndsWith("-preview", StringComparison.Ordinal));
        if (resource.Keys.Text("kind") is { } kind && kind.Value.Equals("NRT", StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(ArmFindings.PreviewOnly(kind.Span, "The kind \"NRT\"", version.Value, preview));
        }

        foreach (var property in PreviewProperties)
        {
            if (resource.Properties?.Entry(property) is { Value: not YamlList { Items.IsEmpty: true } } entry)
            {
                findings.Add(ArmFindings.PreviewOnly(entry.Key.Span, $"The property \"{property}\"", version.Value, preview));
            }
        }
    }

    private static void CheckTechniques(ArmResource resource)
    {
        if (resource.Type.Contains("/alertrule", StringComparison.Ordinal) && resource.Properties is { } rule)
        {
            foreach (var technique in rule.Texts("techniques").Where(technique => SubTechnique().IsMatch(technique.Value)))
            {
                rule.Findings.Add(ArmFindings.SubTechniquePlace(technique.Span, technique.Value));
            }
        }
    }

    // The functions stand in the name, or in the default of a parameter or in a variable that it uses.
    private static string? RandomIn(ArmMap keys)
    {
        if (keys.Entry("name")?.Value is not YamlText name || !ArmScope.IsExpression(name))
        {
            return null;
        }

        var sources = Uses().Matches(name.Value)
            .Select(use => (keys.Scope.Find(use.Groups["sort"].Value.ToLowerInvariant(), use.Groups["name"].Value) as YamlText)?.Value)
            .Append(name.Value);
        return sources.OfType<string>().Select(text => Random().Match(text)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
    }

    [GeneratedRegex(@"^(microsoft\.securityinsights|microsoft\.operationalinsights/workspaces(/providers)?)/(alertrules|alertruletemplates|watchlists)\z|^microsoft\.operationalinsights/(workspaces/)?savedsearches\z|^microsoft\.insights/(workbooks|datacollectionrules)\z|^microsoft\.operationalinsights/workspaces/tables\z")]
    private static partial Regex ContentType();

    [GeneratedRegex(@"^T[0-9]{4}\.[0-9]{3}\z")]
    private static partial Regex SubTechnique();

    [GeneratedRegex(@"(?<sort>parameters|variables)\(\s*'(?<name>[^']+)'\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Uses();

    [GeneratedRegex(@"\b(newGuid|utcNow)\(", RegexOptions.IgnoreCase)]
    private static partial Regex Random();
}
