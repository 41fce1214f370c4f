using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about entity mappings (CSK0520 to CSK0529).</summary>
internal static class EntityFindings
{
    public static Finding TooManyEntities(SourceSpan span, int count, int limit) => Finding.Error("CSK0520", span,
        Invariant($"There are {count} entity mappings; Sentinel takes at most {limit}. Keep those that an analyst pivots on."));

    public static Finding IdentifierCount(SourceSpan span, string type, int count, int limit) => Finding.Error("CSK0521", span,
        Invariant($"The entity \"{type}\" has {count} identifiers; Sentinel takes 1 to {limit}. Map between one and {limit} of them."));

    public static Finding UnknownType(SourceSpan span, string type, IEnumerable<string> types) => Finding.Error("CSK0522", span,
        $"Sentinel has no entity type \"{type}\".{Nearest.Hint(type, types)} Use one of: {string.Join(", ", types)}.").FixedBy(Fixes.LetterCase(span, type, types));

    public static Finding UnknownIdentifier(SourceSpan span, string type, string identifier, IEnumerable<string> identifiers) =>
        Finding.Error("CSK0523", span,
            $"The entity type {type} has no identifier \"{identifier}\".{Nearest.Hint(identifier, identifiers)} Use one of: {string.Join(", ", identifiers)}.").FixedBy(Fixes.LetterCase(span, identifier, identifiers));

    public static Finding DuplicateIdentifier(SourceSpan span, string identifier) => Finding.Error("CSK0524", span,
        $"The identifier \"{identifier}\" is there twice in one entity. Remove one, or map a second entity.");

    public static Finding Incomplete(SourceSpan span, string type, string required) => Finding.Error("CSK0525", span,
        $"The entity {type} cannot be identified, and Sentinel drops it. Map {required}.");

    public static Finding AccountNameAlone(SourceSpan span, string dropped) => Finding.Warning("CSK0526", span,
        $"A Name alone does not identify an account: equal names merge, and Sentinel drops {dropped}. Map FullName for a UPN, or add UPNSuffix, AadUserId or Sid.");

    public static Finding WeakIdentifier(SourceSpan span, string type, string strong) => new("CSK0527", FindingSeverity.Information, span,
        $"These identifiers name the entity {type} weakly, so Sentinel may merge different ones. Stronger: {strong}.");

    public static Finding DynamicIdentifier(SourceSpan span, string column) => Finding.Warning("CSK0528", span,
        $"The column \"{column}\" is dynamic, but an identifier is one value; a list gives no entity. Use tostring(), or expand the list into rows.");

    public static Finding IllegalColumnName(SourceSpan span, string column, int limit) => Finding.Error("CSK0529", span,
        Invariant($"Sentinel takes no column named \"{column}\" here. Rename it in the query: letters, digits and underscores, no digit first, at most {limit} characters."));
}
