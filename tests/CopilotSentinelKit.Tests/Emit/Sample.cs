using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Emit;

/// <summary>One item of each kind, with every optional part filled.</summary>
internal static class Sample
{
    public static readonly SourceFile File = new("rules/sample.yaml", "id: sample\nversion: 1.0.0\n");

    public static readonly SourceSpan Span = new(File, 20, 5);

    public static readonly ImmutableArray<OutputFormat> Both = [OutputFormat.Yaml, OutputFormat.Arm];

    public static Spanned<T> At<T>(T value) => new(value, Span);

    public static ImmutableArray<Spanned<string>> All(params string[] values) => [.. values.Select(At)];

    public static AnalyticsRule Rule { get; } = new()
    {
        FileName = "CopilotJailbreakAttempt",
        Guid = new("2ed6657d-e942-568b-95e1-2665a8aea6a2"),
        Id = At("copilot-jailbreak-attempt"),
        Version = At("1.0.0"),
        Name = At("Copilot jailbreak attempt"),
        Description = At("Identifies prompts that Copilot flagged.\nOne alert for each user."),
        Atlas = All("AML.T0054"),
        Owasp = All("LLM01"),
        RequiredConnectors = [new("MicrosoftCopilot", ["CopilotActivity"])],
        Kind = At(RuleKind.Scheduled),
        Severity = At(AlertSeverity.High),
        Enabled = true,
        Query = Query("CopilotMessages()\n| where JailbreakDetected\n| summarize Attempts = count() by ActorUpn"),
        Schedule = new(At(TimeSpan.FromHours(1)), At(TimeSpan.FromDays(14))),
        Trigger = new(At(TriggerOperator.GreaterThan), At(0)),
        Attack = new(All("DefenseEvasion", "InitialAccess"), All("T1562.001", "T1562.006", "T1078")),
        Entities = [new(At("Account"), [new(At("FullName"), At("ActorUpn")), new(At("AadUserId"), At("ActorUserId"))])],
        CustomDetails = [new(At("Attempts"), At("Attempts"))],
        AlertDetails = new(At("Jailbreak by {{ActorUpn}}"), At("{{Attempts}} attempts"), At("Sev"), At("Tac"), [new(At("ConfidenceLevel"), At("Conf"))]),
        EventGrouping = At(EventGrouping.AlertPerResult),
        Incident = new(true, new(At(MatchingMethod.Selected), At(TimeSpan.FromHours(5)), false, All("Account"), All("DisplayName"), All("Attempts"))),
        Suppression = At(TimeSpan.FromHours(5)),
    };

    /// <summary>A rule with nothing that may be left out.</summary>
    public static AnalyticsRule Bare { get; } = Rule with
    {
        FileName = "Bare",
        Id = At("bare"),
        Guid = new("886313e1-3b8a-5372-9b90-0c9aee199e5d"),
        Atlas = [],
        Owasp = [],
        RequiredConnectors = [],
        Attack = Attack.None,
        Entities = [],
        CustomDetails = [],
        AlertDetails = null,
        EventGrouping = null,
        Incident = null,
        Suppression = null,
    };

    public static AnalyticsRule Nrt { get; } = Rule with
    {
        FileName = "CopilotJailbreakNow",
        Id = At("copilot-jailbreak-now"),
        Guid = new("c4a760a8-dbcf-5254-a0d9-6a4474bd1b62"),
        Kind = At(RuleKind.Nrt),
        Schedule = null,
        Trigger = null,
    };

    public static HuntingQuery Hunt { get; } = new()
    {
        FileName = "CopilotByCountry",
        Guid = new("3d813cbb-47fb-32ba-91df-831e1593ac29"),
        Id = At("copilot-by-country"),
        Version = At("1.2.3"),
        Name = At("Copilot by country"),
        Description = At("Where users are."),
        Owasp = All("LLM02"),
        RequiredConnectors = [new("MicrosoftCopilot", ["CopilotActivity"])],
        Query = Query("CopilotEvents()\n| take 10"),
        Attack = new(All("Collection", "Exfiltration"), All("T1213", "T1567.002")),
        Entities = [new(At("IP"), [new(At("Address"), At("SrcIpAddr"))])],
    };

    public static ParserFunction Events { get; } = Parser("CopilotEvents", "CopilotActivity\n| where TimeGenerated > ago(1d)");

    public static ParserFunction Messages { get; } = Parser("ACopilotMessages", "CopilotEvents()\n| mv-expand Message = Messages");

    public static Watchlist Watchlist { get; } = new()
    {
        FileName = "CopilotEntitledUsers",
        Guid = new("21f7f8de-8051-5b89-8680-0195ef798b6a"),
        Id = At("CopilotEntitledUsers"),
        Version = At("1.0.0"),
        Name = At("Copilot entitled users"),
        Description = At("Who may use Copilot."),
        Alias = At("CopilotEntitledUsers"),
        Provider = "Contoso",
        SearchKey = At("UserPrincipalName"),
        Columns = [At(new Column("UserPrincipalName", "string")), At(new Column("Licence", "string"))],
        Rows = [All("user@contoso.com", "Copilot, \"E5\""), All("=1+1", "")],
    };

    public static Workbook Workbook { get; } = new()
    {
        FileName = "CopilotActivity",
        Guid = new("36fc7d41-7d02-5957-b3b4-191252c1faae"),
        Pack = "sample",
        Id = At("copilot-activity"),
        Version = At("1.0.0"),
        Name = At("Copilot activity"),
        Description = At("[Who uses it.]"),
        Parameters = [],
        Items = [new TextItem<WorkbookQuery>(At("[A text.]"), TextStyle.Info, 50)],
    };

    public static ImmutableArray<ContentItem> Items => [Events, Messages, Rule, Bare, Nrt, Hunt, Watchlist, Workbook];

    public static Emission Emission => ContentEmitter.Emit(Items, Both);

    public static Query Query(string text) => new(text, [], Span);

    private static ParserFunction Parser(string alias, string query) => new()
    {
        FileName = alias,
        Guid = ContentGuid.For("sample", "Parser", alias),
        Id = At(alias),
        Version = At("1.0.0"),
        Name = At(alias),
        Description = At("A row for each record."),
        Alias = alias,
        Updated = "2026-01-31",
        Parameters = [new("starttime", "datetime", "datetime(null)"), new("endtime", "datetime", "datetime(null)")],
        Query = Query(query),
        Columns = [At(new Column("TimeGenerated", "datetime"))],
    };
}
