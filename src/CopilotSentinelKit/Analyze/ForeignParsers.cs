using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Analyze;

/// <summary>Parsers of a run that other content can call. Of two with one name the first counts.</summary>
/// <param name="catalog">Microsoft's functions.</param>
internal sealed class ForeignParsers(TableCatalog catalog)
{
    private readonly Dictionary<string, KqlFunction> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableHashSet<string>> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>Names of parsers whose columns are not known: not yet analysed, wrong, or over tables that nobody knows.</summary>
    public IReadOnlySet<string> OfUnknownColumns => _unknown;

    /// <summary>Makes the names known before anything is analysed, so that parsers may call each other in a circle.</summary>
    public void Announce(IEnumerable<ParserFunction> parsers) => _unknown.UnionWith(parsers.Select(parser => parser.Alias));

    /// <summary>Takes what is known of a parser after its analysis.</summary>
    public void Add(ParserFunction parser, KqlAnalysis analysis)
    {
        if (_tables.ContainsKey(parser.Alias))
        {
            return;
        }

        _tables.Add(parser.Alias, [.. TablesOf(analysis)]);
        if (analysis is { IsOpen: false, Columns: { } columns } && !analysis.HasErrors() && analysis.UnknownNames.IsEmpty)
        {
            _unknown.Remove(parser.Alias);
            _functions.Add(parser.Alias, new(parser.Alias, parser.Parameters, columns) { IsNamedByFile = parser.Origin == ContentOrigin.Kql });
        }
    }

    /// <summary>The schema with the parsers whose columns are known; they hide functions of the same name.</summary>
    public KqlSchema AddTo(KqlSchema schema) => _functions.Count == 0 && _unknown.Count == 0 ? schema : schema with
    {
        Functions =
        [
            .. schema.Functions.Where(function => !_functions.ContainsKey(function.Name) && !_unknown.Contains(function.Name)),
            .. _unknown.Order(StringComparer.Ordinal).Select(catalog.FindFunction).OfType<KqlFunction>(),
            .. _functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal),
        ],
    };

    /// <summary>Tables that a query reads, through parsers too.</summary>
    public IEnumerable<string> TablesOf(KqlAnalysis analysis) =>
        analysis.Tables.Concat(analysis.Functions.SelectMany(function => _tables.GetValueOrDefault(function) ?? [])).Distinct(StringComparer.Ordinal);
}
