using System.Text.Json;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Texts that a query writes into the columns of an alert's severity and tactics are those that Sentinel knows.</summary>
internal static class AlertValuesCheck
{
    private static readonly string[] Severities = ["Informational", "Low", "Medium", "High"];

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { AlertDetails: { } alert } || item.GetQuery() is not { } query)
        {
            return [];
        }

        var severities =
            from literal in Literals(analysis, alert.SeverityColumn)
            where literal.Value is not (null or "") && !Severities.Contains(literal.Value)
            let place = query.Locate(literal.Start, literal.Length)
            select EntityValueFindings.SeverityValue(place, literal.Value!, Severities).FixedBy(Fixes.LetterCase(place, literal.Value!, Severities));
        var known = AttackCatalog.Instance.Tactics;
        var tactics =
            from literal in Literals(analysis, alert.TacticsColumn)
            from tactic in Split(literal.Value ?? "")
            where !known.Contains(tactic) && !AttackCatalog.Instance.IsOnlyInArm(tactic)
            let place = query.Locate(literal.Start, literal.Length)
            select EntityValueFindings.TacticsValue(place, tactic, known).FixedBy(Fixes.LetterCase(place, tactic, known));
        return severities.Concat(tactics);
    }

    private static IEnumerable<SyntaxNode> Literals(KqlAnalysis? analysis, Spanned<string>? column) =>
        column is { } named && ResultColumn.Find(analysis, named.Value) is { } symbol ? ResultColumn.Literals(symbol) : [];

    // A JSON array of names, or names with commas.
    private static string[] Split(string value)
    {
        if (!value.TrimStart().StartsWith('['))
        {
            return value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        try
        {
            using var json = JsonParser.Parse(value);
            return [.. json.RootElement.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
