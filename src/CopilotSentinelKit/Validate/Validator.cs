using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Runs every check over content that is deployed together.</summary>
internal static class Validator
{
    /// <summary>All findings, in order, whatever the order of the items.</summary>
    public static ImmutableArray<Finding> Run(ImmutableArray<AnalyzedContent> items, ValidationContext context) =>
        items.SelectMany(content => Check(content, context)).Concat(CheckTogether(items)).Sorted();

    /// <summary>Findings about one piece of content.</summary>
    public static IEnumerable<Finding> Check(AnalyzedContent content, ValidationContext context) =>
        Checks.All.SelectMany(check => check(content.Item, content.Analysis, context))
            .Concat(content.Item is Workbook workbook ? Checks.Workbook.SelectMany(check => check(workbook, content.Parts, context)) : [])
            .Concat(content.Item is DataCollectionRule rule ? Checks.DataCollection.SelectMany(check => check(rule, content.Parts, context)) : []);

    /// <summary>Findings about what content is to other content.</summary>
    public static IEnumerable<Finding> CheckTogether(ImmutableArray<AnalyzedContent> items) => Checks.Pack.SelectMany(check => check(items));
}
