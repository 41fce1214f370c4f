using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Foreign;

/// <summary>Summary rules of templates.</summary>
internal static class ArmSummaryReader
{
    private const string Owner = "a summary rule";

    /// <summary>The summary rule, or null when only the deployment knows what it does.</summary>
    public static SummaryRule? Read(ArmResource resource)
    {
        resource.Keys.Require(Owner, "properties");
        resource.Properties?.Require(Owner, "ruleDefinition");
        if (resource.Properties is not { } keys || keys.Object("ruleDefinition") is not { } definition)
        {
            return null;
        }

        definition.Require(Owner, "query", "binSize", "destinationTable");
        return new()
        {
            Origin = ContentOrigin.Arm,
            FileName = "",
            Guid = Guid.Empty,
            Id = resource.Name,
            Version = new("", resource.Name.Span),
            Name = keys.TextOrEmpty("displayName"),
            Description = keys.TextOrEmpty("description"),
            Query = ArmQuery.Read(definition, "query"),
            Table = definition.TextOrEmpty("destinationTable"),
            Bin = definition.Integer("binSize")?.Select(minutes => TimeSpan.FromMinutes(minutes)) ?? new(TimeSpan.Zero, definition.Subject),
            Delay = definition.Integer("binDelay")?.Select(minutes => TimeSpan.FromMinutes(minutes)),
            Start = definition.TextOrNull("binStartTime"),
            Columns = [],
        };
    }
}
