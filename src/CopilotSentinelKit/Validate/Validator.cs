using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Validate;

/// <summary>Runs every check over content that is deployed together.</summary>
internal static class Validator
{
    /// <summary>All findings, in order, whatever the order of the items.</summary>
    public static ImmutableArray<Diagnostic> Run(ImmutableArray<AnalyzedContent> items, ValidationContext context)
    {
        var own = items.SelectMany(content => Checks.All.SelectMany(check => check(content.Item, content.Analysis, context)));
        var workbooks = items.SelectMany(content => content.Item is Workbook workbook
            ? Checks.Workbook.SelectMany(check => check(workbook, content.Parts, context))
            : []);
        var collections = items.SelectMany(content => content.Item is DataCollectionRule rule
            ? Checks.DataCollection.SelectMany(check => check(rule, content.Parts, context))
            : []);
        var together = Checks.Pack.SelectMany(check => check(items));
        return own.Concat(workbooks).Concat(collections).Concat(together).Sorted();
    }
}
