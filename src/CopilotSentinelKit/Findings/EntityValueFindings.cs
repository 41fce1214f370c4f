using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about what the columns of entities and alerts hold (CSK0582 to CSK0586, CSK0588).</summary>
internal static class EntityValueFindings
{
    public static Finding IdentifierType(SourceSpan span, string column, string type, string entity, string identifier) => Finding.Warning("CSK0582", span,
        $"The column \"{column}\" is of type {type}, which is no {identifier} of {entity}. Map the column that holds it, as a string.");

    public static Finding SetAsIdentifier(SourceSpan span, string column, string entity) => Finding.Warning("CSK0583", span,
        $"The column \"{column}\" is a set written as one text, so the entity {entity} matches nothing that Sentinel knows. Return one value a row: expand the set, or group by the value.");

    public static Finding UpnAsName(SourceSpan span, string column) => Finding.Warning("CSK0584", span,
        $"The column \"{column}\" holds a user principal name, but Name is only what stands before the @. Map it to FullName, or split it into Name and UPNSuffix.");

    public static Finding SeverityValue(SourceSpan span, string value, IEnumerable<string> severities) => Finding.Warning("CSK0585", span,
        $"\"{value}\" is no severity, so the alert keeps that of the rule. Use one of: {string.Join(", ", severities)}.");

    public static Finding TacticsValue(SourceSpan span, string value, IEnumerable<string> tactics) => Finding.Warning("CSK0586", span,
        $"Sentinel has no tactic \"{value}\", so the alert may keep those of the rule.{Nearest.Hint(value, tactics)} Use one of: {string.Join(", ", tactics)}.");

    public static Finding NullInBranch(SourceSpan span, string column, string usedBy, int without, int branches) => Finding.Information("CSK0588", span,
        Invariant($"The column \"{column}\", which {usedBy} uses, is missing in {without} of the {branches} branches of the union, so it is empty in their rows. Return it there too."));
}
