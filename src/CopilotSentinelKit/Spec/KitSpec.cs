using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings.Policy;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A form that content can be written in.</summary>
/// <param name="Name">Its name, and that of its folder in the output. All but those below are folders of templates/output.</param>
public sealed record OutputFormat(string Name)
{
    /// <summary>The community YAML of Azure-Sentinel.</summary>
    public static OutputFormat Yaml { get; } = new("yaml");

    /// <summary>ARM templates for the Sentinel repositories deployment.</summary>
    public static OutputFormat Arm { get; } = new("arm");

    /// <summary>A solution of Content Hub.</summary>
    public static OutputFormat Solution { get; } = new("solution");

    /// <summary>Custom detections of Microsoft Defender XDR.</summary>
    public static OutputFormat Defender { get; } = new("defender");

    /// <summary>Those of which serialisers write at least a part.</summary>
    public static ImmutableArray<OutputFormat> BuiltIn { get; } = [Yaml, Arm, Solution, Defender];

    /// <summary>Those that a project has unless it says otherwise.</summary>
    public static ImmutableArray<OutputFormat> Usual { get; } = [Yaml, Arm];
}

/// <summary>Where rules find the parsers.</summary>
public enum ParserPlacement
{
    /// <summary>Deployed as workspace functions that rules call.</summary>
    Deployed,

    /// <summary>Written into each rule that calls one.</summary>
    Inline,
}

/// <summary>A project's kit.yaml.</summary>
public sealed record KitSpec
{
    /// <summary>Where output goes when nobody says otherwise.</summary>
    public const string UsualOutput = "content";

    /// <summary>The file it was read from, all of it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Name of the project's pack: part of every derived GUID.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>Publisher named in the content.</summary>
    public required string Publisher { get; init; }

    /// <summary>Whether the project lies over the shipped pack; else all its content is its own.</summary>
    public bool Shipped { get; init; } = true;

    /// <summary>Sources whose tables the workspace has, or null for those the mapping enables.</summary>
    public required ImmutableArray<Spanned<string>>? Sources { get; init; }

    /// <summary>Formats to write, or null for those that are built in.</summary>
    public required ImmutableArray<Spanned<OutputFormat>>? Formats { get; init; }

    /// <summary>The output folder's path from the project's folder, forward slashes: where output goes unless the command line says otherwise.</summary>
    public required Spanned<string> Output { get; init; }

    /// <summary>What Content Hub must know, or null.</summary>
    public SolutionSpec? Solution { get; init; }

    /// <summary>Whether parsers give personal data as hashes, or not at all.</summary>
    public bool Masked { get; init; }

    /// <summary>deployed or inline.</summary>
    public required ParserPlacement Parsers { get; init; }

    /// <summary>Changes to detections of the pack, by id.</summary>
    public required ImmutableArray<DetectionLayer> Detections { get; init; }

    /// <summary>Workspaces of the project that differ, in the order written.</summary>
    public ImmutableArray<EnvironmentSpec> Environments { get; init; } = [];

    /// <summary>Every folder that output of the project goes to, each once: the one without an environment first.</summary>
    public ImmutableArray<string> Outputs => [.. Environments.Select(environment => In(environment).Output.Value).Prepend(Output.Value).Distinct()];

    /// <summary>Which findings do not count, and which are more or less severe, in the order written.</summary>
    public required ImmutableArray<FindingRule> Findings { get; init; }

    /// <summary>Tables of the workspace that are not Microsoft's.</summary>
    public required ImmutableArray<Spanned<KqlTable>> Tables { get; init; }

    /// <summary>Workspace functions that queries call and the kit does not emit.</summary>
    public required ImmutableArray<Spanned<KqlFunction>> Functions { get; init; }

    /// <summary>Watchlists of the workspace that the kit does not emit.</summary>
    public required ImmutableArray<Spanned<KqlWatchlist>> Watchlists { get; init; }

    /// <summary>This file as it is for an environment.</summary>
    public KitSpec In(EnvironmentSpec environment) => this with
    {
        Sources = environment.Sources ?? Sources,
        Formats = environment.Formats ?? Formats,
        Output = environment.Output ?? environment.Name.Select(name => $"{Output.Value}-{name}"),
        Parsers = environment.Parsers ?? Parsers,
        Masked = environment.Masked ?? Masked,
        Detections = DetectionLayer.Merge(Detections, environment.Detections),
    };
}

/// <summary>What is different in one of a project's workspaces; what is null is as kit.yaml has it for all.</summary>
/// <param name="Name">Its name, for --environment.</param>
/// <param name="Sources">Sources whose tables the workspace has.</param>
/// <param name="Formats">Formats to write.</param>
/// <param name="Output">The output folder's path from the project's folder; that of the project with a hyphen and the name when null.</param>
/// <param name="Parsers">deployed or inline.</param>
/// <param name="Masked">Whether parsers give personal data as hashes, or not at all.</param>
/// <param name="Detections">Changes to detections, over those that kit.yaml makes for all.</param>
public sealed record EnvironmentSpec(
    Spanned<string> Name,
    ImmutableArray<Spanned<string>>? Sources,
    ImmutableArray<Spanned<OutputFormat>>? Formats,
    Spanned<string>? Output,
    ParserPlacement? Parsers,
    bool? Masked,
    ImmutableArray<DetectionLayer> Detections);

/// <summary>What kit.yaml changes of one detection; what is null stays.</summary>
/// <param name="Id">The detection; one that does not exist is an error.</param>
/// <param name="Disable">Whether it is left out of the output.</param>
/// <param name="Severity">Another severity.</param>
/// <param name="Schedule">Another schedule; a part that is null stays.</param>
/// <param name="Parameters">Other parameter values: name to a YAML text or list.</param>
public sealed record DetectionLayer(
    Spanned<string> Id,
    bool? Disable,
    Spanned<AlertSeverity>? Severity,
    ScheduleSpec? Schedule,
    ImmutableArray<(Spanned<string> Name, YamlValue Value)> Parameters)
{
    /// <summary>Whether nothing is written but, it may be, whether the detection is left out. A wrong value is a value.</summary>
    public bool NamesNoValue { get; init; }

    /// <summary>One change for each detection, with the values of the upper layers where they have one.</summary>
    internal static ImmutableArray<DetectionLayer> Merge(ImmutableArray<DetectionLayer> below, ImmutableArray<DetectionLayer> above) =>
        [.. below.Concat(above).GroupBy(layer => layer.Id.Value, (_, layers) => layers.Aggregate((lower, upper) => upper.Over(lower)))];

    private DetectionLayer Over(DetectionLayer below) => new(
        Id,
        Disable ?? below.Disable,
        Severity ?? below.Severity,
        ScheduleSpec.Merge(below.Schedule, Schedule),
        [.. below.Parameters.Where(lower => !Parameters.Any(upper => upper.Name.Value == lower.Name.Value)), .. Parameters]);
}
