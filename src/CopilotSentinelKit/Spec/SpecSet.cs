using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A file of a pack or project, not yet read.</summary>
/// <param name="PackPath">Its path inside the pack's or project's folder, with forward slashes: rules/detections/a.yaml. It decides what the file is.</param>
/// <param name="ShownPath">Its path as a person would type it, for findings.</param>
/// <param name="Bytes">Its content.</param>
public sealed record SpecFile(string PackPath, string ShownPath, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether a path inside a project, with forward slashes, is of a file that nothing reads and that may have been meant as a spec.</summary>
    public static bool MayBeMisplaced(string packPath) => SpecRole.MayBeMisplaced(packPath);

    /// <summary>Whether a folder beside kit.yaml has the name of one that belongs in rules/.</summary>
    public static bool IsFolderOfSpecs(string name) => SpecRole.IsNameOfFolder(name);
}

/// <summary>All specs of a pack or project.</summary>
/// <param name="Kit">kit.yaml, or null when there is none.</param>
/// <param name="Mapping">rules/mapping.yaml, or null when there is none.</param>
/// <param name="Detections">In order of their files' paths, without those whose id another has.</param>
/// <param name="Watchlists">In order of their files' paths, without those whose alias another has.</param>
/// <param name="Workbooks">In order of their files' paths, without those whose id another has.</param>
/// <param name="Tests">Files of tests, in order of their paths.</param>
/// <param name="Findings">What is wrong, in order of files and places.</param>
public sealed record SpecSet(
    KitSpec? Kit,
    MappingSpec? Mapping,
    ImmutableArray<DetectionSpec> Detections,
    ImmutableArray<WatchlistSpec> Watchlists,
    ImmutableArray<WorkbookSpec> Workbooks,
    ImmutableArray<TestFileSpec> Tests,
    ImmutableArray<Finding> Findings)
{
    /// <summary>Nothing: what a project of its own alone lies over.</summary>
    public static SpecSet Empty { get; } = new(null, null, [], [], [], [], []);

    /// <summary>rules/simulation.yaml, or null when there is none.</summary>
    public SimulationSpec? Simulation { get; init; }

    /// <summary>Summary rules, in order of their files' paths, without those whose id another has.</summary>
    public ImmutableArray<SummarySpec> Summaries { get; init; } = [];

    /// <summary>Archetypes of workbooks' panels, in order of their files' paths.</summary>
    public ImmutableArray<PanelSpec> Panels { get; init; } = [];

    /// <summary>Automation rules, in order of their files' paths, without those whose id another has.</summary>
    public ImmutableArray<AutomationSpec> Automation { get; init; } = [];
}
