using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A file from outside in a rule.</summary>
internal static class ExternalDataLint
{
    public static IEnumerable<Diagnostic> Run(LintedQuery query)
    {
        if (!query.IsRule)
        {
            yield break;
        }

        foreach (var node in query.OfKind("ExternalDataExpression"))
        {
            yield return LintDiagnostics.ExternalData(query.At(node["ExternalDataKeyword"] ?? node));
        }
    }
}
