using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Validate;

/// <summary>Content without a finding, for tests to change one thing of.</summary>
internal static class Sample
{
    private static readonly Guid Guid = new("5f2d9a4e-1c1b-5f0a-9d57-0a4a4e1c7b11");

    public static TableCatalog Catalog { get; } = KitData.LoadTables();

    public static KqlSchema Schema { get; } = new(
        Catalog,
        [new("ContosoHr_CL", [new("TimeGenerated", "datetime"), new("Upn", "string")])],
        [new("CopilotMessages", [], [new("TimeGenerated", "datetime"), new("JailbreakDetected", "bool"), new("ActorUpn", "string")])],
        [new("VipUsers", [new("Upn", "string")])]);

    /// <summary>What Kusto.Language says of a right query with these columns ("Name" or "Name:type").</summary>
    public static KqlAnalysis Returns(params string[] columns) => new(
        [],
        [.. columns.Select(column => column.Split(':')).Select(column => new Column(column[0], column.ElementAtOrDefault(1) ?? "string"))],
        [], ["CopilotMessages"], [], [], null);

    /// <summary>What Kusto.Language says of a query with a finding at a text of it.</summary>
    public static KqlAnalysis Fails(string code, string severity, string kql, string at, string message) =>
        Returns("ActorUpn") with { Diagnostics = [new(code, severity, kql.IndexOf(at, StringComparison.Ordinal), at.Length, message)] };

    public static AnalyticsRule Rule(Yaml yaml) => new()
    {
        FileName = "CopilotTest",
        Guid = Guid,
        Id = yaml.Any("copilot-test"),
        Version = yaml.Any("1.0.0"),
        Name = yaml.Any("Copilot test"),
        Description = yaml.Any("Identifies a test."),
        Kind = yaml.Any(RuleKind.Scheduled),
        Severity = yaml.Any(AlertSeverity.Medium),
        Enabled = true,
        Query = new("CopilotMessages()", [], yaml.File.All),
        Schedule = new(yaml.Any(TimeSpan.FromHours(1)), yaml.Any(TimeSpan.FromHours(1))),
        Trigger = Trigger.AnyRow(yaml.File.All),
        Attack = Attack.None,
        Entities = [],
        CustomDetails = [],
        AlertDetails = null,
        EventGrouping = null,
        Incident = null,
        Suppression = null,
    };

    public static AnalyticsRule Nrt(Yaml yaml) => Rule(yaml) with { Kind = yaml.Any(RuleKind.Nrt), Schedule = null, Trigger = null };

    public static HuntingQuery Hunt(Yaml yaml) => new()
    {
        FileName = "CopilotHunt",
        Guid = Guid,
        Id = yaml.Any("copilot-hunt"),
        Version = yaml.Any("1.0.0"),
        Name = yaml.Any("Copilot hunt"),
        Description = yaml.Any("Looks for a test."),
        Query = new("CopilotMessages()", [], yaml.File.All),
        Attack = Attack.None,
        Entities = [],
    };

    public static ParserFunction Parser(Yaml yaml) => new()
    {
        FileName = "CopilotEvents",
        Guid = Guid,
        Id = yaml.Any("CopilotEvents"),
        Version = yaml.Any("1.0.0"),
        Name = yaml.Any("CopilotEvents"),
        Description = yaml.Any(""),
        Alias = "CopilotEvents",
        Parameters = [],
        Query = new("CopilotActivity", [], yaml.File.All),
        Columns = [],
    };

    public static Watchlist List(Yaml yaml) => new()
    {
        FileName = "VipUsers",
        Guid = Guid,
        Id = yaml.Any("VipUsers"),
        Version = yaml.Any("1.0.0"),
        Name = yaml.Any("VIP users"),
        Description = yaml.Any(""),
        Alias = yaml.Any("VipUsers"),
        Provider = "Contoso",
        SearchKey = yaml.Any("Upn"),
        Columns = [yaml.Any(new Column("Upn", "string"))],
        Rows = [],
    };

    public static AlertDetails Alert { get; } = new(null, null, null, null, []);

    public static ImmutableArray<CustomDetail> Details(params (Spanned<string> Key, Spanned<string> Column)[] details) =>
        [.. details.Select(detail => new CustomDetail(detail.Key, detail.Column))];
}
