using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Testing;

/// <summary>What the query of a test file can name: Microsoft's tables, what project and repository declare, and what its tests bring along.</summary>
internal sealed class ContentTestSchema(ResolvedPack pack, TableCatalog catalog, ContentIndex index, EventFiles files)
{
    /// <summary>The schema; the parsers of the repository come on top of it.</summary>
    public KqlSchema Of(TestFileSpec file)
    {
        var declared = WorkspaceSchema.With(WorkspaceSchema.Of(pack, catalog), index.TablesAndWatchlists);
        ImmutableArray<KqlFunction> stubs = [.. file.Tests.SelectMany(test => test.Functions).GroupBy(function => function.Name.Value, StringComparer.Ordinal).Select(Stub)];
        return declared with
        {
            Tables = [.. file.Tests.SelectMany(test => test.Tables).Where(table => !table.Columns.IsEmpty).GroupBy(table => table.Name.Value, StringComparer.Ordinal).Select(tables => Table(declared, tables)), .. declared.Tables],
            Functions = [.. stubs.Concat(pack.Workspace.Functions).DistinctBy(function => function.Name)],
            Watchlists =
            [
                .. declared.Watchlists,
                .. file.Tests.SelectMany(test => test.Watchlists).Where(list => declared.Watchlists.All(known => known.Alias != list.Name.Value))
                    .GroupBy(list => list.Name.Value, StringComparer.Ordinal).Select(Watchlist),
            ],
        };
    }

    private static KqlTable Table(KqlSchema declared, IGrouping<string, TestTableSpec> tables)
    {
        var known = declared.Tables.FirstOrDefault(table => table.Name == tables.Key)?.Columns ?? declared.Catalog.Find(tables.Key) ?? [];
        return new(tables.Key, [.. known.Concat(tables.SelectMany(table => table.Columns)).DistinctBy(column => column.Name)]);
    }

    // Sentinel stores the columns of a watchlist as texts.
    private KqlWatchlist Watchlist(IGrouping<string, TestTableSpec> lists) =>
        new(lists.Key, [.. lists.SelectMany(list => Rows(list)).SelectMany(row => row.Cells).Select(cell => cell.Column.Value).Distinct(StringComparer.Ordinal).Select(name => new Column(name, "string"))]);

    // Of a function of Microsoft's it is known what it takes and returns; a parser of ASIM may keep more columns of its source.
    private KqlFunction Stub(IGrouping<string, TestTableSpec> given)
    {
        var known = catalog.FindFunction(given.Key);
        var columns = given.SelectMany(function => function.Columns).DistinctBy(column => column.Name).ToImmutableArray();
        var parameters = given.SelectMany(function => function.Parameters).DistinctBy(parameter => parameter.Name).ToImmutableArray();
        return new(
            given.Key,
            [.. (parameters.IsEmpty ? known?.Parameters.Select(parameter => new Column(parameter.Name, parameter.Type)) ?? [] : parameters).Select(parameter => new FunctionParameter(parameter.Name, parameter.Type, KqlDefault.Null(parameter.Type)))],
            columns.IsEmpty ? [.. (known?.Columns ?? []).Concat(Inferred([.. given.SelectMany(function => Rows(function))])).DistinctBy(column => column.Name)] : columns);
    }

    // A column whose values are of several types is dynamic.
    private static ImmutableArray<Column> Inferred(ImmutableArray<WrittenRow> rows) =>
    [
        .. from cell in rows.SelectMany(row => row.Cells)
           group cell.Value.Value by cell.Column.Value into column
           let types = column.Where(value => !value.IsNull).Select(TypeOf).Distinct(StringComparer.Ordinal).ToList()
           select new Column(column.Key, types.Count == 0 ? "string" : types is [var single] ? single : types.All(type => type is "long" or "real") ? "real" : "dynamic"),
    ];

    private static string TypeOf(Value value) => value.Kind switch
    {
        ValueKind.String => "string",
        ValueKind.Bool => "bool",
        ValueKind.Long => "long",
        ValueKind.Real => "real",
        _ => "dynamic",
    };

    private ImmutableArray<WrittenRow> Rows(TestTableSpec given) => given.File is not { } path ? [.. given.Rows.Select(WrittenRow.Of)]
        : files.Read(path) is { } file ? WrittenRow.ReadAll(file, "", [])
        : [];
}
