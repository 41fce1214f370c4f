using static System.FormattableString;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings about entity mappings (CSK0520 to CSK0529).</summary>
internal static class EntityDiagnostics
{
    public static Diagnostic TooManyEntities(SourceSpan span, int count, int limit) => Diagnostic.Error("CSK0520", span,
        Invariant($"There are {count} entity mappings; Sentinel takes at most {limit}. Keep those that an analyst pivots on."));

    public static Diagnostic IdentifierCount(SourceSpan span, string type, int count, int limit) => Diagnostic.Error("CSK0521", span,
        Invariant($"The entity \"{type}\" has {count} identifiers; Sentinel takes 1 to {limit}. Map between one and {limit} of them."));

    public static Diagnostic UnknownType(SourceSpan span, string type, IEnumerable<string> types) => Diagnostic.Error("CSK0522", span,
        $"Sentinel has no entity type \"{type}\".{Nearest.Hint(type, types)} Use one of: {string.Join(", ", types)}.").FixedBy(Fixes.LetterCase(span, type, types));

    public static Diagnostic UnknownIdentifier(SourceSpan span, string type, string identifier, IEnumerable<string> identifiers) =>
        Diagnostic.Error("CSK0523", span,
            $"The entity type {type} has no identifier \"{identifier}\".{Nearest.Hint(identifier, identifiers)} Use one of: {string.Join(", ", identifiers)}.").FixedBy(Fixes.LetterCase(span, identifier, identifiers));

    public static Diagnostic DuplicateIdentifier(SourceSpan span, string identifier) => Diagnostic.Error("CSK0524", span,
        $"The identifier \"{identifier}\" is there twice in one entity. Remove one, or map a second entity.");

    public static Diagnostic Incomplete(SourceSpan span, string type, string required) => Diagnostic.Error("CSK0525", span,
        $"The entity {type} cannot be identified, and Sentinel drops it. Map {required}.");

    public static Diagnostic AccountNameAlone(SourceSpan span, string dropped) => Diagnostic.Warning("CSK0526", span,
        $"A Name alone does not identify an account: equal names merge, and Sentinel drops {dropped}. Map FullName for a UPN, or add UPNSuffix, AadUserId or Sid.");

    public static Diagnostic WeakIdentifier(SourceSpan span, string type, string strong) => new("CSK0527", DiagnosticSeverity.Information, span,
        $"These identifiers name the entity {type} weakly, so Sentinel may merge different ones. Stronger: {strong}.");

    public static Diagnostic DynamicIdentifier(SourceSpan span, string column) => Diagnostic.Warning("CSK0528", span,
        $"The column \"{column}\" is dynamic, but an identifier is one value; a list gives no entity. Use tostring(), or expand the list into rows.");

    public static Diagnostic IllegalColumnName(SourceSpan span, string column, int limit) => Diagnostic.Error("CSK0529", span,
        Invariant($"Sentinel takes no column named \"{column}\" here. Rename it in the query: letters, digits and underscores, no digit first, at most {limit} characters."));
}
