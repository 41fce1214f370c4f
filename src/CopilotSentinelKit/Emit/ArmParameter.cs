using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A parameter of a template; a parameter file gives it another value for one workspace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">string, int, bool or object.</param>
/// <param name="Default">Its value when nothing else is said, or null where something must be.</param>
/// <param name="Description">What it does.</param>
internal sealed record ArmParameter(string Name, string Type, OutputNode? Default, string Description)
{
    // Log Analytics keeps no row longer than twelve years.
    private const long MostDays = 4383;

    private static readonly ImmutableDictionary<string, (string Name, long InDay)> Units = ImmutableDictionary.CreateRange(
        [KeyValuePair.Create("d", ("days", 1L)), KeyValuePair.Create("h", ("hours", 24L)), KeyValuePair.Create("m", ("minutes", 24L * 60))]);

    private static readonly ImmutableArray<string> Severities = [.. Enum.GetNames<AlertSeverity>()];

    /// <summary>The repositories deployment passes it under exactly this name, when it tests a template and when it deploys it; so it has no
    /// default, and a deployment by hand cannot go to a workspace that nobody named.</summary>
    public static ArmParameter Workspace { get; } = new("workspace", "string", null, "Name of the Log Analytics workspace that Microsoft Sentinel runs on.");

    /// <summary>Where workbooks are kept.</summary>
    public static ArmParameter Location { get; } = new("location", "string", new ArmExpression("resourceGroup().location"), "Azure region that keeps the workbook.");

    /// <summary>Whether a rule runs.</summary>
    public static ArmParameter Enabled(AnalyticsRule rule) => new("enabled", "bool", rule.Enabled, "Whether the rule runs.");

    /// <summary>The severity of a rule's alerts.</summary>
    public static ArmParameter Severity(AnalyticsRule rule) => new("severity", "string", rule.Severity.Value.ToString(), "Severity of the rule's alerts.") { Allowed = Severities };

    /// <summary>The parameters of the query of a rule or hunt.</summary>
    public static ImmutableArray<ArmParameter> OfQuery(ContentItem item) => [.. ArmQueryText.ParametersOf(item).Select(Of)];

    /// <summary>A parameter of a query. A time span is a number, so that it can be nothing else.</summary>
    public static ArmParameter Of(QueryParameter parameter) => new(
        parameter.Name.Value,
        parameter.Type switch { QueryParameterType.String => "string", QueryParameterType.Bool => "bool", _ => "int" },
        ValueOf(parameter),
        parameter.Unit.Length == 0 ? parameter.Description : $"{parameter.Description.TrimEnd('.')} (in {Units[parameter.Unit].Name}).".TrimStart())
    {
        Least = parameter.Type == QueryParameterType.Timespan ? 0 : null,
        Most = parameter.Max ?? (parameter.Type == QueryParameterType.Timespan ? MostDays * Units[parameter.Unit].InDay : null),
    };

    /// <summary>The value that the spec gives a parameter of a query.</summary>
    public static OutputNode ValueOf(QueryParameter parameter) => parameter.Type switch
    {
        QueryParameterType.String => parameter.Value,
        QueryParameterType.Bool => parameter.Value == "true",
        _ => long.Parse(parameter.Value, CultureInfo.InvariantCulture),
    };

    /// <summary>The smallest number that it can be, or null.</summary>
    public long? Least { get; init; }

    /// <summary>The largest number that it can be, or null.</summary>
    public long? Most { get; init; }

    /// <summary>The values that it can have; any when empty.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>What stands for its value.</summary>
    public ArmExpression Value => new($"parameters('{Name}')");

    /// <summary>Its declaration.</summary>
    public OutputMap Declaration => OutputMap.Of(
        ("type", Type),
        ("defaultValue", Default),
        ("minValue", Least is { } least ? least : null),
        ("maxValue", Most is { } most ? most : null),
        ("allowedValues", Allowed.IsEmpty ? null : OutputList.Of(Allowed)),
        ("metadata", OutputMap.Of(("description", Description))));
}
