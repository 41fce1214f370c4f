using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql;

/// <summary>Microsoft's tables: Log Analytics (what Sentinel queries) and Defender XDR (Advanced Hunting), from the kit's own data file.</summary>
public sealed class TableCatalog
{
    private readonly ImmutableSortedDictionary<string, string> _tables;

    private TableCatalog(ImmutableSortedDictionary<string, string> tables) => _tables = tables;

    /// <summary>Table names in ordinal order.</summary>
    public IEnumerable<string> Names => _tables.Keys;
}
