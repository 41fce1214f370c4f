using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Validate.Lints;

namespace CopilotSentinelKit.Validate;

/// <summary>A check of one piece of content; it yields nothing for kinds it does not speak of.</summary>
internal delegate IEnumerable<Finding> Check(ContentItem item, KqlAnalysis? analysis, ValidationContext context);

/// <summary>A check of a workbook.</summary>
/// <param name="workbook">The workbook.</param>
/// <param name="analyses">What Kusto.Language says of its queries, in their order.</param>
/// <param name="context">What it may look up.</param>
internal delegate IEnumerable<Finding> WorkbookCheck(Workbook workbook, ImmutableArray<KqlAnalysis> analyses, ValidationContext context);

/// <summary>A check of an ARM template that people have: what is deployed around its content.</summary>
internal delegate IEnumerable<Finding> ArmCheck(ArmDocument document);

/// <summary>A check of a data collection rule.</summary>
/// <param name="rule">The rule.</param>
/// <param name="analyses">What Kusto.Language says of its transformations, in their order.</param>
/// <param name="context">What it may look up.</param>
internal delegate IEnumerable<Finding> DataCollectionCheck(DataCollectionRule rule, ImmutableArray<KqlAnalysis> analyses, ValidationContext context);

/// <summary>A check over all content that is deployed together.</summary>
internal delegate IEnumerable<Finding> PackCheck(ImmutableArray<AnalyzedContent> items);

/// <summary>All checks there are. A new check is one file and one line here.</summary>
internal static class Checks
{
    /// <summary>Checks of one piece of content.</summary>
    public static ImmutableArray<Check> All { get; } =
    [
        NameCheck.Run,
        NameStyleCheck.Run,
        PlainTextCheck.Run,
        VersionCheck.Run,
        GuidCheck.Run,
        FileNameCheck.Run,
        KustoCheck.Run,
        WorkspaceNameCheck.Run,
        QueryCheck.Run,
        ResultColumnsCheck.Run,
        UnionBranchCheck.Run,
        WatchlistAliasCheck.Run,
        LintCheck.Run,
        EntityCheck.Run,
        IdentifierValueCheck.Run,
        UserPrincipalNameCheck.Run,
        CustomDetailsCheck.Run,
        AlertFormatCheck.Run,
        AlertColumnsCheck.Run,
        AlertValuesCheck.Run,
        ScheduleCheck.Run,
        LookbackCheck.Run,
        OverlapCheck.Run,
        WindowCheck.Run,
        SnapshotCheck.Run,
        SuppressionCheck.Run,
        IncidentCheck.Run,
        PortalCheck.Run,
        AttackCheck.Run,
        TaxonomyChecks.Run,
        ConnectorCheck.Run,
        ParserCheck.Run,
        AsimCheck.Run,
        WatchlistCheck.Run,
        WatchlistRowsCheck.Run,
        SummaryCheck.Run,
        SummaryQueryCheck.Run,
        AutomationCheck.Run,
        AutomationConditionCheck.Run,
    ];

    /// <summary>Checks of a query's syntax tree.</summary>
    public static ImmutableArray<Lint> Lints { get; } =
    [
        ElementOfCollectionLint.Run,
        AsimColumnLint.Run,
        TextAndNumberLint.Run,
        AddressLint.Run,
        PrivateRangeLint.Run,
        ParseJsonLint.Run,
        RepeatedParseJsonLint.Run,
        LetterCaseLint.Run,
        CaseSensitiveLint.Run,
        TermLint.Run,
        TimeFilterLint.Run,
        AllTablesLint.Run,
        ExternalDataLint.Run,
        UnsupportedLint.Run,
        JoinLint.Run,
        ResultOrderLint.Run,
        SingleRowLint.Run,
        TimeGeneratedLint.Run,
        RetiredLint.Run,
        LegacyEntityLint.Run,
        HardCodedLint.Run,
        SecretLint.Run,
        LookAlikeLint.Run,
        NrtLint.Run,
        MixedConditionLint.Run,
        ContradictionLint.Run,
        EmptyRangeLint.Run,
        OwnGroupLint.Run,
        FirstColumnLint.Run,
        FixedPositionLint.Run,
        QuotedColumnLint.Run,
        LiteralOperatorLint.Run,
        LiteralContentLint.Run,
        BooleanTextLint.Run,
        KnownValueLint.Run,
        ArrivingColumnLint.Run,
        UnusedLetLint.Run,
    ];

    /// <summary>Checks of workbooks.</summary>
    public static ImmutableArray<WorkbookCheck> Workbook { get; } =
        [WorkbookParametersCheck.Run, WorkbookQueriesCheck.Run, WorkbookColumnsCheck.Run];

    /// <summary>Checks of data collection rules.</summary>
    public static ImmutableArray<DataCollectionCheck> DataCollection { get; } = [TransformationCheck.Run];

    /// <summary>Checks of ARM templates that people have.</summary>
    public static ImmutableArray<ArmCheck> Arm { get; } = [ArmTemplateCheck.Run, ArmReferenceCheck.Run, ArmResourceCheck.Run, RepositoryDeploymentCheck.Run, SecretCheck.Run];

    /// <summary>Checks over all content that is deployed together.</summary>
    public static ImmutableArray<PackCheck> Pack { get; } = [UniqueCheck.Run, SameQueryCheck.Run, WorkspaceLimitsCheck.Run, ConnectorSpellingCheck.Run, UnusedWatchlistCheck.Run, SummaryTableCheck.Run, PlaybookCheck.Run];
}
