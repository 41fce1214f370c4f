using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>What this assembly knows of Sentinel in data files: see <see cref="DataFile"/>.</summary>
internal static class KitData
{
    /// <summary>Microsoft's tables and functions, from the *.tables files and asim.tsv; columns are parsed when first asked for.</summary>
    public static TableCatalog LoadTables() => new(
        new(Read("log-analytics.tables"), Read("log-analytics-more.tables")),
        new(Read("defender-xdr.tables"), Read("defender-xdr-more.tables")),
        new(Read("asim.tsv")));

    /// <summary>A data file as it is.</summary>
    public static byte[] Read(string name) => DataFile.Read(typeof(KitData).Assembly, name);

    /// <summary>The lines of a data file, each parted at its tabs, without comments.</summary>
    public static ImmutableArray<string[]> ReadRows(string name) => DataFile.ReadRows(typeof(KitData).Assembly, name);
}
