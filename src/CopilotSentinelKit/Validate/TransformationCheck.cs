using System.Collections.Frozen;
using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Transformations of data collection rules: their KQL is a part of what queries know, over the columns of one stream.</summary>
internal static class TransformationCheck
{
    private const int Limit = 15_360;

    private static readonly FrozenSet<string> Functions = KitData.ReadRows("transformations.tsv").Select(row => row[1]).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Operators = FrozenSet.Create(
        "FilterOperator", "ExtendOperator", "ProjectOperator", "ProjectAwayOperator", "ProjectRenameOperator", "PrintOperator", "ParseOperator", "BadQueryOperator");

    // A row in gives at most a row out.
    private static readonly FrozenSet<string> ManyRows = FrozenSet.Create("SummarizeOperator", "JoinOperator", "UnionOperator", "MvExpandOperator");

    private static readonly FrozenSet<string> Words = FrozenSet.Create("in~", "!in~", "has_any", "has_all", "between", "!between");

    public static IEnumerable<Finding> Run(DataCollectionRule rule, ImmutableArray<KqlAnalysis> analyses, ValidationContext context) =>
        rule.Transformations.Zip(analyses).SelectMany(part => Check(part.First, part.Second, context));

    private static IEnumerable<Finding> Check(Transformation transformation, KqlAnalysis analysis, ValidationContext context)
    {
        var query = transformation.Sample;
        if (transformation.Kql.Text.Length > Limit)
        {
            yield return TableFindings.TransformTooLong(query.Fallback, transformation.Kql.Text.Length, Limit);
        }

        // Some of its functions are its own, and unknown to queries.
        var own = analysis.Diagnostics.RemoveAll(finding => !transformation.IsBound || Functions.Contains(TextAt(query, finding)));
        foreach (var finding in KustoCheck.Of(query, analysis with { Diagnostics = own }, context))
        {
            yield return finding;
        }

        foreach (var finding in analysis.Tree is { } tree ? CheckNodes(tree, query) : [])
        {
            yield return finding;
        }

        if (transformation.IsBound && analysis.Diagnostics.IsEmpty && analysis.Columns is { } columns && columns.All(column => column.Name != "TimeGenerated"))
        {
            yield return TableFindings.TimeGeneratedLost(query.Fallback);
        }
    }

    // What stands inside of something that is not known needs no finding of its own.
    private static IEnumerable<Finding> CheckNodes(SyntaxNode node, Query query) =>
        CheckNode(node, query) is { } finding ? [finding] : node.Children.SelectMany(child => CheckNodes(child, query));

    private static Finding? CheckNode(SyntaxNode node, Query query)
    {
        if (node.Text is not null)
        {
            return Words.Contains(node.Text) ? TableFindings.NotListed(query.Locate(node.Start, node.Length), node.Text) : null;
        }

        if (node.Kind.EndsWith("Operator", StringComparison.Ordinal) && !Operators.Contains(node.Kind) && node.Children is [{ Text: { } keyword } first, ..])
        {
            var span = query.Locate(first.Start, first.Length);
            return ManyRows.Contains(node.Kind) ? TableFindings.ManyRows(span, keyword) : TableFindings.NotListed(span, keyword);
        }

        return node.Kind == "FunctionCallExpression" && node["Name"] is { } name && query.Text.Substring(name.Start, name.Length) is var function && !Functions.Contains(function)
            ? TableFindings.NotListed(query.Locate(name.Start, name.Length), function)
            : null;
    }

    private static string TextAt(Query query, KqlDiagnostic finding) =>
        finding.Start + finding.Length <= query.Text.Length ? query.Text.Substring(finding.Start, finding.Length) : "";
}
