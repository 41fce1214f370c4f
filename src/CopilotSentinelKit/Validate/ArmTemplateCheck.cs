using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>What Azure Resource Manager asks of a template as a whole.</summary>
internal static partial class ArmTemplateCheck
{
    public static IEnumerable<Finding> Run(ArmDocument document) =>
        [.. Keys(document.Root), .. SecureParameters(document.Root), .. MixedVersions(document.Resources)];

    private static IEnumerable<Finding> Keys(YamlMap root)
    {
        var start = root.Span with { Length = Math.Min(1, root.Span.Length) };
        if (root.Find("contentVersion") is not { } version)
        {
            yield return ArmFindings.MissingTemplateKey(start, "contentVersion", "\"contentVersion\": \"1.0.0.0\"");
        }
        else if (version is YamlText text && !ContentVersion().IsMatch(text.Value))
        {
            yield return ArmFindings.ContentVersionForm(text.Span, text.Value);
        }

        if (root.Find("resources") is null)
        {
            yield return ArmFindings.MissingTemplateKey(start, "resources", "\"resources\": []");
        }
    }

    // "<your key>" is a hint to the reader.
    private static IEnumerable<Finding> SecureParameters(YamlMap root)
    {
        foreach (var (name, value) in (root.Find("parameters") as YamlMap)?.Entries ?? [])
        {
            if (value is YamlMap parameter
                && parameter.Find("type") is YamlText type && type.Value.StartsWith("secure", StringComparison.OrdinalIgnoreCase)
                && parameter.Find("defaultValue") is YamlText { Plain: false, Value: [not '<', ..] } secret && !ArmScope.IsExpression(secret))
            {
                yield return ArmFindings.SecureDefault(secret.FirstLine(), name.Value);
            }
        }
    }

    private static IEnumerable<Finding> MixedVersions(ImmutableArray<ArmResource> resources)
    {
        foreach (var type in resources.Where(resource => resource.Nesting != ArmNesting.Packaged && resource.IsContent).GroupBy(resource => resource.Type))
        {
            var versions = type.Select(resource => resource.Keys.Text("apiVersion")).OfType<YamlText>().DistinctBy(version => version.Value).ToList();
            if (versions.Count > 1)
            {
                yield return ArmFindings.MixedApiVersions(versions[1].Span, type.Key, versions[0].Value, versions[1].Value).With(versions[0].Span, "the first one");
            }
        }
    }

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+\z")]
    private static partial Regex ContentVersion();
}
