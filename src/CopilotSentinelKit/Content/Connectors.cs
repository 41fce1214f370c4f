using System.Collections.Immutable;

namespace CopilotSentinelKit.Content;

/// <summary>Which data connector fills a table of Microsoft's (connector ids as the Azure-Sentinel repository's own content uses them).</summary>
public static class Connectors
{
    private static readonly Lazy<ImmutableArray<(string Id, ImmutableArray<string> Tables)>> Known = new(() =>
        [.. KitData.ReadRows("connectors.tsv").Select(row => (row[0], row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray()))]);

    private static readonly Lazy<ILookup<string, string>> ByTable = new(() =>
        Known.Value.SelectMany(connector => connector.Tables.Select(table => (Table: table, connector.Id)))
            .ToLookup(entry => entry.Table, entry => entry.Id, StringComparer.Ordinal));

    /// <summary>Ids of all connectors that are known.</summary>
    public static IEnumerable<string> Ids => Known.Value.Select(connector => connector.Id);

    /// <summary>Connectors that fill a table, the usual one first; none when it is not known which.</summary>
    public static IEnumerable<string> Of(string table) => ByTable.Value[table];
}
