using System.Collections.Immutable;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Content;

/// <summary>Which data connector fills a table: the mapping's sources say it of theirs, and the kit's own list of Microsoft's tables
/// (connector ids as the Azure-Sentinel repository's own content uses them).</summary>
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

    /// <summary>The connectors of some tables, in ordinal order; tables of no known connector (custom tables, watchlists) need none.</summary>
    public static ImmutableArray<RequiredConnector> For(IEnumerable<string> tables, ImmutableArray<SourceSpec> sources) =>
    [
        .. from table in tables.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
           let connector = sources.FirstOrDefault(source => source.Table.Value == table) is { } source
               ? source.Connector?.Value
               : Of(table).FirstOrDefault()
           where connector is not null
           group table by connector into tablesOfConnector
           orderby tablesOfConnector.Key
           select new RequiredConnector(tablesOfConnector.Key, [.. tablesOfConnector]),
    ];
}
