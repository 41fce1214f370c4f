using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to an archetype of panels.</summary>
internal static class PanelReader
{
    /// <summary>The archetype, or null when the file is no map. What is missing or wrong is a finding.</summary>
    public static PanelSpec? Read(YamlValue root, ICollection<Finding> findings)
    {
        if (ShapeCheck.Check(root, PanelShape.Shape, findings) is not { } map)
        {
            return null;
        }

        var keys = new SpecMap(map);
        WorkbookRules.CheckForm(keys, findings);
        return new(
            new(Path.GetFileNameWithoutExtension(keys.File.File.Path), keys.Place),
            keys.Text("description")?.Value ?? "",
            [.. keys.NamedMaps("parameters").Select(parameter => ReadParameter(parameter.Key, parameter.Value, findings))],
            keys.Scalar("query") ?? new YamlText(keys.Place, "", Plain: false, []),
            map);
    }

    private static PanelParameter ReadParameter(Spanned<string> name, SpecMap keys, ICollection<Finding> findings)
    {
        ParameterReader.CheckName(name, findings);
        var type = keys.Choice("type", DetectionShape.ParameterTypes)?.Value;
        var value = keys.Value("default");
        var wrong = type is { } known && value is not null ? ParameterValue.Check(name.Value, known, value) : [];
        foreach (var finding in wrong)
        {
            findings.Add(finding);
        }

        var used = type ?? ParameterType.String;
        return new(name, used, wrong.IsEmpty && type is not null ? value : ParameterValue.Default(used, name.Span), keys.Text("description")?.Value ?? "");
    }
}
