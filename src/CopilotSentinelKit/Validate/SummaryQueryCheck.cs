using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>What the query of a summary rule cannot have: saved functions, other workspaces and services, columns that nobody knows, a time of its own.</summary>
internal static class SummaryQueryCheck
{
    private static readonly string[] Elsewhere = ["workspace", "app", "resource", "cluster", "database", "adx", "arg"];
    private static readonly string[] Plugins = ["bag_unpack", "narrow", "pivot"];
    private static readonly string[] Times = ["ago", "now"];

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not SummaryRule rule || analysis?.Tree is not { } root)
        {
            yield break;
        }

        var saved = analysis.Functions.Where(name => context.Schema.Functions.Any(function => function.Name == name) || IsSaved(name, context)).ToHashSet(StringComparer.Ordinal);
        foreach (var node in root.SelfAndDescendants().Where(node => node.Kind == "NameReference"))
        {
            var name = node.Symbol?.Name ?? node.Source;
            var place = rule.Query.Locate(node.Start, node.Length);
            var isCall = node.Parent is { Kind: "FunctionCallExpression" } call && ReferenceEquals(call["Name"], node);
            if (saved.Contains(name) && node.Symbol?.Kind == "Function")
            {
                yield return Placed(SummaryFindings.CallsFunction(place, name));
            }
            else if (isCall && Elsewhere.Contains(name))
            {
                yield return Placed(SummaryFindings.NotInSummary(place, name + "()"));
            }
            else if (isCall && Plugins.Contains(name) && node.Parent!.Parent?.Kind == "EvaluateOperator")
            {
                yield return Placed(SummaryFindings.NotInSummary(place, "evaluate " + name));
            }
            else if (isCall && Times.Contains(name))
            {
                yield return Placed(SummaryFindings.OwnTime(place, name));
            }
        }

        Finding Placed(Finding finding) => finding.Span.File == rule.Query.Fallback.File ? finding : finding.With(rule.Query.Fallback, "rendered for this");
    }

    // Microsoft's own, whose names start with an underscore, are there without anybody saving them.
    private static bool IsSaved(string name, ValidationContext context) => !name.StartsWith('_') && context.Schema.Catalog.FindFunction(name) is not null;
}
