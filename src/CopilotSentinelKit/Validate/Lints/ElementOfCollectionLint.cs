
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A fixed element of a collection of Copilot events: whatever is in the others is missed.</summary>
internal static class ElementOfCollectionLint
{
    private static readonly string[] Collections =
    [
        "AccessedResources", "AISystemPlugin", "Contexts", "MessageIds", "Messages", "ModelTransparencyDetails", "PolicyDetails", "Resource", "SettingsChanges",
    ];

    // The columns and members that hold Copilot's own part of a record.
    private static readonly string[] Containers = ["LLMEventData", "CopilotEventData", "CopilotSettingsEventData"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.IsCall("extractjson", "extract_json") && node.Arguments() is [{ Value: { } path } text, ..])
            {
                var own = DynamicPath.Split(path).Length;
                if (Find(query, DynamicPath.Of(node), own) is { } found)
                {
                    yield return LintFindings.ElementOfCollection(query.At(text), found.Collection, found.Place);
                }
            }
            else if (node["Selector"] is { Kind: "BracketedExpression" } && Find(query, DynamicPath.Of(node), 1) is { } found)
            {
                yield return LintFindings.ElementOfCollection(query.At(node), found.Collection, found.Place);
            }
        }
    }

    // Only the last steps are this node's own; those before them are found at their own node.
    private static (string Collection, string Place)? Find(LintedQuery query, DynamicPath path, int own)
    {
        var column = path.Root.Symbol is { Kind: "Column" } symbol ? symbol.Name : path.Root.Kind == "NameReference" ? path.Root.Source : "";
        string[] steps = [column, .. path.Steps];
        for (var i = Math.Max(1, steps.Length - own); i < steps.Length; i++)
        {
            if (steps[i] is ['[', _, ..] place && place != "[]" && Collections.Contains(steps[i - 1]) && IsCopilot(query, path.Root, steps[..i]))
            {
                return (steps[i - 1], place);
            }
        }

        return null;
    }

    private static bool IsCopilot(LintedQuery query, SyntaxNode root, string[] steps) =>
        steps.Any(Containers.Contains)
        || root.Origins().Any(origin => query.Context.Schema.Functions.Any(function =>
            function.Name.StartsWith("Copilot", StringComparison.Ordinal) && origin.StartsWith(function.Name + ".", StringComparison.Ordinal)));
}
