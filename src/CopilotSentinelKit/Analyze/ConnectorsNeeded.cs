using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Analyze;

/// <summary>The data connectors that content needs, by the tables that its queries read.</summary>
internal static class ConnectorsNeeded
{
    /// <summary>The connectors of some tables, in ordinal order; tables of no known connector (custom tables, watchlists) need none.</summary>
    /// <param name="tables">Tables that are read.</param>
    /// <param name="sources">Sources of the mapping: what they say of their table goes first.</param>
    public static ImmutableArray<RequiredConnector> For(IEnumerable<string> tables, ImmutableArray<SourceSpec> sources) =>
    [
        .. from table in tables.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
           let connector = sources.FirstOrDefault(source => source.Table.Value == table) is { } source
               ? source.Connector?.Value
               : Connectors.Of(table).FirstOrDefault()
           where connector is not null
           group table by connector into tablesOfConnector
           orderby tablesOfConnector.Key
           select new RequiredConnector(tablesOfConnector.Key, [.. tablesOfConnector]),
    ];
}
