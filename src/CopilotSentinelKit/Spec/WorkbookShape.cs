using CopilotSentinelKit.Content;
using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of a workbook. Items nest two levels at most: tabs hold groups, and groups hold texts and queries.</summary>
internal static class WorkbookShape
{
    public static Choices<TextStyle> TextStyles { get; } = new(
        ("info", TextStyle.Info), ("success", TextStyle.Success), ("warning", TextStyle.Warning), ("error", TextStyle.Error));

    private static readonly Key Label = Optional("label", Line, "What the reader sees; the parameter's name when left out.");
    private static readonly Key Width = Optional("width", new IntegerShape(10, 100), "Share of the page's width in percent; all of it when left out.");

    private static readonly VariantShape Parameter = new("a parameter",
    [
        new("a time range",
        [
            Required("timeRange", new ListShape(Duration), "The ranges to choose from, such as [1d, 7d, 30d]."),
            Required("default", Duration, "The range at first."),
            Label,
        ]),
        new("a dropdown with a query",
        [
            Required("query", KqlText, "KQL that returns the values to choose from, in its first column."),
            Optional("multiple", Flag, "Whether several values can be chosen; false when left out."),
            Optional("all", Flag, "Whether all values can be chosen at once, as at first; KQL then sees \"*\"."),
            Label,
        ]),
        new("a dropdown",
        [
            Required("values", MapShape.Of("values", new(null, new ScalarShape(), "A value and what the reader sees.")), "The values to choose from, and their labels."),
            Optional("multiple", Flag, "Whether several values can be chosen; false when left out."),
            Optional("all", Flag, "Whether all values can be chosen at once, as at first; KQL then sees \"*\"."),
            Optional("default", new ScalarShape(), "The value at first; the first one when left out."),
            Label,
        ]),
        new("a text parameter",
        [
            Required("text", new ScalarShape(), "The text at first, \"\" for none."),
            Label,
        ]),
    ]);

    private static readonly MapShape Text = new("a text",
    [
        Required("text", Lines, "Markdown."),
        Optional("style", TextStyles.Shape, "The frame around it; none when left out."),
        Width,
    ]);

    private static readonly MapShape Query = WorkbookQueryShape.Create(Width);

    private static readonly MapShape Group = new("a group",
    [
        Required("group", Line, "Its title."),
        Required("items", new ListShape(new VariantShape("an item of a group", [Text, Query])), "What it holds: texts and queries."),
        Width,
    ]);

    private static readonly MapShape Tabs = new("tabs",
    [
        Required(
            "tabs",
            MapShape.Of("tabs", new(null, new ListShape(new VariantShape("an item of a tab", [Text, Query, Group])), "A tab's label and its items.")),
            "The tabs from left to right, and what each holds: texts, queries and groups."),
    ]);

    public static MapShape Shape { get; } = new("a workbook",
    [
        Required("id", Id, "Lower-case words joined by hyphens, unique among the workbooks."),
        Override("workbook"),
        Required("version", SharedShapes.Version, "Three numbers such as 1.0.0, to be raised with each change."),
        Required("name", Line, "The name that Sentinel shows."),
        Required("description", Lines, "What it shows and what for."),
        Required("parameters", MapShape.Of("parameters", new(Forms.Identifier, Parameter, "What the reader sets, and queries name in braces.")), "What the reader sets; a time range at least."),
        Optional("define", MapShape.Of("define", new(Forms.Identifier, KqlText, "A name, and the KQL that it stands for in the queries of the workbook.")), "KQL that several queries share."),
        Required("items", new ListShape(new VariantShape("an item", [Text, Query, Group, Tabs])), "What is shown, from top to bottom."),
    ]);
}
