using CopilotSentinelKit.Kql.Evaluate.Plugins;
using static CopilotSentinelKit.Kql.Evaluate.Operators.TableOperator;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>All tabular operators.</summary>
internal static class TableOperators
{
    public static IReadOnlyList<TableOperator> All { get; } =
    [
        Over("AsOperator", "as", "as Name", Filters.As),
        Over("CountOperator", "count", "count", Filters.Count),
        Over("DistinctOperator", "distinct", "distinct expression, ... or *", Filters.Distinct),
        Over("EvaluateOperator", "evaluate", "plugins, see below; with or without a declared schema", Evaluation.Compile),
        Over("ExtendOperator", "extend", "extend [Name =] expression, ...; window functions after sort or serialize", Projections.Extend),
        Over("FilterOperator", "where", "where predicate", Filters.Where),
        Over("GetSchemaOperator", "getschema", "getschema", Filters.GetSchema),
        Over("InvokeOperator", "invoke", "invoke function(...), of functions that let declares", (context, node, input) => TableCompiler.CompileCall(context, node["Function"]!, input)),
        Over("JoinOperator", "join", "all kinds, on columns or equalities of $left and $right", Joins.Join),
        Over("LookupOperator", "lookup", "kind=leftouter and kind=inner", Joins.Lookup),
        Over("MakeSeriesOperator", "make-series", "from, to, step; default=; by; kind=nonempty with from and to", MakeSeries.Compile),
        Over("MvApplyOperator", "mv-apply", "with_itemindex=, to typeof(), limit, on (subquery)", MultiValues.Apply),
        Over("MvExpandOperator", "mv-expand", "kind=bag and kind=array, with_itemindex=, to typeof(), limit", MultiValues.Expand),
        Over("ParseOperator", "parse", "kind=simple, relaxed and regex; flags i, s and U", Parsing.Parse),
        Over("ParseWhereOperator", "parse-where", "as parse", Parsing.ParseWhere),
        Over("ParseKvOperator", "parse-kv", "delimiters with quote= and escape=, several of each; or regex=", Parsing.ParseKeyValues),
        Over("PartitionOperator", "partition", "partition by column (subquery); at most 64 values unless hint.strategy= says otherwise", MultiValues.Partition),
        new("PrintOperator", "print", "print [Name =] expression, ...", DataTable.Print),
        Over("ProjectAwayOperator", "project-away", "columns and patterns", Projections.Away),
        Over("ProjectKeepOperator", "project-keep", "columns and patterns", Projections.Keep),
        Over("ProjectOperator", "project", "project [Name =] expression, ...", Projections.Project),
        Over("ProjectRenameOperator", "project-rename", "New = Old, ...", Projections.Rename),
        Over("ProjectReorderOperator", "project-reorder", "columns and patterns, asc and desc", Projections.Reorder),
        new("RangeOperator", "range", "of int, long, real, datetime and timespan", DataTable.Range),
        Over("RenderOperator", "render", "changes no rows", Filters.Same),
        Over("SampleDistinctOperator", "sample-distinct", "the first values", Filters.SampleDistinct),
        Over("SerializeOperator", "serialize", "serialize [Name = expression, ...]", Projections.Serialize),
        Over("SortOperator", "sort", "by expression asc or desc, nulls first or last", Sorting.Sort),
        Over("SummarizeOperator", "summarize", "aggregates and expressions over them, by expressions", Summarize.Compile),
        Over("TakeOperator", "take", "the first rows", Sorting.Take),
        Over("TopNestedOperator", "top-nested", "several levels, with others", TopNested.Compile),
        Over("TopOperator", "top", "top N by expression", Sorting.Top),
        Over("ScanOperator", "scan", "declare, with_match_id=, steps with output=all and none, over rows with an order", Scan.Compile),
        new("SearchOperator", "search", "terms with stars, column:term, and, or, predicates; kind=; after rows or in (tables)", Search.Compile),
        new("UnionOperator", "union", "kind=outer and inner, isfuzzy=, withsource=, patterns", Union.Compile),
    ];

    private static readonly Dictionary<string, TableOperator> ByKind = All.ToDictionary(entry => entry.Kind, StringComparer.Ordinal);

    public static TableOperator? Find(string kind) => ByKind.GetValueOrDefault(kind);
}
