using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>What there is to say of a node in numbers: indexes into names and symbols, -1 for none.</summary>
internal readonly record struct SyntaxElement(int Kind, int Role, int Start, int Length, int Symbol, int Type, int Value, int ResultName, bool IsToken);

/// <summary>A bound syntax tree in the flat form that analyzers give and the cache keeps: nine numbers an element, in source order
/// (src/language-host/tree.js says what they are).</summary>
internal sealed class SyntaxTree
{
    private const int Width = 9;

    private readonly SyntaxNode?[] _nodes;

    // Arrays, because several threads may read a tree at once, and only a reference is written whole.
    private readonly SyntaxSymbol[]?[] _columns;
    private int _next;

    private SyntaxTree(string text, ImmutableArray<string> names, ImmutableArray<int[]> symbols, ImmutableArray<int[]> tables, int[] elements)
    {
        (Text, Names, SymbolNumbers, Tables, Elements) = (text, names, symbols, tables, elements);
        _nodes = new SyntaxNode?[elements.Length / Width];
        _columns = new SyntaxSymbol[]?[tables.Length];
        Symbols = [.. symbols.Select(ReadSymbol)];
    }

    public string Text { get; }

    public ImmutableArray<string> Names { get; }

    public ImmutableArray<SyntaxSymbol> Symbols { get; }

    public ImmutableArray<int[]> SymbolNumbers { get; }

    public ImmutableArray<int[]> Tables { get; }

    public int[] Elements { get; }

    /// <summary>The root of the tree that the numbers say.</summary>
    public static SyntaxNode Read(string text, ImmutableArray<string> names, ImmutableArray<int[]> symbols, ImmutableArray<int[]> tables, int[] elements) =>
        new SyntaxTree(text, names, symbols, tables, elements).ReadNode(null);

    public SyntaxNode GetNode(int index) => _nodes[index]!;

    public ImmutableArray<SyntaxSymbol> GetColumns(int table) =>
        ImmutableCollectionsMarshal.AsImmutableArray(_columns[table] ??= [.. Tables[table].Where(symbol => symbol >= 0).Select(symbol => Symbols[symbol])]);

    public bool IsOpen(int table) => Tables[table] is [< 0, ..];

    public ImmutableArray<SyntaxNode> ReadChildren(SyntaxNode parent, int count)
    {
        var children = ImmutableArray.CreateBuilder<SyntaxNode>(count);
        for (var i = 0; i < count; i++)
        {
            children.Add(ReadNode(parent));
        }

        return children.MoveToImmutable();
    }

    private SyntaxNode ReadNode(SyntaxNode? parent)
    {
        var index = _next++;
        var numbers = Elements.AsSpan(index * Width, Width);
        var element = new SyntaxElement(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8] < 0);
        return _nodes[index] = new(this, parent, element, numbers[8]);
    }

    private SyntaxSymbol ReadSymbol(int[] numbers) => new(
        this,
        Names[numbers[0]],
        Names[numbers[1]],
        numbers[2] < 0 ? null : Names[numbers[2]],
        numbers[3] < 0 ? [] : [.. Names[numbers[3]].Split('\t')],
        [.. numbers.AsSpan(4)]);
}
