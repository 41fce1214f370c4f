using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>A summary rule: a query that the workspace itself runs over each bin of time, and whose rows it keeps in a custom table.</summary>
public sealed record SummaryRule : ContentItem
{
    /// <summary>The most rules that a workspace runs, as documented in 2024.</summary>
    public const int MaxInWorkspace = 30;

    /// <summary>The longest delay.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    /// <summary>The bins that Azure Monitor takes.</summary>
    public static ImmutableArray<TimeSpan> BinSizes { get; } = [.. new[] { 20, 30, 60, 120, 180, 360, 720, 1440 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    /// <summary>Columns that Azure Monitor adds to the rows: which rule made them and when it was changed, minutes of the bin, its start.</summary>
    public static ImmutableArray<Column> ServiceColumns { get; } =
        [new("_RuleName", "string"), new("_RuleLastModifiedTime", "datetime"), new("_BinSize", "long"), new("_BinStartTime", "datetime")];

    /// <summary>The KQL that runs over each bin; saved functions cannot be called, so parsers stand in it.</summary>
    public required Query Query { get; init; }

    /// <summary>The custom table that takes the rows; its name ends in _CL.</summary>
    public required Spanned<string> Table { get; init; }

    /// <summary>The length of a bin.</summary>
    public required Spanned<TimeSpan> Bin { get; init; }

    /// <summary>How long to wait for late records before a bin is summarized; null for Azure Monitor's own delay of some minutes.</summary>
    public required Spanned<TimeSpan>? Delay { get; init; }

    /// <summary>When the first bin starts, as ISO 8601 writes it; null for the next one.</summary>
    public required Spanned<string>? Start { get; init; }

    /// <summary>The columns of the rows, with their types: the table keeps those of its first rows. Of rules of others they are not known.</summary>
    public required ImmutableArray<Spanned<Column>> Columns { get; init; }

    /// <summary>The table as queries see it.</summary>
    public KqlTable AsTable => TableOf(Table.Value, Columns);

    /// <summary>A table with rows of a summary rule, as queries see it.</summary>
    public static KqlTable TableOf(string name, ImmutableArray<Spanned<Column>> columns) =>
        new(name, [.. columns.Select(column => column.Value).Concat(ServiceColumns).DistinctBy(column => column.Name)]) { IsOpen = columns.IsEmpty };
}
