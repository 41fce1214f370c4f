
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Account.Name is what stands before the @ of a user principal name, not all of it.</summary>
internal static class UserPrincipalNameCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        item.GetEntities().SelectMany(entity => Misplaced(entity, analysis))
            .Select(field => EntityValueFindings.UpnAsName(field.Column.Span, field.Column.Value));

    /// <summary>The fields of an entity that put a whole user principal name into Name.</summary>
    public static IEnumerable<FieldMapping> Misplaced(EntityMapping entity, KqlAnalysis? analysis) =>
        entity.Type.Value != "Account" ? [] : entity.Fields.Where(field => field.Identifier.Value == "Name" && IsUpn(field.Column.Value, analysis));

    private static bool IsUpn(string name, KqlAnalysis? analysis) =>
        ResultColumn.Find(analysis, name) is { } column && ResultColumn.OriginsOf(column) is { Count: > 0 } origins && origins.All(IsUpn);

    private static bool IsUpn(string origin) => origin is "OfficeActivity.UserId" or "CopilotActivity.ActorName"
        || origin.EndsWith("UserPrincipalName", StringComparison.OrdinalIgnoreCase)
        || origin.EndsWith("Upn", StringComparison.Ordinal) || origin.EndsWith("UPN", StringComparison.Ordinal);
}
