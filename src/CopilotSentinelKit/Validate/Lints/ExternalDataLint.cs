
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A file from outside in a rule.</summary>
internal static class ExternalDataLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        if (!query.IsRule)
        {
            yield break;
        }

        foreach (var node in query.OfKind("ExternalDataExpression"))
        {
            yield return LintFindings.ExternalData(query.At(node["ExternalDataKeyword"] ?? node));
        }
    }
}
