using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>An archetype of workbooks' panels as written in YAML (templates/workbooks).</summary>
/// <param name="Name">The name of its file without the ending, by which panels name it.</param>
/// <param name="Description">What it shows, and which columns the query must return.</param>
/// <param name="Parameters">What panels set.</param>
/// <param name="Query">The KQL, a template.</param>
/// <param name="Keys">All of it as written: how the result looks.</param>
public sealed record PanelSpec(Spanned<string> Name, string Description, ImmutableArray<PanelParameter> Parameters, YamlText Query, YamlMap Keys);

/// <summary>A parameter of an archetype of panels.</summary>
/// <param name="Name">The name that the KQL uses.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">Its value where a panel gives none, checked against the type; null when each must give one.</param>
/// <param name="Description">What it changes.</param>
public sealed record PanelParameter(Spanned<string> Name, ParameterType Type, YamlValue? Default, string Description);

/// <summary>The query of a workbook's item as written, and the archetype that it is put into.</summary>
/// <param name="Kql">The query.</param>
/// <param name="Keys">All keys of the item.</param>
/// <param name="Template">The archetype's name, or null for none.</param>
/// <param name="Values">Values of its parameters, not yet checked.</param>
public sealed record PanelQuery(YamlText Kql, YamlMap Keys, Spanned<string>? Template, ImmutableArray<(Spanned<string> Name, YamlValue Value)> Values)
{
    /// <summary>The archetype, and a checked value for each of its parameters; null where there is none or no such.</summary>
    public (PanelSpec Archetype, ImmutableArray<ParameterSpec> Parameters)? Panel { get; init; }
}
