using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Microsoft's tables: Log Analytics (what Sentinel queries) and Defender XDR (Advanced Hunting); and functions over them.
/// Names are case-sensitive, as in KQL. Safe to use from several threads.</summary>
public sealed class TableCatalog
{
    private readonly TableFile _sentinel;
    private readonly TableFile _defender;
    private readonly FunctionFile _functions;
    private readonly Lazy<string> _hash;

    internal TableCatalog(TableFile sentinel, TableFile defender, FunctionFile functions)
    {
        _sentinel = sentinel;
        _defender = defender;
        _functions = functions;
        _hash = new(() => Convert.ToHexStringLower(SHA256.HashData([.. sentinel.Utf8, .. defender.Utf8, .. functions.Utf8])));
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

    /// <summary>A workspace's function that is Microsoft's, or null: ASIM's parsers, also those that somebody has to deploy first.</summary>
    public KqlFunction? FindFunction(string name) => _functions.Find(name);

    /// <summary>The tables that such a function reads, in ordinal order.</summary>
    public ImmutableArray<string> TablesOf(string function) => _functions.TablesOf(function);

    /// <summary>Schemas of ASIM for which a parser of a source can be written.</summary>
    public ImmutableArray<AsimSchema> AsimSchemas => _functions.Schemas;

    /// <summary>The columns of a table that is not Microsoft's and those that every table of a workspace has.</summary>
    public ImmutableArray<Column> WithStandard(ImmutableArray<Column> columns) => _sentinel.WithStandard(columns);
}
