using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>A check of one piece of content; it yields nothing for kinds it does not speak of.</summary>
internal delegate IEnumerable<Diagnostic> Check(ContentItem item, KqlAnalysis? analysis, ValidationContext context);

/// <summary>A check of a workbook.</summary>
/// <param name="workbook">The workbook.</param>
/// <param name="analyses">What Kusto.Language says of its queries, in their order.</param>
/// <param name="context">What it may look up.</param>
internal delegate IEnumerable<Diagnostic> WorkbookCheck(Workbook workbook, ImmutableArray<KqlAnalysis> analyses, ValidationContext context);

/// <summary>A check of a data collection rule.</summary>
/// <param name="rule">The rule.</param>
/// <param name="analyses">What Kusto.Language says of its transformations, in their order.</param>
/// <param name="context">What it may look up.</param>
internal delegate IEnumerable<Diagnostic> DataCollectionCheck(DataCollectionRule rule, ImmutableArray<KqlAnalysis> analyses, ValidationContext context);

/// <summary>A check over all content that is deployed together.</summary>
internal delegate IEnumerable<Diagnostic> PackCheck(ImmutableArray<AnalyzedContent> items);

/// <summary>All checks there are. A new check is one file and one line here.</summary>
internal static class Checks
{
    /// <summary>Checks of one piece of content.</summary>
    public static ImmutableArray<Check> All { get; } =
    [
        NameCheck.Run,
        VersionCheck.Run,
        GuidCheck.Run,
        FileNameCheck.Run,
        KustoCheck.Run,
        QueryCheck.Run,
        ResultColumnsCheck.Run,
        WatchlistAliasCheck.Run,
        LegacyEntityCheck.Run,
        EntityCheck.Run,
        CustomDetailsCheck.Run,
        AlertFormatCheck.Run,
        AlertColumnsCheck.Run,
        ScheduleCheck.Run,
        SuppressionCheck.Run,
        IncidentCheck.Run,
        AttackCheck.Run,
        TaxonomyChecks.Run,
        ParserCheck.Run,
        WatchlistCheck.Run,
        WatchlistRowsCheck.Run,
    ];

    /// <summary>Checks of workbooks.</summary>
    public static ImmutableArray<WorkbookCheck> Workbook { get; } =
        [WorkbookParametersCheck.Run, WorkbookQueriesCheck.Run, WorkbookColumnsCheck.Run];

    /// <summary>Checks of data collection rules.</summary>
    public static ImmutableArray<DataCollectionCheck> DataCollection { get; } = [TransformationCheck.Run];

    /// <summary>Checks over all content that is deployed together.</summary>
    public static ImmutableArray<PackCheck> Pack { get; } = [UniqueCheck.Run, WorkspaceLimitsCheck.Run];
}
