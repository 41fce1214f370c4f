using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Wildcards and doubled backslashes in operators that take a text as it is.</summary>
internal static class LiteralOperatorLint
{
    private static readonly string[] Parts = ["contains", "!contains", "contains_cs", "!contains_cs", "startswith", "!startswith", "startswith_cs", "!startswith_cs", "endswith", "!endswith", "endswith_cs", "!endswith_cs"];

    private static readonly string[] Others = ["has", "!has", "has_cs", "!has_cs", "==", "=~", "!=", "!~"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.OperatorText() is not { } operation || node["Right"]?.Unwrapped() is not { Kind: "StringLiteralExpression", Value: { } text } literal)
            {
                continue;
            }

            var isPart = Parts.Contains(operation);
            if (isPart && text.Trim('*').Length > 1 && (text[0] == '*' || text[^1] == '*'))
            {
                yield return MeaningFindings.Wildcard(query.At(literal), operation, text.Trim('*'));
            }

            // At the start of a text two of them are a network path's, save at the end of a path.
            var at = text.LastIndexOf(@"\\", StringComparison.Ordinal);
            if ((isPart || Others.Contains(operation)) && (at > 0 || (at == 0 && text.Length > 2 && operation.Contains("endswith", StringComparison.Ordinal)))
                && !text.Contains("://", StringComparison.Ordinal) && IsPath(node["Left"]))
            {
                yield return MeaningFindings.DoubledBackslash(query.At(literal), operation);
            }
        }
    }

    // Within JSON, a backslash is written as two.
    private static bool IsPath(SyntaxNode? left) => left?.Unwrapped() is { Symbol: { Kind: "Column", Type: "string" } column } && column.Origins.Any(origin =>
        origin.Contains("Path", StringComparison.Ordinal) || origin.Contains("CommandLine", StringComparison.Ordinal) || origin.Contains("Process", StringComparison.Ordinal)
        || origin.Contains("RegistryKey", StringComparison.Ordinal) || origin.Contains("FileName", StringComparison.Ordinal));
}
