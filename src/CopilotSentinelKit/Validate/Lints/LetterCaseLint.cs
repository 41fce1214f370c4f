
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Comparisons with tolower or toupper: KQL has operators that ignore case, and a text in the other case never matches.</summary>
internal static class LetterCaseLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.OperatorText() is not ("==" or "!=" or "in" or "!in") || node["Left"]?.Unwrapped() is not { } left
                || !left.IsCall("tolower", "toupper") || left.Arguments() is not [var inner] || node["Operator"] is not { } symbol)
            {
                continue;
            }

            var values = node.Operands().ToList();
            if (values.Count == 0 || values.Any(value => value.Value is null))
            {
                continue;
            }

            var wrong = values.FirstOrDefault(value => (left.IsCall("tolower") ? value.Value!.ToLowerInvariant() : value.Value!.ToUpperInvariant()) != value.Value);
            var other = symbol.Text switch { "==" => "=~", "!=" => "!~", var list => list + "~" };
            var finding = wrong is not null
                ? LintFindings.NeverInThisCase(query.At(wrong), left.Source, wrong.Value!)
                : LintFindings.FoldedComparison(query.At(node), left.CalledName()!, symbol.Text!, other);
            yield return finding with
            {
                Fix = query.Fix($"Write \"{other}\"", (left.Start, left.End, inner.Source), (symbol.Start, symbol.End, other)),
            };
        }
    }
}
