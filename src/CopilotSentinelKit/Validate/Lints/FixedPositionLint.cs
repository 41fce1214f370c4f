using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A fixed position in an array of name and value pairs, whose order no service promises.</summary>
internal static class FixedPositionLint
{
    private static readonly string[] Unordered = ["modifiedProperties", "ModifiedProperties", "additionalDetails", "AdditionalDetails", "ExtendedProperties", "extendedProperties", "DeviceProperties"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.OfKind("ElementExpression"))
        {
            if (node["Selector"] is { Kind: "BracketedExpression" } && DynamicPath.Of(node) is { Steps: [.., ['[', _, _, ..] place] } path && place[1..^1].All(char.IsAsciiDigit)
                && (path.Steps.Length > 1 ? path.Steps[^2] : path.Root.Symbol?.Name) is { } collection && Unordered.Contains(collection))
            {
                yield return MeaningFindings.FixedPosition(query.At(node), collection, place);
            }
        }
    }
}
