
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Backtest;

/// <summary>Where a query reads ingestion_time() when tables have it in a column, and where that column must go away again so that nothing
/// else of the query sees it.</summary>
internal sealed class IngestionPlan
{
    /// <summary>The column.</summary>
    public const string Column = "CskIngestionTime";

    // What passes all columns on and looks at none that it does not name.
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "FilterOperator", "ExtendOperator", "SortOperator", "TakeOperator", "TopOperator", "SerializeOperator", "MvExpandOperator", "ParseOperator", "ParseWhereOperator",
        "ProjectAwayOperator", "ProjectRenameOperator",
    };

    // What gives only columns that it names.
    private static readonly HashSet<string> Naming = new(StringComparer.Ordinal) { "ProjectOperator", "SummarizeOperator", "DistinctOperator" };

    private readonly Dictionary<SyntaxNode, SyntaxNode> _lastReaders = [];

    /// <summary>Whether rows of this table must bring the column along.</summary>
    public bool Needs(SyntaxNode table) => _lastReaders.ContainsKey(table);

    /// <summary>The operators after which the column must go.</summary>
    public IEnumerable<SyntaxNode> Ends => _lastReaders.Values.Where(step => !Naming.Contains(step.Kind));

    /// <summary>The plan of a query.</summary>
    /// <exception cref="NotSendableException">A call is too far from its table.</exception>
    public static IngestionPlan Of(KqlText text)
    {
        var plan = new IngestionPlan();
        var tables = text.References.Where(reference => reference.Kind == ReferenceKind.Table).Select(reference => reference.Node).ToHashSet();
        foreach (var call in text.References.Where(reference => reference.Kind == ReferenceKind.IngestionTime).Select(reference => reference.Node))
        {
            var step = call.Ancestors().FirstOrDefault(node => node.Kind == "FunctionDeclaration" || (node.Role == "Operator" && node.Parent?.Kind == "PipeExpression"));
            if (step is null || step.Kind == "FunctionDeclaration" || IsUnnamed(call) || SourceOf(step, tables) is not { } source)
            {
                throw text.Fault(call, RemoteFindings.IngestionTimeOutOfReach);
            }

            if (!plan._lastReaders.TryGetValue(source, out var last) || last.End < step.End)
            {
                plan._lastReaders[source] = step;
            }
        }

        return plan;
    }

    /// <summary>The table that an operator reads, with nothing on the way that could tell that it has one column more.</summary>
    private static SyntaxNode? SourceOf(SyntaxNode step, HashSet<SyntaxNode> tables)
    {
        if ((!Passing.Contains(step.Kind) && !Naming.Contains(step.Kind)) || SeesAll(step))
        {
            return null;
        }

        var node = step.Parent!["Expression"]!.Unwrapped();
        while (node.Kind == "PipeExpression" && node["Operator"] is { } before && Passing.Contains(before.Kind) && !SeesAll(before))
        {
            node = node["Expression"]!.Unwrapped();
        }

        return tables.Contains(node) ? node : null;
    }

    private static bool SeesAll(SyntaxNode step) => step.SelfAndDescendants().Any(node =>
        node.Kind is "StarExpression" or "WildcardedName" || node.IsCall("pack_all", "bag_pack_columns"));

    // A column without a name would get another name than $IngestionTime.
    private static bool IsUnnamed(SyntaxNode call) => call.Parent is { Kind: "SeparatedElement" } element && element.Parent?.Parent?.Kind != "ExpressionList";
}
