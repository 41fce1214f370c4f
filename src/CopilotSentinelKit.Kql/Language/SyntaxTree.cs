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
    /// <exception cref="FormatException">They say no tree of that text.</exception>
    public static SyntaxNode Read(string text, ImmutableArray<string> names, ImmutableArray<int[]> symbols, ImmutableArray<int[]> tables, int[] elements)
    {
        try
        {
            var tree = new SyntaxTree(text, names, symbols, tables, elements);
            var root = tree.ReadNode(null);
            return tree.IsSound() ? root : throw new FormatException();
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentException)
        {
            throw new FormatException("The numbers say no syntax tree.", fault);
        }
    }

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

    // Numbers are looked up as they are asked for, long after the tree was read.
    private bool IsSound()
    {
        for (var i = 0; i < _next; i++)
        {
            var element = Elements.AsSpan(i * Width, Width);
            if (!(Has(Names.Length, element[0]) && Has(Names.Length, element[1])
                && element[2] >= 0 && element[3] >= 0 && element[2] <= Text.Length - element[3]
                && element[4] < Symbols.Length && (element[5] < -1 ? Has(Tables.Length, -2 - element[5]) : element[5] < Names.Length)
                && element[6] < Names.Length && element[7] < Names.Length))
            {
                return false;
            }
        }

        return _next == _nodes.Length
            && Tables.All(table => Array.TrueForAll(table, symbol => symbol < Symbols.Length))
            && SymbolNumbers.All(symbol => symbol.Skip(4).All(node => Has(_next, node)));

        static bool Has(int count, int index) => index >= 0 && index < count;
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
