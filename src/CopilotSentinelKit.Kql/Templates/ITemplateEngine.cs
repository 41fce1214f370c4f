using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace CopilotSentinelKit.Kql.Templates;

/// <summary>Liquid: renders KQL from templates, strictly (an unknown variable or filter is an error) and in bounded time and space.</summary>
public interface ITemplateEngine
{
    /// <summary>Renders each request, in order. A wrong template is an error in its result, never an exception.</summary>
    /// <exception cref="Language.LanguageServiceException">The template service itself is missing or broken.</exception>
    Task<ImmutableArray<RenderResult>> RenderAsync(ImmutableArray<RenderRequest> requests, CancellationToken cancellation);
}

/// <summary>A template to render.</summary>
/// <param name="Template">Its text. Every <c>{{ output }}</c> must end in one of the filters <c>kql</c>, <c>kql_name</c>: a value
/// never reaches KQL unescaped. The one exception is <c>{{ query }}</c>.</param>
/// <param name="Query">A second template, rendered first with the same values; its text is what <c>{{ query }}</c> inserts. Or null.</param>
/// <param name="Values">What both may name. Beside JSON's own values, an object <c>{ type, value, origin? }</c> is a typed value: name, column,
/// columns, timespan, datetime, real, long, or expression (KQL that a person or the generator wrote, which <c>kql</c> copies as it stands).
/// A template cannot read files: tags that insert one are refused.</param>
public sealed record RenderRequest(string Template, string? Query, JsonObject Values)
{
    /// <summary>What <see cref="Template"/> is written in; <see cref="Query"/> is always Liquid.</summary>
    public TemplateLanguage Language { get; init; }
}

/// <summary>What a template is written in.</summary>
public enum TemplateLanguage
{
    /// <summary>Liquid, as LiquidJS and Scriban both take it.</summary>
    Liquid,

    /// <summary>Scriban's own language, which only the host in process has.</summary>
    Scriban,
}

/// <summary>What a template gave: text and where each part comes from, or an error.</summary>
public sealed record RenderResult(string Text, ImmutableArray<RenderSegment> Segments, RenderError? Error);

/// <summary>A run of rendered text.</summary>
/// <param name="Start">Offset in the rendered text.</param>
/// <param name="Length">Length in the rendered text.</param>
/// <param name="Source">"template" or "query".</param>
/// <param name="SourceStart">Offset in that source.</param>
/// <param name="SourceLength">Length in that source: the same as <paramref name="Length"/> where the text is copied as it stands,
/// else the length of the <c>{{ output }}</c> that wrote it.</param>
/// <param name="Value">For an output, the <c>origin</c> of the typed value it prints, else the path of the value ("minAttempts"); null for copied text.</param>
public sealed record RenderSegment(int Start, int Length, string Source, int SourceStart, int SourceLength, string? Value);

/// <summary>Why a template could not be rendered.</summary>
/// <param name="Kind">What sort of mistake: syntax, variable, filter, unfiltered, limit, value, language.</param>
/// <param name="Source">"template" or "query".</param>
/// <param name="Start">Offset in that source.</param>
/// <param name="Length">Length in that source, 0 when only the position is known.</param>
/// <param name="Message">What is wrong, a sentence.</param>
public sealed record RenderError(string Kind, string Source, int Start, int Length, string Message);
