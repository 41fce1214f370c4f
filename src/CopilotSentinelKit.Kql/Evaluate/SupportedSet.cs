using System.Text;
using CopilotSentinelKit.Kql.Evaluate.Aggregates;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Plugins;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>What the evaluator knows, from its registries.</summary>
internal static class SupportedSet
{
    /// <summary>All of it as Markdown.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append("# KQL that runs offline\n\nMade from the code. Everything else is refused before a row is read, with the name and the place in the KQL.\n\n## Tabular operators\n\n| Operator | Forms |\n|---|---|\n");
        foreach (var entry in TableOperators.All.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            text.Append("| `").Append(entry.Name).Append("` | ").Append(entry.Forms.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        }

        text.Append("\nSources: tables, `datatable`, `materialize()`, `table()`, `_GetWatchlist()`, functions of the query and of the workspace, `externaldata` with the rows of a test. Statements: `let`, `declare query_parameters` with defaults. Regular expressions: all that Kusto documents but for some properties of Unicode.\n");
        Append(text, "Scalar operators", ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or", "between", "!between", "in", "!in", "in~", "!in~", "has_any", "has_all", "matches regex", "toscalar()", .. StringOperators.Symbols]);
        Append(text, "Scalar functions", ScalarFunctions.All.Select(function => function.Signature));
        Append(text, "Functions that give several columns", TupleFunctions.All.Select(function => function.Signature));
        Append(text, "Window functions", [.. WindowFunctions.All.Select(function => function.Signature), "ingestion_time()"]);
        Append(text, "Plugins of evaluate", Evaluation.All.Select(plugin => plugin.Signature));
        Append(text, "Aggregates", AggregateFunctions.All.Select(function => function.Signature));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IEnumerable<string> entries) =>
        text.Append("\n## ").Append(title).Append("\n\n").AppendJoin(", ", entries.Order(StringComparer.Ordinal).Select(entry => $"`{entry}`")).Append('\n');
}
