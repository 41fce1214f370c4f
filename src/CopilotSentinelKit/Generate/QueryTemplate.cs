using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Generate;

/// <summary>A query that is to be rendered, and how to find back what its text was written from.</summary>
/// <param name="Request">What the template engine gets.</param>
/// <param name="Locate">The place of a segment: (segment, offset in it, length).</param>
/// <param name="Fallback">Where findings point that belong to no segment.</param>
internal sealed record QueryTemplate(RenderRequest Request, Func<RenderSegment, int, int, SourceSpan> Locate, SourceSpan Fallback)
{
    /// <summary>The rendering of a query that no value reaches.</summary>
    public static QueryTemplate Of(YamlText source) => new(
        new(source.Value, null, []),
        (segment, start, length) => segment.Length == segment.SourceLength
            ? source.Locate(segment.SourceStart + start, length)
            : source.Locate(segment.SourceStart, segment.SourceLength),
        source.Span);

    /// <summary>The query, or null and a finding when the template was wrong.</summary>
    public Query? Finish(RenderResult result, List<Finding> findings)
    {
        if (result.Error is { } error)
        {
            var segment = new RenderSegment(0, error.Length, error.Source, error.Start, error.Length, null);
            var finding = error.FindingAt(Locate(segment, 0, error.Length), Request.Dialect);
            findings.Add(finding.Span.File == Fallback.File ? finding : finding.With(Fallback, "rendered for this"));
            return null;
        }

        var text = result.Text.TrimEnd();
        var query = KitComments.Remove(new(text, [.. Map(result.Segments, text.Length)], Fallback));
        return Request.IsPlain ? query : ReadableQuery.Of(QueryBuilder.WithoutBlankLines(query));
    }

    private IEnumerable<MapSegment> Map(ImmutableArray<RenderSegment> segments, int end) =>
        from segment in segments
        where segment.Start < end && segment.Length > 0
        select new MapSegment(
            segment.Start, Math.Min(segment.Length, end - segment.Start), (start, length) => Locate(segment, start, length));
}
