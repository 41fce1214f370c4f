using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Which tables and functions an analyzer needs: the schema's own, and of the catalog's hundreds those whose names occur in the queries. A symbol
/// for each column of each would cost more than the analysis of a query.</summary>
internal static partial class QueryTables
{
    /// <summary>The schema's own tables, then those of the catalog in its order.</summary>
    public static IEnumerable<KqlTable> Of(KqlSchema schema, IEnumerable<string> texts)
    {
        var own = schema.Tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        return schema.Tables.Concat(Named(schema.Catalog, texts)
            .Where(name => !own.Contains(name))
            .Select(name => new KqlTable(name, schema.Catalog.Find(name) ?? []) { IsOpen = IsOpen(name) }));
    }

    /// <summary>The schema's own functions, and of the catalog's those whose names occur in the queries, in ordinal order.</summary>
    public static IEnumerable<KqlFunction> FunctionsOf(KqlSchema schema, IEnumerable<string> texts)
    {
        var own = schema.Functions.Select(function => function.Name).ToHashSet(StringComparer.Ordinal);
        return schema.Functions.Concat(texts.SelectMany(text => AsimName().Matches(text)).Select(match => match.Value)
            .Distinct(StringComparer.Ordinal)
            .Where(name => !own.Contains(name))
            .Order(StringComparer.Ordinal)
            .Select(schema.Catalog.FindFunction)
            .OfType<KqlFunction>());
    }

    /// <summary>The words of a query, each once: whatever it names is among them, and more, since words in texts and comments count too.</summary>
    public static IEnumerable<string> WordsOf(string? text) => Word().Matches(text ?? "").Select(match => match.Value).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Named(TableCatalog catalog, IEnumerable<string> texts)
    {
        var words = texts.SelectMany(WordsOf).ToHashSet(StringComparer.Ordinal);
        var all = texts.Any(text => AllTables().IsMatch(Comment().Replace(text, "")) || WildcardUnion().IsMatch(NoWildcard().Replace(text, "")));
        return catalog.Names.Where(name => all || words.Contains(name));
    }

    // Its columns are those of the resources that write to it, such as "identity_claim_upn_s".
    private static bool IsOpen(string table) => table == "AzureDiagnostics";

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // How the names of ASIM's parsers begin.
    [GeneratedRegex(@"\b(_Im_|_ASim_|ASim|im|vim)\w+", RegexOptions.CultureInvariant)]
    private static partial Regex AsimName();

    // Comments say "find" and "search" all the time. An address in a text goes with them, which costs nothing.
    [GeneratedRegex(@"//[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    // At the start of a pipeline these two read every table.
    [GeneratedRegex(@"(\A|[;({=,])\s*(search|find)\b", RegexOptions.CultureInvariant)]
    private static partial Regex AllTables();

    // "union *", "union kind=outer T, Security*". True of some others too (a multiplication after a union): that only costs time.
    [GeneratedRegex(@"\bunion\b.*\*", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex WildcardUnion();

    // Stars that parsers have after their union and that name no tables: all columns, and those in texts, such as patterns.
    [GeneratedRegex(
        @"\barg_(max|min)\s*\([^()]*\*\s*\)|@'[^']*'|@""[^""]*""|'[^'\\]*(\\.[^'\\]*)*'|""[^""\\]*(\\.[^""\\]*)*""",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex NoWildcard();
}
