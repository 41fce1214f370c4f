using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Analyze;

/// <summary>Counts how often a run of a query reads each table: once for each place that names it, times the calls of the functions around the place.
/// What a let variable stands for is read wherever it is named, unless it is materialized or a scalar.</summary>
/// <param name="functions">The trees of the workspace's functions, by name.</param>
/// <param name="catalog">Microsoft's functions.</param>
internal sealed class TableReads(ImmutableDictionary<string, SyntaxNode> functions, TableCatalog catalog)
{
    private readonly Dictionary<string, ImmutableSortedDictionary<string, int>> _ofFunctions = new(StringComparer.Ordinal);

    /// <summary>Tables and how often they are read, in ordinal order of their names.</summary>
    public ImmutableSortedDictionary<string, int> Of(SyntaxNode root)
    {
        var reads = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        var once = new HashSet<SyntaxNode>();
        Visit(root);
        return reads.ToImmutable();

        void Visit(SyntaxNode node)
        {
            if (node.Kind == "LetStatement")
            {
                return;
            }

            if (node.Symbol is { } symbol && node.Kind is "NameReference" or "NameDeclaration")
            {
                Note(node, symbol);
            }

            foreach (var child in node.Children)
            {
                Visit(child);
            }
        }

        void Note(SyntaxNode node, SyntaxSymbol symbol)
        {
            switch (symbol.Kind)
            {
                case "Table":
                    Add(symbol.Name, 1);
                    break;
                case "Variable" when node.Kind == "NameReference" && symbol.Sources.FirstOrDefault() is { } source:
                    if (!(source.ResultType != "table" || source.Unwrapped() is { Kind: "MaterializeExpression" } || source.Unwrapped().IsCall("materialize")) || once.Add(source))
                    {
                        Visit(source);
                    }

                    break;
                case "Function" when symbol.Sources.FirstOrDefault() is { } declaration:
                    Visit(declaration);
                    break;
                case "Function":
                    foreach (var (table, count) in OfFunction(symbol.Name))
                    {
                        Add(table, count);
                    }

                    break;
            }
        }

        void Add(string table, int count) => reads[table] = reads.GetValueOrDefault(table) + count;
    }

    private ImmutableSortedDictionary<string, int> OfFunction(string name)
    {
        if (!_ofFunctions.TryGetValue(name, out var reads))
        {
            // A function cannot call itself; the entry keeps one that claims to from being followed.
            _ofFunctions[name] = reads = ImmutableSortedDictionary<string, int>.Empty;
            reads = functions.TryGetValue(name, out var body) ? Of(body) : catalog.TablesOf(name).ToImmutableSortedDictionary(table => table, _ => 1, StringComparer.Ordinal);
            _ofFunctions[name] = reads;
        }

        return reads;
    }
}
