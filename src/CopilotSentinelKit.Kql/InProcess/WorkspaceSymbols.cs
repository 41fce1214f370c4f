using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using Kusto.Language;
using Kusto.Language.Symbols;
using Kusto.Language.Syntax;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>A schema as Kusto.Language's symbols, built once for all queries; safe to share between threads.</summary>
internal sealed class WorkspaceSymbols
{
    /// <summary>Sentinel's function that reads a watchlist.</summary>
    public const string WatchlistFunction = "_GetWatchlist";

    private readonly HashSet<Symbol> _tables = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Symbol> _functions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ColumnSymbol, string> _owners = new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes the symbols of a schema.</summary>
    /// <exception cref="LanguageServiceException">It names a type that Kusto does not have.</exception>
    public WorkspaceSymbols(KqlSchema schema, IEnumerable<string> texts)
    {
        var tables = QueryTables.Of(schema, texts).Select(table => Own(table.Name, Table(table.Name, table.Columns).WithIsOpen(table.IsOpen))).ToList();
        var functions = QueryTables.FunctionsOf(schema, texts)
            .Select(function => new FunctionSymbol(
                function.Name,
                function.Returns is { } type ? Scalar(type) : (TypeSymbol)Own(function.Name, Table("", function.Columns).WithIsOpen(function.IsOpen)),
                [.. function.Parameters.Select(parameter => Parameter.From(ParameterOf(parameter), isOptional: true))]))
            .ToList();
        _tables.UnionWith(tables);
        _functions.UnionWith(functions);
        Globals = GlobalState.Default.WithDatabase(new DatabaseSymbol("workspace", [.. tables, .. functions, Watchlists(schema.Watchlists)]));
    }

    /// <summary>What queries are bound against.</summary>
    public GlobalState Globals { get; }

    public bool IsTable(Symbol? symbol) => symbol is not null && _tables.Contains(symbol);

    public bool IsFunction(Symbol? symbol) => symbol is not null && _functions.Contains(symbol);

    /// <summary>Adds the "Table.Column" that a column is, also one that a join or union has renamed; each column is looked at once.</summary>
    public void AddOrigins(ColumnSymbol column, ICollection<string> found, HashSet<ColumnSymbol> seen)
    {
        if (_owners.TryGetValue(column, out var owner))
        {
            var origin = $"{owner}.{column.Name}";
            if (!found.Contains(origin))
            {
                found.Add(origin);
            }
        }
        else if (seen.Add(column))
        {
            foreach (var original in column.OriginalColumns)
            {
                AddOrigins(original, found, seen);
            }
        }
    }

    public static ParameterSymbol ParameterOf(Kql.FunctionParameter parameter) => new(parameter.Name, Scalar(parameter.Type));

    // _GetWatchlist returns what the alias declares; of an unknown one only SearchKey is known, and any other column may be there.
    private static FunctionSymbol Watchlists(ImmutableArray<KqlWatchlist> watchlists)
    {
        var byAlias = new Dictionary<string, TableSymbol>(StringComparer.Ordinal);
        foreach (var watchlist in watchlists)
        {
            byAlias[watchlist.Alias] = Table("", watchlist.AllColumns());
        }

        var unknown = Table("", [new("SearchKey", "string")]).WithIsOpen(true);
        return new(
            WatchlistFunction,
            context => context.Arguments is [Expression { ConstantValue: string alias }, ..] && byAlias.TryGetValue(alias, out var known) ? known : unknown,
            Tabularity.Tabular,
            Parameter.From(new ParameterSymbol("watchlistAlias", ScalarTypes.String)));
    }

    private static TableSymbol Table(string name, ImmutableArray<Column> columns) =>
        new(name, columns.Select(column => new ColumnSymbol(column.Name, Scalar(column.Type))));

    // What comes from a table that nobody declared is of the type "unknown", which has no name in KQL.
    private static ScalarSymbol Scalar(string type) =>
        (type == ScalarTypes.Unknown.Name ? ScalarTypes.Unknown : ScalarTypes.GetSymbol(type)) ?? throw LanguageServiceErrors.Refused($"\"{type}\" is no Kusto type.");

    private TableSymbol Own(string name, TableSymbol table)
    {
        foreach (var column in table.Columns)
        {
            _owners[column] = name;
        }

        return table;
    }
}
