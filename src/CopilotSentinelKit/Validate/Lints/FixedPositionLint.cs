using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A fixed position in an array of name and value pairs, whose order no service promises.</summary>
internal static class FixedPositionLint
{
    private static readonly string[] Unordered = ["modifiedProperties", "ModifiedProperties", "additionalDetails", "AdditionalDetails", "ExtendedProperties", "extendedProperties", "DeviceProperties"];

    // Names that mean such an array in these columns only.
    private static readonly string[] Columns = ["OfficeActivity.Parameters", "SecurityAlert.Entities", "SigninLogs.ConditionalAccessPolicies", "AADNonInteractiveUserSignInLogs.ConditionalAccessPolicies"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.OfKind("ElementExpression"))
        {
            if (node["Selector"] is { Kind: "BracketedExpression" } && DynamicPath.Of(node) is { Steps: [.., ['[', _, _, ..] place] } path && place[1..^1].All(char.IsAsciiDigit) && Collection(path) is { } collection)
            {
                yield return MeaningFindings.FixedPosition(query.At(node), collection, place);
            }
        }
    }

    private static string? Collection(DynamicPath path)
    {
        var name = path.Steps.Length > 1 ? path.Steps[^2] : path.Root.Symbol?.Name;
        return Unordered.Contains(name) || (path.Steps.Length == 1 && path.Root.Symbol?.Origins.Any(Columns.Contains) == true) ? name : null;
    }
}
