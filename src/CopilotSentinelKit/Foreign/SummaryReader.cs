using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Foreign;

/// <summary>A summary rule in community YAML, as the folder "Summary rules" of the Azure-Sentinel repository has it.</summary>
internal static class SummaryReader
{
    public static SummaryRule Read(CommunityMap keys)
    {
        keys.CheckKeys().Require("displayName", "query", "destinationTable", "binSize");
        keys.Advise("id", "description", "version");
        return new()
        {
            Origin = ContentOrigin.CommunityYaml,
            FileName = CommunityHead.FileName(keys),
            Guid = CommunityHead.ReadGuid(keys),
            Id = keys.TextOrEmpty("id"),
            Version = keys.TextOrEmpty("version"),
            Name = keys.TextOrEmpty("displayName"),
            Description = keys.TextOrEmpty("description"),
            Query = ForeignQuery.Read(keys, "query"),
            Table = keys.TextOrEmpty("destinationTable"),
            Bin = keys.Integer("binSize")?.Select(minutes => TimeSpan.FromMinutes(minutes)) ?? new(TimeSpan.Zero, keys.Key("binSize")?.Span ?? keys.Place),
            Delay = keys.Integer("binDelay")?.Select(minutes => TimeSpan.FromMinutes(minutes)),
            Start = keys.Text("binStartTime"),
            Columns = [],
            DeclaredConnectors = CommunityHead.ReadConnectors(keys),
        };
    }
}
