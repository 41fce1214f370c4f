using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Analyze;

/// <summary>What a workspace has once a pack is deployed to it, known without rendering a query.</summary>
internal static class WorkspaceSchema
{
    /// <summary>A schema and the tables and watchlists that content brings along; a name of the schema's own stays as it is.</summary>
    public static KqlSchema With(KqlSchema schema, ImmutableArray<ContentItem> items) => schema with
    {
        Tables = [.. schema.Tables.Concat(TablesOf(items).Select(table => Stored(table, schema.Catalog))).DistinctBy(table => table.Name)],
        Watchlists =
        [
            .. schema.Watchlists
                .Concat(items.OfType<Watchlist>()
                    .Where(list => list.Alias.Value.Length > 0)
                    .Select(list => new KqlWatchlist(list.Alias.Value, [.. list.Columns.Select(column => column.Value)])))
                .DistinctBy(list => list.Alias),
        ],
    };

    /// <summary>The tables that content makes: custom ones, and those of summary rules.</summary>
    public static IEnumerable<KqlTable> TablesOf(IEnumerable<ContentItem> items) =>
        items.OfType<CustomTable>().Select(table => table.Table).Concat(items.OfType<SummaryRule>().Where(rule => rule.Table.Value.Length > 0).Select(rule => rule.AsTable));

    /// <summary>Microsoft's tables, the pack's parsers and watchlists, and what its project declares; no more than the tables without a pack.</summary>
    public static KqlSchema Of(ResolvedPack? pack, TableCatalog catalog) => pack is null ? new(catalog, [], [], []) : new(
        catalog,
        [
            .. pack.Mapping.DeclaredTables.Concat(pack.Workspace.Tables).Concat(pack.Summaries.Select(summary => SummaryRule.TableOf(summary.Spec.Table.Value, summary.Spec.Columns)))
                .DistinctBy(table => table.Name).Select(table => Stored(table, catalog)),
        ],
        [
            .. pack.Mapping.Parsers.Select(parser => new KqlFunction(
                parser.Name.Value, ParserGenerator.Parameters(parser, pack.Mapping), [.. ParserGenerator.Columns(parser, pack.Mapping).Select(column => column.Value)])),
            .. pack.Workspace.Functions,
        ],
        [
            .. pack.Watchlists.Select(watchlist => new KqlWatchlist(watchlist.Spec.Alias.Value, [.. watchlist.Spec.Columns.Select(column => column.Value)])),
            .. pack.Workspace.Watchlists,
        ]);

    /// <summary>A declared table as a workspace has it: with the columns that every table there gets.</summary>
    public static KqlTable Stored(KqlTable table, TableCatalog catalog) => table with { Columns = catalog.WithStandard(table.Columns) };
}
