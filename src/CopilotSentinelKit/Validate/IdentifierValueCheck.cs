
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>The columns that identify entities hold one value of a type that can be it. Lists of type dynamic are <see cref="EntityCheck"/>'s.</summary>
internal static class IdentifierValueCheck
{
    // Texts, numbers that are ids, and GUIDs can be any identifier; these cannot be but the ones named.
    private static readonly string[] Never = ["bool", "datetime", "timespan", "real", "decimal"];
    private static readonly string[] Free = ["Value", "ValueType", "IsDomainJoined", "IsVolumeAnomaly", "CreationTimeUtc", "ReceivedDate", "SubmissionDate", "Timestamp", "QueryTime", "RiskLevel"];

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        var columns = analysis.GetSoundColumns() ?? [];
        foreach (var entity in item.GetEntities().Where(entity => entity.Type.Value is not ("MailCluster" or "MailMessage" or "IoTDevice")))
        {
            foreach (var field in entity.Fields)
            {
                if (columns.FirstOrDefault(column => column.Name == field.Column.Value) is { } column && Check(entity, field, column.Type, analysis!) is { } finding)
                {
                    yield return finding;
                }
            }
        }
    }

    private static Finding? Check(EntityMapping entity, FieldMapping field, string type, KqlAnalysis analysis)
    {
        if (Never.Contains(type) && !Free.Contains(field.Identifier.Value))
        {
            return EntityValueFindings.IdentifierType(field.Column.Span, field.Column.Value, type, entity.Type.Value, field.Identifier.Value);
        }

        return type == "string" && analysis.Tree is { } tree && ResultColumn.Find(analysis, field.Column.Value) is { } symbol && ResultColumn.HoldsSet(symbol, tree)
            ? EntityValueFindings.SetAsIdentifier(field.Column.Span, field.Column.Value, entity.Type.Value)
            : null;
    }
}
