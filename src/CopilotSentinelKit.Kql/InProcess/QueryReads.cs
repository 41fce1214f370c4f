using System.Collections.Immutable;
using Kusto.Language.Symbols;
using Kusto.Language.Syntax;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>What a bound query reads of the workspace, each list in ordinal order.</summary>
internal sealed class QueryReads
{
    private readonly WorkspaceSymbols _workspace;
    private readonly SortedSet<string> _tables = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _functions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _watchlists = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<ColumnSymbol> _seen = new(ReferenceEqualityComparer.Instance);

    private QueryReads(WorkspaceSymbols workspace) => _workspace = workspace;

    public ImmutableArray<string> Tables => [.. _tables];

    public ImmutableArray<string> Functions => [.. _functions];

    public ImmutableArray<string> Watchlists => [.. _watchlists];

    public ImmutableArray<string> Columns => [.. _columns];

    public static QueryReads Of(SyntaxNode root, WorkspaceSymbols workspace)
    {
        var reads = new QueryReads(workspace);
        SyntaxElement.WalkNodes(root, reads.Visit);
        return reads;
    }

    private void Visit(SyntaxNode node)
    {
        Note(node.ReferencedSymbol);
        if (node is not FunctionCallExpression call)
        {
            return;
        }

        // table("SigninLogs") refers to the function, and results in the table.
        if (_workspace.IsTable(call.ResultType))
        {
            _tables.Add(call.ResultType.Name);
        }

        if (call.Name.SimpleName == WorkspaceSymbols.WatchlistFunction
            && call.ArgumentList.Expressions.Count > 0
            && call.ArgumentList.Expressions[0].Element is { IsLiteral: true, LiteralValue: string alias })
        {
            _watchlists.Add(alias);
        }
    }

    private void Note(Symbol? symbol)
    {
        switch (symbol)
        {
            case TableSymbol when _workspace.IsTable(symbol):
                _tables.Add(symbol.Name);
                break;
            case FunctionSymbol when _workspace.IsFunction(symbol):
                _functions.Add(symbol.Name);
                break;
            case ColumnSymbol column:
                _workspace.AddOrigins(column, _columns, _seen);
                break;
            case GroupSymbol group:
                foreach (var member in group.Members)
                {
                    Note(member);
                }

                break;
        }
    }
}
