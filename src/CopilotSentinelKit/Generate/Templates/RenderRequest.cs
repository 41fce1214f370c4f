using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>A template to render.</summary>
/// <param name="Template">Its text. Every output must end in a filter of <see cref="Dialect"/>: a value is never written unescaped. The one exception
/// is <c>{{ query }}</c>.</param>
/// <param name="Query">A second template, rendered first with the same values; its text is what <c>{{ query }}</c> inserts. Or null.</param>
/// <param name="Values">What both may name: texts, whole numbers, booleans, null, <see cref="TypedValue"/>, and lists and objects of these.</param>
internal sealed record RenderRequest(string Template, string? Query, ScriptObject Values)
{
    /// <summary>The language that both write.</summary>
    public TemplateDialect Dialect { get; init; } = TemplateDialect.Kql;

    /// <summary>Whether the template is a text without tags, which is copied as it stands.</summary>
    public bool IsPlain { get; init; }
}

/// <summary>What a template gave: text and where each part comes from, or an error.</summary>
internal sealed record RenderResult(string Text, ImmutableArray<RenderSegment> Segments, RenderError? Error)
{
    /// <summary>Values that do more than stand in the text as they are: that a condition, a loop or a sum reads.</summary>
    public ImmutableHashSet<string> Computed { get; init; } = [];
}

/// <summary>A run of rendered text.</summary>
/// <param name="Start">Offset in the rendered text.</param>
/// <param name="Length">Length in the rendered text.</param>
/// <param name="Source">Which template it comes from.</param>
/// <param name="SourceStart">Offset in that template.</param>
/// <param name="SourceLength">Length in that template: the same as <paramref name="Length"/> where the text is copied as it stands,
/// else the length of the <c>{{ output }}</c> that wrote it.</param>
/// <param name="Value">For an output, the origin of the typed value it prints, else the path of the value ("minAttempts"); null for copied text.</param>
internal sealed record RenderSegment(int Start, int Length, TemplateSource Source, int SourceStart, int SourceLength, string? Value)
{
    /// <summary>Whether it is the literal of <see cref="Value"/> and nothing else.</summary>
    public bool IsLiteral { get; init; }
}

/// <summary>Why a template could not be rendered.</summary>
/// <param name="Kind">What sort of mistake.</param>
/// <param name="Source">Which template it is in.</param>
/// <param name="Start">Offset in that template.</param>
/// <param name="Length">Length in that template, 0 when only the position is known.</param>
/// <param name="Message">What is wrong, a sentence.</param>
internal sealed record RenderError(MistakeKind Kind, TemplateSource Source, int Start, int Length, string Message)
{
    /// <summary>The finding of it, at a place, with the advice for the language that the template writes.</summary>
    public Finding FindingAt(SourceSpan span, TemplateDialect dialect) => Kind switch
    {
        MistakeKind.Variable => TemplateFindings.UnknownVariable(Message, dialect.NameAdvice, span),
        MistakeKind.Filter => TemplateFindings.UnknownFilter(Message, dialect.FilterAdvice, span),
        MistakeKind.Unfiltered => TemplateFindings.Unfiltered(Message, dialect.FilterAdvice, span),
        MistakeKind.Limit => TemplateFindings.Limit(Message, span),
        MistakeKind.Value => TemplateFindings.WrongValue(Message, span),
        MistakeKind.Liquid => TemplateFindings.LiquidTag(Message, span),
        _ => TemplateFindings.Syntax(Message, span),
    };
}

/// <summary>The two templates of a request.</summary>
internal enum TemplateSource
{
    /// <summary><see cref="RenderRequest.Template"/>.</summary>
    Template,

    /// <summary><see cref="RenderRequest.Query"/>.</summary>
    Query,
}

/// <summary>The sorts of mistakes in templates.</summary>
internal enum MistakeKind
{
    /// <summary>Not Scriban, or a part of it that templates do not have.</summary>
    Syntax,

    /// <summary>A tag of Liquid.</summary>
    Liquid,

    /// <summary>A name or member that nothing defines.</summary>
    Variable,

    /// <summary>A filter or function that does not exist.</summary>
    Filter,

    /// <summary>An output that would write a value as it is.</summary>
    Unfiltered,

    /// <summary>A value that the language cannot hold.</summary>
    Value,

    /// <summary>Too many steps, too much text, too deep.</summary>
    Limit,
}
