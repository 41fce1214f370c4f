using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>What suits no rule that runs every minute over what arrived in that minute: time windows, and correlation of tables.</summary>
internal static class NrtLint
{
    public static IEnumerable<Diagnostic> Run(LintedQuery query)
    {
        if (!query.IsNrt)
        {
            yield break;
        }

        foreach (var node in query.Nodes)
        {
            if (node.Kind is "LessThanExpression" or "LessThanOrEqualExpression" or "GreaterThanExpression" or "GreaterThanOrEqualExpression" or "BetweenExpression"
                && node.Children.Any(side => side.Unwrapped() is { Source: "TimeGenerated" }) && node.Calls("ago", "now").Any())
            {
                yield return LintDiagnostics.TimeFilterInNrt(query.At(node));
            }
        }

        var tables = query.Nodes.Where(node => node is { Kind: "NameReference", Symbol.Kind: "Table" } && node.Symbol.Name.Length > 0).Select(node => node.Symbol!.Name).Distinct(StringComparer.Ordinal).ToList();
        if (tables.Count > 1 && query.OfKind("JoinOperator", "LookupOperator").FirstOrDefault() is { } join)
        {
            yield return LintDiagnostics.CorrelationInNrt(query.At(join.Children[0]), string.Join("\", \"", tables));
        }
    }
}
