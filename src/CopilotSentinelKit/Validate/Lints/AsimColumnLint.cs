using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Columns of ASIM's parsers that are nearly those of the schema. A parser may keep columns of its source, so that Kusto.Language takes
/// any name; one that is a slip of the pen away from a column of the schema is that column misspelt.</summary>
internal static class AsimColumnLint
{
    private const int Shortest = 6;

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        var catalog = query.Context.Schema.Catalog;
        var parsers = query.Analysis.Functions.Select(name => (Name: name, Function: catalog.FindFunction(name))).Where(parser => parser.Function is { Columns.IsEmpty: false }).ToList();
        if (parsers.Count == 0 || !query.Analysis.UnknownNames.IsEmpty || !query.Analysis.Watchlists.IsEmpty)
        {
            yield break;
        }

        var schema = parsers.SelectMany(parser => parser.Function!.Columns).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var ofSources = query.Analysis.Tables.Concat(parsers.SelectMany(parser => catalog.TablesOf(parser.Name)))
            .SelectMany(table => catalog.Find(table) ?? []).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in query.OfKind("NameReference"))
        {
            if (node.Symbol is { Kind: "Column", Origins.IsEmpty: true, Type: null or "unknown" } column && !column.Sources.Any()
                && column.Name.Length >= Shortest && !schema.Contains(column.Name) && !ofSources.Contains(column.Name) && !IsMade(query, column.Name)
                && Nearest.Find(column.Name, schema.Where(name => IsSlip(column.Name, name))) is { } near && seen.Add(column.Name))
            {
                yield return MeaningFindings.AsimColumn(query.At(node), column.Name, near, parsers[0].Name);
            }
        }
    }

    // Names that the query gives itself, where the tree does not say so: extend, project, parse, mv-expand.
    private static bool IsMade(LintedQuery query, string name) => query.OfKind("NameDeclaration").Any(declaration => declaration.Source == name);

    // One letter more, less or other, or two that changed places.
    private static bool IsSlip(string name, string known)
    {
        var start = 0;
        var shorter = Math.Min(name.Length, known.Length);
        while (start < shorter && name[start] == known[start])
        {
            start++;
        }

        var end = 0;
        while (end < shorter - start && name[^(end + 1)] == known[^(end + 1)])
        {
            end++;
        }

        var (left, right) = (name[start..^end], known[start..^end]);
        return (left.Length <= 1 && right.Length <= 1 && !(left + right).Any(char.IsAsciiDigit))
            || left.Equals(right, StringComparison.OrdinalIgnoreCase)
            || (left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0]);
    }
}
