using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Microsoft's tables: Log Analytics (what Sentinel queries) and Defender XDR (Advanced Hunting).
/// Names are case-sensitive, as in KQL. Safe to use from several threads.</summary>
public sealed class TableCatalog
{
    private readonly TableFile _sentinel;
    private readonly TableFile _defender;
    private readonly Lazy<string> _hash;

    internal TableCatalog(TableFile sentinel, TableFile defender)
    {
        _sentinel = sentinel;
        _defender = defender;
        _hash = new(() => Convert.ToHexStringLower(SHA256.HashData([.. sentinel.Utf8, .. defender.Utf8])));
    }

    /// <summary>Names of the Log Analytics tables, in ordinal order.</summary>
    public ImmutableArray<string> Names => _sentinel.Names;

    /// <summary>Names of the Defender XDR tables, in ordinal order.</summary>
    public ImmutableArray<string> DefenderNames => _defender.Names;

    /// <summary>Content hash of the catalog (SHA-256, lower-case hexadecimal), part of cache keys.</summary>
    public string Hash => _hash.Value;

    /// <summary>The columns of a Log Analytics table, or null when there is none of that name.</summary>
    public ImmutableArray<Column>? Find(string table) => _sentinel.Find(table);

    /// <summary>The columns of a Defender XDR table (Advanced Hunting), or null: a query may name one that Sentinel does not have.</summary>
    public ImmutableArray<Column>? FindDefender(string table) => _defender.Find(table);
}
