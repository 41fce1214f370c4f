using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Runs every check over content that is deployed together.</summary>
internal static class Validator
{
    /// <summary>All findings, in order, whatever the order of the items.</summary>
    public static ImmutableArray<Finding> Run(ImmutableArray<AnalyzedContent> items, KqlSchema schema, bool forPortal = false) =>
        items.SelectMany(content => Check(content, new(schema, forPortal))).Concat(CheckTogether(items)).Sorted();

    /// <summary>All findings about content that is analysed while it is checked, so that no analysis is kept.</summary>
    /// <param name="items">The content.</param>
    /// <param name="analyzed">The same with its analysis, each with what its queries were bound against.</param>
    /// <param name="forPortal">Whether what changes with the Defender portal is wanted too.</param>
    public static async Task<ImmutableArray<Finding>> RunAsync(
        ImmutableArray<ContentItem> items, IAsyncEnumerable<(AnalyzedContent Content, KqlSchema Schema)> analyzed, bool forPortal = false)
    {
        var findings = new List<Finding>();
        await foreach (var (content, schema) in analyzed)
        {
            findings.AddRange(Check(content, new(schema, forPortal)));
        }

        findings.AddRange(CheckTogether([.. items.Select(item => new AnalyzedContent(item, null))]));
        return findings.Sorted();
    }

    /// <summary>Findings about an ARM template as a whole, while it is read.</summary>
    public static IEnumerable<Finding> Check(ArmDocument document) => Checks.Arm.SelectMany(check => check(document));

    /// <summary>Findings about one piece of content.</summary>
    private static IEnumerable<Finding> Check(AnalyzedContent content, ValidationContext context) =>
        Checks.All.SelectMany(check => check(content.Item, content.Analysis, context))
            .Concat(content.Item is Workbook workbook ? Checks.Workbook.SelectMany(check => check(workbook, content.Parts, context)) : [])
            .Concat(content.Item is DataCollectionRule rule ? Checks.DataCollection.SelectMany(check => check(rule, content.Parts, context)) : []);

    /// <summary>Findings about what content is to other content.</summary>
    private static IEnumerable<Finding> CheckTogether(ImmutableArray<AnalyzedContent> items) => Checks.Pack.SelectMany(check => check(items));
}
