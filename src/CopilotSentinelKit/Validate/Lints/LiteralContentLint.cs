using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate.Matching;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Literals whose text cannot be read as what they are to be: times, GUIDs, regular expressions.</summary>
internal static class LiteralContentLint
{
    // Functions that take a regular expression, and which argument that is.
    private static readonly Dictionary<string, int> Patterns = new(StringComparer.Ordinal)
    {
        ["extract"] = 0,
        ["extract_all"] = 0,
        ["replace_regex"] = 1,
        ["countof"] = 1,
        ["trim"] = 0,
        ["trim_start"] = 0,
        ["trim_end"] = 0,
    };

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            switch (node.Kind)
            {
                case "DateTimeLiteralExpression" when WrittenTime.TextOf(node) is { } time && WrittenTime.IsUnreadable(time):
                    yield return MeaningFindings.UnreadableLiteral(query.At(node), "datetime", time);
                    break;
                case "FunctionCallExpression" when node.IsCall("todatetime") && node.Arguments() is [{ ResultType: "string", Value: { Length: > 0 } time }] && WrittenTime.IsUnreadable(time):
                    yield return MeaningFindings.UnreadableLiteral(query.At(node), "datetime", time);
                    break;
                case "GuidLiteralExpression" when WrittenTime.TextOf(node) is { } id && !Guid.TryParse(id, out _) && id != "null":
                    yield return MeaningFindings.UnreadableLiteral(query.At(node), "guid", id);
                    break;
                case "FunctionCallExpression" when node.IsCall("toguid") && node.Arguments() is [{ ResultType: "string", Value: { Length: > 0 } id }] && !Guid.TryParse(id, out _):
                    yield return MeaningFindings.UnreadableLiteral(query.At(node), "guid", id);
                    break;
            }

            if (PatternOf(node) is { Value: { } pattern } text && Fault(pattern) is { } why)
            {
                yield return MeaningFindings.BadPattern(query.At(text), why + ".");
            }
        }
    }

    private static SyntaxNode? PatternOf(SyntaxNode node)
    {
        if (node.OperatorText() == "matches regex")
        {
            return node["Right"]?.Unwrapped();
        }

        return node.CalledName() is { } name && Patterns.GetValueOrDefault(name, -1) is >= 0 and var index && node.Arguments() is var arguments && arguments.Length > index
            && (name != "countof" || arguments is [_, _, { Value: "regex" }])
                ? arguments[index].Unwrapped()
                : null;
    }

    // Only what Kusto's engine is known to refuse; not what the kit's own cannot run.
    private static string? Fault(string pattern)
    {
        try
        {
            _ = PatternParser.Parse(pattern);
            return null;
        }
        catch (PatternException e)
        {
            return e.IsRefusedByEngine ? e.Message : null;
        }
    }
}
