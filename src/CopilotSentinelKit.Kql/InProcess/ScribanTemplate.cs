using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>A template in Scriban's own language.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Page">What Scriban has read.</param>
/// <param name="Tags">Where its tags are.</param>
internal sealed record ScribanTemplate(string Text, ScriptPage Page, TemplateTags Tags)
{
    private const int MaxDepth = 500;

    /// <summary>Reads a template.</summary>
    /// <exception cref="TemplateMistake">The first mistake in it.</exception>
    public static ScribanTemplate Read(string text)
    {
        if (text.Length > RenderLimits.MaxTemplate)
        {
            throw RenderLimits.TooMuch();
        }

        var parsed = Template.Parse(text, parserOptions: new() { ExpressionDepthLimit = MaxDepth });
        var tags = TemplateTags.Read(text, ScriptLang.Default);
        if (parsed.Messages.FirstOrDefault(message => message.Type == ParserMessageType.Error) is { } error)
        {
            throw error.Message.Contains("depth limit", StringComparison.Ordinal)
                ? TemplateMistake.TooDeep()
                : TemplateMistake.Syntax(error.Message, tags.Around(error.Span.Start.Offset)?.Place);
        }

        return new(text, parsed.Page ?? throw TemplateMistake.Syntax("it cannot be read"), tags);
    }
}
