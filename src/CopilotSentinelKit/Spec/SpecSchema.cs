using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A spec that an editor can check by a JSON Schema.</summary>
public sealed record SpecSchema
{
    private readonly Func<SchemaWriter, OutputMap> _document;

    internal SpecSchema(string name, string what, Func<SchemaWriter, OutputMap> document)
    {
        (Name, What, _document) = (name, what, document);
    }

    private SpecSchema(string name, string what, MapShape root, OutputMap? conditions = null)
        : this(name, what, writer => writer.Document(root, conditions))
    {
    }

    /// <summary>The folder of the shipped schemas, and the best one for those of a project: beside the specs, so that the same relative
    /// path leads there from every project.</summary>
    public const string Folder = "rules/schemas";

    /// <summary>The schemas of all files of a project.</summary>
    public static ImmutableArray<SpecSchema> All { get; } =
    [
        new("kit", "kit.yaml", KitShape.Shape),
        new("mapping", "rules/mapping.yaml", MappingShape.Shape),
        new("detection", "files in rules/detections", DetectionShape.Shape, DetectionConditions.All),
        new("hunt", "files in rules/hunts", DetectionConditions.HuntShape, DetectionConditions.QueryOrTemplate),
        new("watchlist", "files in rules/watchlists", WatchlistShape.Shape),
        new("workbook", "files in rules/workbooks", WorkbookShape.Shape),
        new("panel", "files in templates/workbooks", PanelShape.Shape),
        new("summary", "files in rules/summaries", SummaryShape.Shape),
        new("automation", "files in rules/automation", AutomationShape.Shape),
        new("test", "files in rules/tests", TestShape.Shape),
        new("simulation", "rules/simulation.yaml", SimulationShape.Shape),
    ];

    /// <summary>Its name on the command line.</summary>
    public string Name { get; }

    /// <summary>The files that it is for, a short phrase.</summary>
    public string What { get; }

    /// <summary>The schema's file name.</summary>
    public string FileName => Name + ".json";

    /// <summary>The JSON Schema: draft-07, the latest that yaml-language-server fully knows; made of the tables that the reader checks by.
    /// LF line ends, a final one.</summary>
    public string ToText() => JsonText.Write(_document(new SchemaWriter()));
}
