using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of a kit.yaml.</summary>
internal static class KitShape
{
    public static Choices<ParserPlacement> Placements { get; } = new(("deployed", ParserPlacement.Deployed), ("inline", ParserPlacement.Inline));

    public static Choices<FindingSeverity> FindingSeverities { get; } = new(
        ("error", FindingSeverity.Error), ("warning", FindingSeverity.Warning), ("note", FindingSeverity.Information));

    private static readonly MapShape Finding = new("a rule for findings",
    [
        Required("code", new TextShape(Forms.FindingCode), "The code of the findings that it is for."),
        Optional("ignore", Flag, "true makes the findings count for nothing; they stay visible in reports as suppressed."),
        Optional("severity", FindingSeverities.Shape, "Another severity: instead of ignore."),
        Optional("in", new ItemOrListShape(Line), "Ids of content, or paths from this file's folder, with * for anything in a name and ** for folders; everywhere when left out."),
        Optional("reason", Line, "Why that is right here; needed unless severity is error."),
        Optional("expires", new TextShape(Forms.Day), "The last day on which it holds; needed unless severity is error."),
    ]);

    private static readonly MapShape Layer = new("a change of a detection",
    [
        Optional("disable", Flag, "true leaves the detection out of the output."),
        Optional("severity", Severities.Shape, "Another severity."),
        Optional("schedule", new MapShape("a schedule",
        [
            Optional("every", Duration, "How often the rule runs."),
            Optional("lookback", Duration, "How far back each run reads."),
        ]), "Another schedule; a part that is left out stays."),
        Optional("parameters", MapShape.Of("parameters", new(Forms.Identifier, new ParameterValueShape(), "A parameter and its other value.")), "Other values of parameters."),
    ]);

    private static readonly MapShape Function = new("a function",
    [
        Optional("parameters", MapShape.Of("parameters of a function", new(
            Forms.Identifier,
            new MapShape("a parameter of a function",
            [
                Required("type", KustoType, "Its KQL type."),
                Optional("default", new ScalarShape(), "Its value when a call leaves it out; null when not written."),
            ]),
            "A parameter.")), "What it takes."),
        Optional("columns", Columns("a function"), "The columns it returns and their types."),
        Optional("returns", KustoType, "The type of what it returns where that is one value, not rows; instead of columns."),
    ]);

    // What a workspace can have otherwise than the project.
    private static readonly Key Sources = Optional("sources", new ListShape(Name), "Sources of the mapping whose tables the workspace has; those that the mapping enables when left out.");
    private static readonly Key Formats = Optional("formats", new ListShape(Id), "Formats to write: yaml, arm, solution, defender, or a folder of templates/output such as bicep; yaml and arm when left out.");
    private static readonly Key Parsers = Optional("parsers", Placements.Shape, "deployed (functions that rules call; when left out) or inline (inside each rule).");
    private static readonly Key Masked = Optional("masked", Flag, "Whether parsers give personal data (fields with pii: true) as hashes, or not at all where it is no text; false when left out.");
    private static readonly Key Detections = Optional("detections", MapShape.Of("detections", new(Forms.Id, Layer, "The id of a detection and what to change of it.")), "Changes to detections of the pack.");

    private static readonly MapShape Environment = new("an environment",
    [
        Sources,
        Formats,
        Optional("output", new TextShape(Forms.Folder), "The folder that its output goes to; the project's with a hyphen and the environment's name when left out."),
        Parsers,
        Masked,
        Detections,
    ]);

    public static MapShape Shape { get; } = new("a kit.yaml",
    [
        Optional("csk", SharedShapes.Version, "The oldest csk that reads this project, such as 0.1.0; any when left out."),
        Required("name", Id, "The name of the project's pack, in lower-case words joined by hyphens; GUIDs depend on it."),
        Required("publisher", Line, "Who publishes the content."),
        Optional("shipped", Flag, "false leaves out all that the kit ships but its templates: rules/mapping.yaml of the project is then the whole mapping. true when left out."),
        Sources,
        Formats,
        Optional("output", new TextShape(Forms.Folder), "The folder that output goes to, from the folder of this file; content when left out."),
        Optional("solution", SolutionShape.Shape, "What Content Hub must know: for the format solution."),
        Parsers,
        Masked,
        Detections,
        Optional("environments", MapShape.Of("environments", new(Forms.Id, Environment, "The name of an environment, such as production, and what is different there.")), "Workspaces that differ: what stands here takes the place of the same key above with --environment; of detections, value by value."),
        Optional("findings", new ListShape(Finding), "Which findings do not count here, and which are more or less severe."),
        Optional("tables", MapShape.Of("tables", new(Forms.Identifier, Columns("a table"), "A table and its columns.")), "Tables of the workspace that are not Microsoft's."),
        Optional("functions", MapShape.Of("functions", new(Forms.Identifier, Function, "A function by what it takes and returns.")), "Functions of the workspace that the kit does not write."),
        Optional("watchlists", MapShape.Of("watchlists", new(Forms.Alias, Columns("a watchlist"), "An alias and its columns.")), "Watchlists of the workspace that the kit does not write."),
    ]);
}
