using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A workbook as written in YAML (rules/workbooks).</summary>
public sealed record WorkbookSpec
{
    /// <summary>The whole file.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>kebab-case id, unique among workbooks.</summary>
    public required Spanned<string> Id { get; init; }

    /// <summary>X.Y.Z.</summary>
    public required Spanned<string> Version { get; init; }

    /// <summary>Whether it replaces one of the same id in the pack below.</summary>
    public required Spanned<bool>? Override { get; init; }

    /// <summary>Name shown in Sentinel.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>What it shows and what for.</summary>
    public required Spanned<string> Description { get; init; }

    /// <summary>What the reader can set, in the order written.</summary>
    public required ImmutableArray<WorkbookParameter<YamlText>> Parameters { get; init; }

    /// <summary>KQL that queries name, put in front of those that do.</summary>
    public required ImmutableArray<(Spanned<string> Name, YamlText Kql)> Definitions { get; init; }

    /// <summary>What is shown, in the order written.</summary>
    public required ImmutableArray<WorkbookItem<PanelQuery>> Items { get; init; }
}
