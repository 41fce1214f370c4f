using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>A template that has been read and checked.</summary>
/// <param name="Source">Which of a request it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Page">What Scriban has read.</param>
/// <param name="Tags">Where its tags are.</param>
/// <param name="Dialect">The language that it writes.</param>
internal sealed record ParsedTemplate(TemplateSource Source, string Text, ScriptPage Page, TemplateTags Tags, TemplateDialect Dialect)
{
    private const int MaxDepth = 200;

    /// <summary>Reads a template.</summary>
    /// <param name="source">Which it is.</param>
    /// <param name="text">Its text.</param>
    /// <param name="dialect">The language that it writes.</param>
    /// <param name="takesQuery">Whether <c>{{ query }}</c> may stand in it.</param>
    /// <exception cref="TemplateMistake">The first mistake in it.</exception>
    public static ParsedTemplate Read(TemplateSource source, string text, TemplateDialect dialect, bool takesQuery)
    {
        if (text.Length > RenderLimits.MaxTemplate)
        {
            throw TemplateMistake.TooMuch();
        }

        var parsed = Template.Parse(text, parserOptions: new() { ExpressionDepthLimit = MaxDepth });
        var tags = TemplateTags.Read(text);
        if (LiquidTag.Find(text, tags) is { } liquid)
        {
            throw liquid;
        }

        if (parsed.Messages.FirstOrDefault(message => message.Type == ParserMessageType.Error) is { } error)
        {
            var place = tags.Around(error.Span.Start.Offset);
            throw error.Message.Contains("depth limit", StringComparison.Ordinal) ? TemplateMistake.TooDeep(place) : TemplateMistake.Syntax(error.Message, place);
        }

        if (tags.Unclosed is { } unclosed)
        {
            throw TemplateMistake.Syntax("This tag has no end; close it with }}", unclosed);
        }

        var page = parsed.Page ?? throw TemplateMistake.Syntax("it cannot be read");
        new TemplateCheck(tags, dialect, takesQuery).Visit(page);
        return new(source, text, page, tags, dialect);
    }
}
