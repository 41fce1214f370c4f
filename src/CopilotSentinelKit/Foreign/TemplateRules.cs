using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What Azure Resource Manager asks of a template as a whole.</summary>
internal static partial class TemplateRules
{
    public static void Check(YamlMap root, IReadOnlyCollection<ArmResource> resources, ICollection<Finding> findings)
    {
        var start = root.Span with { Length = Math.Min(1, root.Span.Length) };
        if (root.Find("contentVersion") is not { } version)
        {
            findings.Add(ArmFindings.MissingTemplateKey(start, "contentVersion", "\"contentVersion\": \"1.0.0.0\""));
        }
        else if (version is YamlText text && !ContentVersion().IsMatch(text.Value))
        {
            findings.Add(ArmFindings.ContentVersionForm(text.Span, text.Value));
        }

        if (root.Find("resources") is null)
        {
            findings.Add(ArmFindings.MissingTemplateKey(start, "resources", "\"resources\": []"));
        }

        CheckSecureParameters(root, findings);
        CheckVersionsAgree(resources, findings);
    }

    // "<your key>" is a hint to the reader.
    private static void CheckSecureParameters(YamlMap root, ICollection<Finding> findings)
    {
        foreach (var (name, value) in (root.Find("parameters") as YamlMap)?.Entries ?? [])
        {
            if (value is YamlMap parameter
                && parameter.Find("type") is YamlText type && type.Value.StartsWith("secure", StringComparison.OrdinalIgnoreCase)
                && parameter.Find("defaultValue") is YamlText { Plain: false, Value: [not '<', ..] } secret && !ArmScope.IsExpression(secret))
            {
                findings.Add(ArmFindings.SecureDefault(secret.FirstLine(), name.Value));
            }
        }
    }

    private static void CheckVersionsAgree(IReadOnlyCollection<ArmResource> resources, ICollection<Finding> findings)
    {
        foreach (var type in resources.Where(resource => resource.Nesting != ArmNesting.Packaged && ResourceRules.IsContent(resource.Type)).GroupBy(resource => resource.Type))
        {
            var versions = type.Select(resource => resource.Keys.Text("apiVersion")).OfType<YamlText>().DistinctBy(version => version.Value).ToList();
            if (versions.Count > 1)
            {
                findings.Add(ArmFindings.MixedApiVersions(versions[1].Span, type.Key, versions[0].Value, versions[1].Value).With(versions[0].Span, "the first one"));
            }
        }
    }

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+\z")]
    private static partial Regex ContentVersion();
}
