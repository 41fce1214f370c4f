using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Puts archetypes under the panels of workbooks that name them.</summary>
internal sealed class WorkbookPanels
{
    private readonly ImmutableSortedDictionary<string, PanelSpec> _archetypes;

    private WorkbookPanels(ImmutableSortedDictionary<string, PanelSpec> archetypes) => _archetypes = archetypes;

    /// <summary>The archetypes; a project's own stand in for shipped ones of the same name. One that no workbook uses is a finding, as is a parameter
    /// that its KQL does not name.</summary>
    /// <param name="shipped">Those of the kit.</param>
    /// <param name="project">Those of the project.</param>
    /// <param name="workbooks">Workbooks of all layers, before one replaces another.</param>
    /// <param name="findings">Takes the findings.</param>
    public static WorkbookPanels Of(ImmutableArray<PanelSpec> shipped, ImmutableArray<PanelSpec> project, ImmutableArray<WorkbookSpec> workbooks, List<Finding> findings)
    {
        var archetypes = shipped.Concat(project).Aggregate(
            ImmutableSortedDictionary.Create<string, PanelSpec>(StringComparer.Ordinal), (all, panel) => all.SetItem(panel.Name.Value, panel));
        var used = workbooks.SelectMany(QueriesOf).Select(query => query.Template?.Value).OfType<string>().ToHashSet(StringComparer.Ordinal);
        // A misspelt name, which is a finding, may mean any of them.
        if (used.All(archetypes.ContainsKey))
        {
            findings.AddRange(archetypes.Values.Where(panel => !used.Contains(panel.Name.Value)).Select(panel => ModelFindings.UnusedTemplate(panel.Name.Value, panel.Name.Span)));
        }

        findings.AddRange(
            from panel in shipped.Concat(project)
            from parameter in panel.Parameters
            where !UnusedParts.Names(panel.Query.Value, parameter.Name.Value)
            select ModelFindings.UnusedParameter(parameter.Name.Value, parameter.Name.Span));
        return new(archetypes);
    }

    /// <summary>The workbook with an archetype under each panel that names one. What does not fit together is a finding.</summary>
    public WorkbookSpec Resolve(WorkbookSpec workbook, List<Finding> findings) =>
        workbook with { Items = [.. workbook.Items.Select(item => item.WithResults(query => Resolve(query, findings)))] };

    private static IEnumerable<PanelQuery> QueriesOf(WorkbookSpec workbook) =>
        workbook.Items.SelectMany(item => item.WithInner()).OfType<QueryItem<PanelQuery>>().Select(item => item.Query);

    private QueryItem<PanelQuery> Resolve(QueryItem<PanelQuery> item, List<Finding> findings)
    {
        if (item.Query.Template is not { } name)
        {
            return item;
        }

        if (!_archetypes.TryGetValue(name.Value, out var archetype))
        {
            findings.Add(ModelFindings.UnknownTemplate(name.Value, "workbooks", name.Span, _archetypes.Keys));
            // What the archetype would have returned is not known.
            return item with { View = item.View with { Columns = [], Exports = [.. item.View.Exports.Select(export => export with { Column = new("", export.Column.Span) })] } };
        }

        var keys = Look(archetype.Keys, item.Query.Keys);
        WorkbookRules.CheckForm(new(keys), findings);
        return new(item.Query with { Panel = (archetype, Values(archetype, item.Query, findings)) }, WorkbookReader.ReadView(keys), item.Width);
    }

    private static ImmutableArray<ParameterSpec> Values(PanelSpec archetype, PanelQuery query, List<Finding> findings)
    {
        findings.AddRange(
            from value in query.Values
            where !archetype.Parameters.Any(parameter => parameter.Name.Value == value.Name.Value)
            select WorkbookFindings.UnknownPanelParameter(value.Name.Span, archetype.Name.Value, value.Name.Value, archetype.Parameters.Select(parameter => parameter.Name.Value)));
        return [.. archetype.Parameters.Select(parameter => new ParameterSpec(parameter.Name, parameter.Type, ValueOf(parameter), parameter.Description))];

        YamlValue ValueOf(PanelParameter parameter)
        {
            if (query.Values.FirstOrDefault(value => value.Name.Value == parameter.Name.Value).Value is not { } value)
            {
                if (parameter.Default is { } usual)
                {
                    return usual;
                }

                findings.Add(WorkbookFindings.PanelParameterMissing(query.Template!.Value.Span, archetype.Name.Value, parameter.Name.Value, parameter.Description));
                return ParameterValue.Default(parameter.Type, query.Template.Value.Span);
            }

            var wrong = ParameterValue.Check(parameter.Name.Value, parameter.Type, value);
            findings.AddRange(wrong);
            return wrong.IsEmpty ? value : ParameterValue.Default(parameter.Type, value.Span);
        }
    }

    /// <summary>How the result of a panel looks: what the archetype says, and over it what the panel says. A key of the archetype that the panel's own form has
    /// no use for is left out.</summary>
    private static YamlMap Look(YamlMap archetype, YamlMap panel)
    {
        var form = WorkbookRules.FormOf(new(panel["show"] is null ? archetype : panel));
        var below = archetype with { Entries = [.. archetype.Entries.Where(entry => IsLook(entry.Key.Value) && WorkbookRules.Fits(entry.Key.Value, form))] };
        return Over(below, panel);
    }

    private static bool IsLook(string key) => WorkbookQueryShape.ViewKeys.Any(look => look.Name == key);

    private static YamlMap Over(YamlMap below, YamlMap above) => above with
    {
        Entries =
        [
            .. below.Entries.Where(entry => above[entry.Key.Value] is null),
            .. above.Entries.Select(entry => entry.Value is YamlMap own && below[entry.Key.Value] is YamlMap usual ? entry with { Value = Over(usual, own) } : entry),
        ],
    };
}
