using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>A node or token of a bound syntax tree, with Kusto.Language's own names.</summary>
public sealed class SyntaxNode
{
    private readonly SyntaxTree _tree;
    private readonly SyntaxElement _element;

    internal SyntaxNode(SyntaxTree tree, SyntaxNode? parent, SyntaxElement element, int childCount)
    {
        (_tree, Parent, _element) = (tree, parent, element);
        Children = childCount <= 0 ? [] : tree.ReadChildren(this, childCount);
    }

    /// <summary>SyntaxKind, such as FilterOperator or IdentifierToken.</summary>
    public string Kind => _tree.Names[_element.Kind];

    /// <summary>Its name in its parent (Condition, Left); empty in lists.</summary>
    public string Role => _tree.Names[_element.Role];

    /// <summary>Offset of its first character in the KQL, without leading white space.</summary>
    public int Start => _element.Start;

    /// <summary>Its length, without leading white space.</summary>
    public int Length => _element.Length;

    /// <summary>The offset after its last character.</summary>
    public int End => Start + Length;

    /// <summary>A token's text; null for a node.</summary>
    public string? Text => _element.IsToken ? Source : null;

    /// <summary>The KQL that it was read from.</summary>
    public string Source => _tree.Text.Substring(Start, Length);

    /// <summary>What it refers to, or null. The same thing is the same object wherever it is named.</summary>
    public SyntaxSymbol? Symbol => _element.Symbol < 0 ? null : _tree.Symbols[_element.Symbol];

    /// <summary>A scalar type's name, "table" for tabular results, or null.</summary>
    public string? ResultType => _element.Type switch
    {
        -1 => null,
        < -1 => "table",
        var name => _tree.Names[name],
    };

    /// <summary>The columns of a tabular result, in order; null for anything else.</summary>
    public ImmutableArray<SyntaxSymbol>? Columns => _element.Type < -1 ? _tree.GetColumns(-2 - _element.Type) : null;

    /// <summary>Whether a tabular result may have columns beside <see cref="Columns"/>: it comes from a table or plugin whose columns nobody knows.</summary>
    public bool IsOpen => _element.Type < -1 && _tree.IsOpen(-2 - _element.Type);

    /// <summary>The value of a constant expression, also of a variable that stands for one, or null: a string's own text, a timespan as
    /// [d.]hh:mm:ss[.fffffff], anything else as it was written.</summary>
    public string? Value => _element.Value < 0 ? null : _tree.Names[_element.Value];

    /// <summary>The name that KQL gives to a column with an unnamed call, such as count_; null for other nodes and where it gives none.</summary>
    public string? ResultName => _element.ResultName < 0 ? null : _tree.Names[_element.ResultName];

    /// <summary>Nodes and tokens in source order; missing optional children are left out.</summary>
    public ImmutableArray<SyntaxNode> Children { get; }

    /// <summary>What it is a child of; null for the root.</summary>
    public SyntaxNode? Parent { get; }

    /// <summary>The child of a role, or null when it was left out.</summary>
    public SyntaxNode? this[string role]
    {
        get
        {
            foreach (var child in Children)
            {
                if (child.Role == role)
                {
                    return child;
                }
            }

            return null;
        }
    }

    internal SyntaxTree Tree => _tree;

    /// <summary>This node and all below it, in source order.</summary>
    public IEnumerable<SyntaxNode> SelfAndDescendants()
    {
        var waiting = new Stack<SyntaxNode>();
        waiting.Push(this);
        while (waiting.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Length - 1; i >= 0; i--)
            {
                waiting.Push(node.Children[i]);
            }
        }
    }

    /// <summary>Its parent, that one's parent, and so on up to the root.</summary>
    public IEnumerable<SyntaxNode> Ancestors()
    {
        for (var node = Parent; node is not null; node = node.Parent)
        {
            yield return node;
        }
    }
}

/// <summary>What nodes are bound to.</summary>
public sealed class SyntaxSymbol
{
    private readonly SyntaxTree _tree;
    private readonly ImmutableArray<int> _sources;

    internal SyntaxSymbol(SyntaxTree tree, string kind, string name, string? type, ImmutableArray<string> origins, ImmutableArray<int> sources)
    {
        (_tree, _sources) = (tree, sources);
        (Kind, Name, Type, Origins) = (kind, name, type, origins);
    }

    /// <summary>SymbolKind: Column, Table, Function, Variable, Parameter, Operator, ...</summary>
    public string Kind { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The scalar type of a column, variable or parameter; null for others.</summary>
    public string? Type { get; }

    /// <summary>The columns of tables, functions and watchlists that a column is, as "Table.Column", also after a rename, join or union;
    /// empty for one that the query computes.</summary>
    public ImmutableArray<string> Origins { get; }

    /// <summary>The expressions of this query whose value a column or variable has, and the declaration of a function.</summary>
    public IEnumerable<SyntaxNode> Sources => _sources.Select(_tree.GetNode);
}
