using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to a watchlist.</summary>
public static class WatchlistReader
{
    /// <summary>The watchlist, or null when the file is no map. What is missing or wrong is a finding and stands as its default.</summary>
    public static WatchlistSpec? Read(YamlValue root, ICollection<Finding> findings)
    {
        if (ShapeCheck.Check(root, WatchlistShape.Shape, findings) is not { } map)
        {
            return null;
        }

        var keys = new SpecMap(map);
        return new()
        {
            Span = keys.File,
            Alias = keys.Text("alias") ?? keys.FallbackId,
            Override = keys.Flag("override"),
            Version = keys.Text("version") ?? new("0.0.0", keys.Place),
            Name = keys.TextOrEmpty("name"),
            Description = keys.TextOrEmpty("description"),
            SearchKey = keys.TextOrEmpty("searchKey"),
            Columns = [.. keys.NamedTexts("columns").Select(MappingReader.ReadColumn)],
            Rows = [.. keys.Maps("rows").Select(row => row.AllTexts().ToImmutableArray())],
            Examples = [.. keys.Maps("examples").Select(row => row.AllTexts().ToImmutableArray())],
        };
    }
}
