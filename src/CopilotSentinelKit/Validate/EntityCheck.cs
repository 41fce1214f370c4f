using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Entity mappings: how many, of which type, with which identifiers, and whether these identify anything.</summary>
internal static class EntityCheck
{
    private const int MappingLimit = 10;
    private const int FieldLimit = 3;

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        var entities = item.GetEntities();
        if (entities.Length > MappingLimit)
        {
            yield return EntityFindings.TooManyEntities(entities[MappingLimit].Type.Span, entities.Length, MappingLimit);
        }

        var columns = analysis.GetSoundColumns() ?? [];
        foreach (var finding in entities.SelectMany(entity => CheckEntity(entity, columns, analysis)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckEntity(EntityMapping entity, ImmutableArray<Column> columns, KqlAnalysis? analysis)
    {
        var catalog = EntityCatalog.Instance;
        foreach (var finding in entity.Fields.SelectMany(field => ColumnName.Check(field.Column)))
        {
            yield return finding;
        }

        if (catalog.Find(entity.Type.Value) is not { } type)
        {
            yield return EntityFindings.UnknownType(entity.Type.Span, entity.Type.Value, catalog.Names);
            yield break;
        }

        if (entity.Fields.Length is 0 or > FieldLimit)
        {
            yield return EntityFindings.IdentifierCount(entity.Type.Span, type.Name, entity.Fields.Length, FieldLimit);
        }

        var identifiers = new HashSet<string>(StringComparer.Ordinal);
        var known = entity.Fields.Length > 0;
        foreach (var field in entity.Fields)
        {
            if (!type.Identifiers.Contains(field.Identifier.Value))
            {
                known = false;
                yield return EntityFindings.UnknownIdentifier(field.Identifier.Span, type.Name, field.Identifier.Value, type.Identifiers);
            }
            else if (!identifiers.Add(field.Identifier.Value))
            {
                yield return EntityFindings.DuplicateIdentifier(field.Identifier.Span, field.Identifier.Value);
            }
            else if (IsOneValue(type) && columns.Any(column => column.Name == field.Column.Value && column.Type == "dynamic"))
            {
                yield return EntityFindings.DynamicIdentifier(field.Column.Span, field.Column.Value);
            }
        }

        // A misspelt identifier has been reported; that it is missing, too, would say the same again.
        if (known && CheckStrength(entity, type, identifiers, analysis) is { } weak)
        {
            yield return weak;
        }
    }

    private static Finding? CheckStrength(EntityMapping entity, EntityType type, HashSet<string> identifiers, KqlAnalysis? analysis)
    {
        if (!type.Required.Any(combination => identifiers.IsSupersetOf(combination)))
        {
            return EntityFindings.Incomplete(entity.Type.Span, type.Name, Alternatives(type.Required));
        }

        if (type.Strong.IsEmpty || type.Strong.Any(combination => identifiers.IsSupersetOf(combination)))
        {
            return null;
        }

        if (UserPrincipalNameCheck.Misplaced(entity, analysis).Any())
        {
            return null;
        }

        return type.Name == "Account" && identifiers.Contains("Name")
            ? EntityFindings.AccountNameAlone(entity.Type.Span, string.Join(", ", EntityCatalog.Instance.DroppedAccountNames))
            : EntityFindings.WeakIdentifier(entity.Type.Span, type.Name, Alternatives(type.Strong));
    }

    // Mail and IoT entities have identifiers that are lists, such as Urls and Threats.
    private static bool IsOneValue(EntityType type) => type.Name is not ("MailCluster" or "MailMessage" or "IoTDevice");

    private static string Alternatives(ImmutableArray<ImmutableArray<string>> combinations) =>
        string.Join(" or ", combinations.Select(combination => string.Join(" + ", combination)));
}
