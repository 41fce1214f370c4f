using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>What to do about a name that Kusto.Language does not know: the nearest one, or where to declare it.</summary>
internal static partial class UnknownNameHint
{
    /// <summary>Sentences to append to the finding's message, each after a space; "" for findings about anything else.</summary>
    public static string For(KqlDiagnostic finding, string query, KqlAnalysis analysis, KqlSchema schema)
    {
        var start = Math.Clamp(finding.Start, 0, query.Length);
        var name = query.Substring(start, Math.Clamp(finding.Length, 0, query.Length - start)).Trim('[', ']', '\'', '"', ' ');
        return finding.Code switch
        {
            _ when name.Length == 0 => "",
            // KS204 and its warning for unions, KS205: a table, tabular variable or function.
            "KS204" or "KS205" => Table(name, schema),
            // KS211, and KS143 and KS122 in older wordings: a function.
            "KS211" or "KS143" or "KS122" => Function(name, schema),
            // KS142: a column, or anything that can stand in an expression.
            "KS142" => ColumnName(name, query, analysis, schema),
            _ => "",
        };
    }

    private static string Table(string name, KqlSchema schema)
    {
        if (schema.Catalog.FindDefender(name) is not null)
        {
            return " It is a table of Defender XDR's advanced hunting that Sentinel does not have. If your workspace has one of that name, declare it in kit.yaml under \"tables\".";
        }

        if (Nearest.Find(name, TableNames(schema)) is { } near)
        {
            return $" Did you mean \"{near}\"?";
        }

        return name.EndsWith("_CL", StringComparison.Ordinal)
            ? " It is a custom table: declare it with its columns in kit.yaml under \"tables\"."
            : " If it is a table or function of your workspace, declare it in kit.yaml under \"tables\" or \"functions\".";
    }

    private static string Function(string name, KqlSchema schema) =>
        Nearest.Find(name, schema.Functions.Select(function => function.Name)) is { } near
            ? $" Did you mean \"{near}\"?"
            : " If it is a function of your workspace, declare it in kit.yaml under \"functions\".";

    private static string ColumnName(string name, string query, KqlAnalysis analysis, KqlSchema schema)
    {
        var columns = analysis.Tables.SelectMany(table => ColumnsOf(table, schema))
            .Concat(schema.Functions.Where(function => analysis.Functions.Contains(function.Name)).SelectMany(function => function.Columns))
            .Concat(schema.Watchlists.Where(list => analysis.Watchlists.Contains(list.Alias)).SelectMany(list => list.Columns))
            .Select(column => column.Name);
        if (TypesOf(name, analysis, schema) is { Count: > 1 } types)
        {
            return $" The tables have it as {string.Join(" and as ", types)}, and a union keeps both: {string.Join(" and ", types.Select(type => $"\"{name}_{type}\""))}. Use coalesce over them, or make the types alike in each branch.";
        }

        var assigned = Assignment().Matches(query).Select(match => match.Groups[1].Value);
        var near = Nearest.Find(name, columns.Concat(assigned).Where(candidate => candidate != name))
            ?? Nearest.Find(name, TableNames(schema));
        return near is null ? "" : $" Did you mean \"{near}\"?";
    }

    // The types of a column that several tables have, where a union parts them by their types.
    private static List<string> TypesOf(string name, KqlAnalysis analysis, KqlSchema schema) => analysis.Tree?.OfKind("UnionOperator").Any() == true
        ? [.. analysis.Tables.Select(table => ColumnsOf(table, schema).FirstOrDefault(column => column.Name == name)?.Type).OfType<string>().Distinct().Order(StringComparer.Ordinal)]
        : [];

    private static IEnumerable<Column> ColumnsOf(string table, KqlSchema schema) =>
        schema.Tables.FirstOrDefault(declared => declared.Name == table)?.Columns ?? schema.Catalog.Find(table) ?? [];

    private static IEnumerable<string> TableNames(KqlSchema schema) =>
        schema.Tables.Select(table => table.Name).Concat(schema.Functions.Select(function => function.Name)).Concat(schema.Catalog.Names);

    // Names that the query itself makes: extend A = ..., let B = ...
    [GeneratedRegex(@"\b([A-Za-z_]\w*)\s*=(?![=~])")]
    private static partial Regex Assignment();
}
