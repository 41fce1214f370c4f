using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What files that people already have hold.</summary>
/// <param name="Items">The content, in order of files and places.</param>
/// <param name="Findings">What is wrong with the files as files.</param>
/// <param name="Read">How many files hold content, broken ones too.</param>
/// <param name="PassedOver">The files that hold none, in the order read.</param>
public sealed record ForeignContent(ImmutableArray<ContentItem> Items, ImmutableArray<Finding> Findings, int Read, ImmutableArray<PassedFile> PassedOver)
{
    /// <summary>The files that hold content, in the order read.</summary>
    public IEnumerable<SourceFile> Sources =>
        Items.Select(item => item.Id.Span.File).Concat(Findings.Select(finding => finding.Span.File)).DistinctBy(file => file.Path);
}
