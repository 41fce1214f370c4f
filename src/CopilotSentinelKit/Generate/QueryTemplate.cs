using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

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
        (segment, start, length) => InText(source, segment, start, length),
        source.Span);

    /// <summary>The rendering of a query with parameters, through an archetype where it has one.</summary>
    /// <param name="request">The query alone, or the archetype and the query that it inserts.</param>
    /// <param name="query">The query as written.</param>
    /// <param name="inArchetype">The place of a segment in the archetype, or null for none.</param>
    /// <param name="parameters">The values, each with its place.</param>
    /// <param name="use">Where findings point that belong to no segment.</param>
    public static QueryTemplate Of(
        RenderRequest request, YamlText query, Func<RenderSegment, int, int, SourceSpan>? inArchetype, ImmutableArray<ParameterSpec> parameters, SourceSpan use)
    {
        return new(request, Locate, use);

        SourceSpan Locate(RenderSegment segment, int start, int length) =>
            parameters.FirstOrDefault(parameter => parameter.Name.Value == segment.Value) is { } parameter ? parameter.Value.Span
            : inArchetype is not null && segment.Source == TemplateSource.Template ? inArchetype(segment, start, length)
            : InText(query, segment, start, length);
    }

    private static SourceSpan InText(YamlText text, RenderSegment segment, int start, int length) => segment.Length == segment.SourceLength
        ? text.Locate(segment.SourceStart + start, length)
        : text.Locate(segment.SourceStart, segment.SourceLength);

    /// <summary>The rendering of a panel's query, through its archetype where it has one.</summary>
    public static QueryTemplate Of(PanelQuery panel) => panel.Panel is not var (archetype, parameters)
        ? Of(panel.Kql)
        : Of(
            new(archetype.Query.Value, panel.Kql.Value, ParameterValues.Of(parameters)),
            panel.Kql,
            (segment, start, length) => InText(archetype.Query, segment, start, length),
            parameters,
            panel.Template!.Value.Span);

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
        var rendered = new Query(text, [.. Map(result, text.Length)], Fallback);
        var query = KitComments.Remove(rendered);
        return Request.IsPlain ? query : ReadableQuery.Of(QueryBuilder.WithoutBlankLines(query)).WithParametersOf(rendered);
    }

    private IEnumerable<MapSegment> Map(RenderResult result, int end)
    {
        // A literal in a comment says something to readers, and one in another text is no literal there: the rules of escaping are not its own.
        var quiet = KqlComments.CommentsAndTexts(result.Text).ToList();
        var inTexts = result.Segments.Where(segment => segment.IsLiteral && IsInText(segment)).Select(segment => segment.Value!);
        var fixedValues = result.Computed.Union(inTexts);
        return from segment in result.Segments
               where segment.Start < end && segment.Length > 0
               select new MapSegment(
                   segment.Start, Math.Min(segment.Length, end - segment.Start), (start, length) => Locate(segment, start, length))
               {
                   Parameter = segment.IsLiteral && !fixedValues.Contains(segment.Value!) ? segment.Value : null,
               };

        bool IsInText(RenderSegment segment) => quiet.Exists(part =>
            segment.Start >= part.Start && segment.Start < part.Start + part.Length && result.Text[part.Start] != '/'
            && (part != (segment.Start, segment.Length) || (part.Start > 0 && result.Text[part.Start - 1] == '@')));
    }
}
