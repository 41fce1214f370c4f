using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A summary rule as a person wrote it (rules/summaries/*.yaml).</summary>
public sealed record SummarySpec
{
    /// <summary>The file it was read from, all of it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>kebab-case, unique among the summary rules of the pack.</summary>
    public required Spanned<string> Id { get; init; }

    /// <summary>Says that it replaces a summary rule of the pack below it.</summary>
    public required Spanned<bool>? Override { get; init; }

    /// <summary>X.Y.Z.</summary>
    public required Spanned<string> Version { get; init; }

    /// <summary>Name shown in Azure.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>What it keeps and what for.</summary>
    public required Spanned<string> Description { get; init; }

    /// <summary>The custom table that takes the rows.</summary>
    public required Spanned<string> Table { get; init; }

    /// <summary>The length of a bin.</summary>
    public required Spanned<TimeSpan> Bin { get; init; }

    /// <summary>How long to wait for late records, or null.</summary>
    public required Spanned<TimeSpan>? Delay { get; init; }

    /// <summary>When the first bin starts, or null.</summary>
    public required Spanned<string>? Start { get; init; }

    /// <summary>A template that gives KQL.</summary>
    public required YamlText Query { get; init; }

    /// <summary>The columns that the query returns.</summary>
    public required ImmutableArray<Spanned<Column>> Columns { get; init; }

    /// <summary>What happened, and which rows the query must then return.</summary>
    public required ImmutableArray<TestSpec> Tests { get; init; }
}
