using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of an archetype of workbooks' panels (templates/workbooks): what is done with a query, and how the result looks.</summary>
internal static class PanelShape
{
    private static readonly MapShape Parameters = MapShape.Of("parameters", new(
        Forms.Identifier,
        new MapShape("a parameter of an archetype",
        [
            Required("type", DetectionShape.ParameterTypes.Shape, "How its value is written into KQL."),
            Optional("default", new ParameterValueShape(), "The value where a panel gives none; when left out, each panel must give one."),
            Required("description", Lines, "What it changes."),
        ]),
        "A value that the KQL names, as in {{ series | kql }}."));

    public static MapShape Shape { get; } = new("an archetype",
    [
        Required("description", Lines, "What it shows, and which columns the query must return."),
        Optional("parameters", Parameters, "Values that each panel sets."),
        Required("query", KqlText, "The KQL, with {{ query }} for the panel's own query, {{ parameter | kql }} for parameters and {TimeRange:grain} and the like for those of the workbook."),
        .. WorkbookQueryShape.ViewKeys,
    ]);
}
