using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Checks of lists of risk ids.</summary>
internal static class TaxonomyChecks
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        Atlas(item.Atlas).Concat(Owasp(item.Owasp));

    /// <summary>Ids that are no MITRE ATLAS techniques, or that are there twice.</summary>
    public static IEnumerable<Finding> Atlas(ImmutableArray<Spanned<string>> ids) =>
        ids.Where(id => RiskCatalog.Atlas.NameOf(id.Value) is null)
            .Select(id => (Id: id, Meant: Meant(RiskCatalog.Atlas, id.Value, "AML." + id.Value)))
            .Select(found => TaxonomyFindings.UnknownAtlas(found.Id.Span, found.Id.Value, found.Meant))
            .Concat(Repeated(ids));

    /// <summary>Ids that are not in the OWASP Top 10 for LLM applications, or that are there twice.</summary>
    public static IEnumerable<Finding> Owasp(ImmutableArray<Spanned<string>> ids) =>
        ids.Where(id => RiskCatalog.Owasp.NameOf(id.Value) is null)
            .Select(id => (Id: id, Meant: Meant(RiskCatalog.Owasp, id.Value, id.Value.Split(':')[0])))
            .Select(found => TaxonomyFindings.UnknownOwasp(found.Id.Span, found.Id.Value, found.Meant))
            .Concat(Repeated(ids));

    /// <summary>Ids that are there twice.</summary>
    public static IEnumerable<Finding> Repeated(ImmutableArray<Spanned<string>> ids)
    {
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!seen.TryAdd(id.Value, id.Span))
            {
                yield return TaxonomyFindings.Repeated(id.Span, id.Value).With(seen[id.Value], "The first one.");
            }
        }
    }

    // Numbers that are near each other mean different risks, so only a known way of writing the same id is suggested.
    private static string? Meant(RiskCatalog catalog, string id, string otherForm) =>
        new[] { id.ToUpperInvariant(), otherForm.ToUpperInvariant() }.FirstOrDefault(form => catalog.NameOf(form) is not null);
}
