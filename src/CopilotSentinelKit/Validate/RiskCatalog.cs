using System.Collections.Frozen;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Validate;

/// <summary>A list of AI risks by id: MITRE ATLAS 5.6.0 techniques, or the OWASP Top 10 for LLM applications of 2025.</summary>
internal sealed class RiskCatalog
{
    private static readonly Lazy<RiskCatalog> LazyAtlas = new(() => new("atlas.tsv"));
    private static readonly Lazy<RiskCatalog> LazyOwasp = new(() => new("owasp.tsv"));
    private readonly FrozenDictionary<string, string> _names;

    private RiskCatalog(string file) =>
        _names = KitData.ReadRows(file).ToFrozenDictionary(row => row[0], row => row[1], StringComparer.Ordinal);

    /// <summary>MITRE ATLAS techniques, read once.</summary>
    public static RiskCatalog Atlas => LazyAtlas.Value;

    /// <summary>OWASP LLM01 to LLM10, read once.</summary>
    public static RiskCatalog Owasp => LazyOwasp.Value;

    /// <summary>All ids.</summary>
    public IEnumerable<string> Ids => _names.Keys;

    /// <summary>The name of an id, or null when there is none.</summary>
    public string? NameOf(string id) => _names.GetValueOrDefault(id);
}
