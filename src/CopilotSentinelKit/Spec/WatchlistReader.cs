using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
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
        var columns = keys.NamedTexts("columns").Select(MappingReader.ReadColumn).ToImmutableArray();
        return new()
        {
            Span = keys.File,
            Alias = keys.Text("alias") ?? keys.FallbackId,
            Override = keys.Flag("override"),
            Version = keys.Text("version") ?? new("0.0.0", keys.Place),
            Name = keys.TextOrEmpty("name"),
            Description = keys.TextOrEmpty("description"),
            SearchKey = keys.TextOrEmpty("searchKey"),
            Columns = columns,
            Rows = Rows(keys, "rows", columns, findings),
            Examples = Rows(keys, "examples", columns, findings),
        };
    }

    // A value under a name that is no column would be lost, and the column that was meant be empty.
    private static ImmutableArray<ImmutableArray<(Spanned<string> Column, Spanned<string> Value)>> Rows(
        SpecMap keys, string key, ImmutableArray<Spanned<Column>> columns, ICollection<Finding> findings)
    {
        var names = columns.Select(column => column.Value.Name).ToImmutableArray();
        var rows = keys.Maps(key).Select(row => row.AllTexts().ToImmutableArray()).ToImmutableArray();
        foreach (var (name, _) in rows.SelectMany(row => row).Where(cell => !names.IsEmpty && !names.Contains(cell.Key.Value)))
        {
            findings.Add(WatchlistFindings.UndeclaredColumn(name.Span, name.Value, names));
        }

        return rows;
    }
}
