using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What rules, hunting queries and parsers have alike.</summary>
internal static class CommunityHead
{
    /// <summary>The GUID: the id if it is one, else one made of it, or of the file's path where there is none, so that others can be compared with it.</summary>
    public static Guid ReadGuid(CommunityMap keys)
    {
        if (keys.Text("id") is not { } id)
        {
            return ContentGuid.Version5(ContentGuid.Namespace, keys.Place.File.Path);
        }

        if (Guid.TryParse(id.Value, out var guid))
        {
            return guid;
        }

        keys.Findings.Add(CommunityFindings.IdNotGuid(id.Span, id.Value));
        return ContentGuid.Version5(ContentGuid.Namespace, id.Value);
    }

    /// <summary>The file's name without folder and extension.</summary>
    public static string FileName(CommunityMap keys)
    {
        var name = keys.Place.File.Path[(keys.Place.File.Path.LastIndexOf('/') + 1)..];
        return name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;
    }

    /// <summary>Tactics and techniques, under ARM's name for them too.</summary>
    public static Attack ReadAttack(CommunityMap keys)
    {
        if (keys.Key("relevantTechniques") is null && keys.Key("techniques") is { } other)
        {
            keys.Findings.Add(CommunityFindings.OtherName(other.Span, "techniques", "relevantTechniques"));
            return new(keys.Texts("tactics"), keys.Texts("techniques"));
        }

        return new(keys.Texts("tactics"), keys.Texts("relevantTechniques"));
    }

    /// <summary>Entity mappings; an identifier or column that is missing is reported and left out.</summary>
    public static ImmutableArray<EntityMapping> ReadEntities(CommunityMap keys)
    {
        if (keys.Key("entityMappings") is { } key && keys.Value("entityMappings") is YamlList { Items.IsEmpty: true })
        {
            keys.Findings.Add(CommunityFindings.EmptyEntities(key.Span));
        }

        return [.. keys.Maps("entityMappings", CommunityShapes.Entity).Select(ReadEntity).OfType<EntityMapping>()];
    }

    /// <summary>Connectors that the content says it needs.</summary>
    public static ImmutableArray<DeclaredConnector> ReadConnectors(CommunityMap keys) =>
    [
        .. from connector in keys.Maps("requiredDataConnectors", CommunityShapes.Connector, isMetadata: true)
           let id = connector.Text("connectorId")
           where id is not null
           select new DeclaredConnector(id.Value, [.. connector.Texts("dataTypes"), .. connector.Texts("datatypes")]),
    ];

    private static EntityMapping? ReadEntity(CommunityMap entity)
    {
        entity.Require("entityType", "fieldMappings");
        var fields = entity.Maps("fieldMappings", CommunityShapes.FieldMapping);
        foreach (var field in fields)
        {
            field.Require("identifier", "columnName");
        }

        var mapped = fields
            .Where(field => field.Text("identifier") is not null && field.Text("columnName") is not null)
            .Select(field => new FieldMapping(field.TextOrEmpty("identifier"), field.TextOrEmpty("columnName")))
            .ToImmutableArray();
        // What is missing in it has been reported; without it, nothing more can be said of the entity.
        return entity.Text("entityType") is { } type && mapped.Length > 0 && mapped.Length == fields.Length ? new(type, mapped) : null;
    }
}
