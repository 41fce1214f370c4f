using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>What holds for each resource that is content: its API version, what only preview versions know, and a name that stays.</summary>
internal static partial class ArmResourceCheck
{
    private static readonly string[] PreviewProperties = ["subTechniques", "sentinelEntitiesMappings"];

    public static IEnumerable<Finding> Run(ArmDocument document) =>
        document.Resources.Where(resource => resource.IsContent).SelectMany(resource => Check(resource, document.Root.Find("apiProfile") is not null));

    private static IEnumerable<Finding> Check(ArmResource resource, bool hasProfile)
    {
        if (resource.Keys.Entry("apiVersion") is null && !hasProfile)
        {
            yield return ArmFindings.MissingApiVersion(resource.Keys.Subject, resource.Type);
        }

        var version = resource.Keys.Text("apiVersion");
        foreach (var finding in (version is null ? [] : VersionFaults(resource, version)).Concat(SubTechniques(resource)))
        {
            yield return finding;
        }

        if (resource.Nesting != ArmNesting.Packaged && RandomIn(resource.Keys) is { } function)
        {
            yield return ArmFindings.RandomName(resource.Name.Span, function);
        }

        if (resource.Type.EndsWith("/alertrules", StringComparison.Ordinal) && resource.Properties is { } rule
            && rule.Entry("templateVersion") is { } alone && rule.Entry("alertRuleTemplateName") is null)
        {
            yield return ArmFindings.TemplateVersionAlone(alone.Key.Span);
        }
    }

    private static IEnumerable<Finding> VersionFaults(ArmResource resource, YamlText version)
    {
        var provider = ApiVersions.ProviderOf(resource.Type);
        var known = ApiVersions.Of(provider);
        if (known.Length > 0 && !known.Contains(version.Value, StringComparer.OrdinalIgnoreCase))
        {
            yield return ArmFindings.UnknownApiVersion(version.Span, version.Value, provider, known[^1]);
            yield break;
        }

        if (provider != ApiVersions.SecurityInsights || version.Value.EndsWith("-preview", StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        var preview = known.Last(other => other.EndsWith("-preview", StringComparison.Ordinal));
        if (resource.Keys.Text("kind") is { } kind && kind.Value.Equals("NRT", StringComparison.OrdinalIgnoreCase))
        {
            yield return ArmFindings.PreviewOnly(kind.Span, "The kind \"NRT\"", version.Value, preview);
        }

        foreach (var property in PreviewProperties)
        {
            if (resource.Properties?.Entry(property) is { Value: not YamlList { Items.IsEmpty: true } } entry)
            {
                yield return ArmFindings.PreviewOnly(entry.Key.Span, $"The property \"{property}\"", version.Value, preview);
            }
        }
    }

    private static IEnumerable<Finding> SubTechniques(ArmResource resource)
    {
        if (resource.Type.Contains("/alertrule", StringComparison.Ordinal) && resource.Properties is { } rule)
        {
            foreach (var technique in rule.Texts("techniques").Where(technique => SubTechnique().IsMatch(technique.Value)))
            {
                yield return ArmFindings.SubTechniquePlace(technique.Span, technique.Value);
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

    [GeneratedRegex(@"^T[0-9]{4}\.[0-9]{3}\z")]
    private static partial Regex SubTechnique();

    [GeneratedRegex(@"(?<sort>parameters|variables)\(\s*'(?<name>[^']+)'\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Uses();

    [GeneratedRegex(@"\b(newGuid|utcNow)\(", RegexOptions.IgnoreCase)]
    private static partial Regex Random();
}
