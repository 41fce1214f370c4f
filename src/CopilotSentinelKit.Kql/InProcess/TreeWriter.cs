using System.Collections.Immutable;
using System.Globalization;
using Kusto.Language;
using Kusto.Language.Symbols;
using Kusto.Language.Syntax;
using KustoElement = Kusto.Language.Syntax.SyntaxElement;
using KustoNode = Kusto.Language.Syntax.SyntaxNode;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>Turns Kusto.Language's tree into the kit's own, number for number as src/language-host/tree.js does.</summary>
internal sealed class TreeWriter
{
    private const int Width = 9;

    // By number: asking an enumeration for a name takes longer than all else that is done with a token.
    private static readonly string[] Kinds = [.. Enumerable.Range(0, Enum.GetValues<SyntaxKind>().Max(kind => (int)kind) + 1).Select(number => ((SyntaxKind)number).ToString())];

    private readonly WorkspaceSymbols _workspace;
    private readonly List<int> _elements = [];
    private readonly Dictionary<KustoElement, int> _positions = new(ReferenceEqualityComparer.Instance);
    private readonly Numbering<string> _names = new(StringComparer.Ordinal);
    private readonly Numbering<Symbol> _symbols = new(ReferenceEqualityComparer.Instance);
    private readonly Numbering<TableSymbol> _tables = new(ReferenceEqualityComparer.Instance);
    private readonly List<int[]> _tableColumns = [];

    private TreeWriter(WorkspaceSymbols workspace) => _workspace = workspace;

    public static Kql.SyntaxNode Write(string text, KustoNode root, WorkspaceSymbols workspace)
    {
        var writer = new TreeWriter(workspace);
        writer.Write(root, "");
        ImmutableArray<int[]> symbols = [.. writer._symbols.All.Select(writer.Describe)];
        return Kql.SyntaxTree.Read(text, [.. writer._names.All], symbols, [.. writer._tableColumns], [.. writer._elements]);
    }

    private void Write(KustoElement element, string role)
    {
        var node = element as KustoNode;
        _positions[element] = _elements.Count / Width;
        _elements.Add(_names.IndexOf(Kinds[(int)element.Kind]));
        _elements.Add(_names.IndexOf(role));
        _elements.Add(element.TextStart);
        _elements.Add(element.Width);
        _elements.Add(_symbols.IndexOf(node?.ReferencedSymbol));
        _elements.Add(TypeOf((node as Expression)?.ResultType));
        _elements.Add(ConstantOf(node as Expression));
        _elements.Add(_names.IndexOf(node is FunctionCallExpression call ? KustoFacts.GetExpressionResultName(call, null, null) : null));
        _elements.Add(-1);
        if (node is null)
        {
            return;
        }

        var count = _elements.Count - 1;
        _elements[count] = 0;
        for (var i = 0; i < node.ChildCount; i++)
        {
            if (node.GetChild(i) is { } child)
            {
                _elements[count]++;
                Write(child, node.GetName(i) ?? "");
            }
        }
    }

    private int TypeOf(TypeSymbol? type) => type switch
    {
        TableSymbol table => -2 - TableOf(table),
        ScalarSymbol => _names.IndexOf(type.Name),
        _ => -1,
    };

    private int TableOf(TableSymbol table)
    {
        var index = _tables.IndexOf(table);
        if (index == _tableColumns.Count)
        {
            _tableColumns.Add([.. table.IsOpen ? [-1] : Array.Empty<int>(), .. table.Columns.Select(_symbols.IndexOf)]);
        }

        return index;
    }

    private int ConstantOf(Expression? expression)
    {
        if (expression is not { IsConstant: true } || expression.ConstantValueInfo is not { Value: not null } info)
        {
            return -1;
        }

        return _names.IndexOf(expression.ResultType?.Name is "string" or "timespan"
            ? Convert.ToString(info.Value, CultureInfo.InvariantCulture)
            : info.ValueText);
    }

    private int[] Describe(Symbol symbol)
    {
        var origins = new List<string>();
        if (symbol is ColumnSymbol column)
        {
            _workspace.AddOrigins(column, origins, new(ReferenceEqualityComparer.Instance));
        }

        var type = symbol switch
        {
            ColumnSymbol named => named.Type,
            VariableSymbol variable => variable.Type,
            ParameterSymbol parameter => parameter.Type,
            _ => null,
        };
        var sources = new List<int>();
        AddSources(symbol, sources, new(ReferenceEqualityComparer.Instance));
        return
        [
            _names.IndexOf(symbol.Kind.ToString()), _names.IndexOf(symbol.Name),
            type is ScalarSymbol ? _names.IndexOf(type.Name) : -1,
            origins.Count > 0 ? _names.IndexOf(string.Join('\t', origins)) : -1,
            .. sources.Distinct(),
        ];
    }

    // A source may lie in a function's expansion, which is no part of this tree. A column of a union has one original a table, and each may
    // have its own: every symbol is looked at once.
    private void AddSources(Symbol symbol, List<int> found, HashSet<Symbol> seen)
    {
        if (!seen.Add(symbol))
        {
            return;
        }

        AddPosition((symbol as ColumnSymbol)?.Source ?? (symbol as VariableSymbol)?.Source, found);
        AddPosition(symbol is FunctionSymbol { Signatures: [var signature, ..] } ? signature.Declaration : null, found);
        foreach (var original in (symbol as ColumnSymbol)?.OriginalColumns ?? [])
        {
            AddSources(original, found, seen);
        }
    }

    private void AddPosition(KustoNode? node, List<int> found)
    {
        if (node is not null && _positions.TryGetValue(node, out var position))
        {
            found.Add(position);
        }
    }

    /// <summary>Gives every distinct thing a number, in the order in which they are first met; null is -1.</summary>
    private sealed class Numbering<T>(IEqualityComparer<T> comparer)
        where T : class
    {
        private readonly Dictionary<T, int> _indexes = new(comparer);

        public List<T> All { get; } = [];

        public int IndexOf(T? thing)
        {
            if (thing is null)
            {
                return -1;
            }

            if (!_indexes.TryGetValue(thing, out var index))
            {
                index = All.Count;
                _indexes.Add(thing, index);
                All.Add(thing);
            }

            return index;
        }
    }
}
