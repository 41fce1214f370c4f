
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>All resources of a template: its own, their children, those of deployments inside it, and those stored in a content package.</summary>
internal sealed class ArmResources(ICollection<Finding> findings)
{
    private readonly List<ArmResource> _found = [];

    /// <summary>The resources in the order written, each before those in it.</summary>
    public static List<ArmResource> Of(YamlMap template, ICollection<Finding> findings)
    {
        var resources = new ArmResources(findings);
        resources.ReadTemplate(template, new(template, null, packaged: false), ArmNesting.Top, default);
        return resources._found;
    }

    private void ReadTemplate(YamlMap template, ArmScope scope, ArmNesting nesting, Spanned<string> version) =>
        ReadList(template.Find("resources"), "", scope, nesting, version);

    // A list, or in the newer language version an object with a resource a key.
    private void ReadList(YamlValue? resources, string parent, ArmScope scope, ArmNesting nesting, Spanned<string> version)
    {
        var values = resources switch
        {
            YamlList list => list.Items,
            YamlMap map => map.Entries.Select(entry => entry.Value),
            _ => [],
        };
        foreach (var resource in values.OfType<YamlMap>())
        {
            ReadResource(resource, parent, scope, nesting, version);
        }
    }

    private void ReadResource(YamlMap map, string parent, ArmScope scope, ArmNesting nesting, Spanned<string> version)
    {
        // One that is "existing" is only referred to.
        if (map.Find("type") is not YamlText type || scope.Resolve(type) is not YamlText known || map.Find("existing") is YamlText { Value: "true" })
        {
            return;
        }

        var full = parent.Length > 0 && !known.Value.StartsWith("Microsoft.", StringComparison.OrdinalIgnoreCase) ? $"{parent}/{known.Value}" : known.Value;
        var resource = new ArmResource(full.ToLowerInvariant(), new(map, type.Span, scope, findings), nesting, version);
        _found.Add(resource);
        ReadList(map.Find("resources"), full, scope, nesting, version);
        if (map.Find("properties") is not YamlMap properties)
        {
            return;
        }

        if (resource.Type == "microsoft.resources/deployments" && properties.Find("template") is YamlMap inner)
        {
            ReadTemplate(inner, new(inner, scope, packaged: false), nesting == ArmNesting.Top ? ArmNesting.Nested : nesting, version);
        }
        else if (properties.Find("mainTemplate") is YamlMap stored)
        {
            // The version stands beside the template in a content package, and is a variable in most.
            var item = properties.Find("version") is { } written && scope.Resolve(written) is YamlText text ? new Spanned<string>(text.Value, text.Span) : default;
            ReadTemplate(stored, new(stored, scope, packaged: true), ArmNesting.Packaged, item);
        }
    }
}
