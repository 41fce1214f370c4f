
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Foreign;

/// <summary>A hunting query in community YAML.</summary>
internal static class HuntReader
{
    public static HuntingQuery Read(CommunityMap keys)
    {
        keys.CheckKeys().Require("name", "query");
        keys.Advise("id", "description");
        return new()
        {
            Origin = ContentOrigin.CommunityYaml,
            FileName = CommunityHead.FileName(keys),
            Guid = CommunityHead.ReadGuid(keys),
            Id = keys.TextOrEmpty("id"),
            Version = keys.TextOrEmpty("version"),
            Name = keys.TextOrEmpty("name"),
            Description = keys.TextOrEmpty("description"),
            Query = ForeignQuery.Read(keys, "query"),
            Attack = CommunityHead.ReadAttack(keys),
            Entities = CommunityHead.ReadEntities(keys),
            DeclaredConnectors = CommunityHead.ReadConnectors(keys),
        };
    }
}
