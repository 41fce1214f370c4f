using System.Collections.Immutable;
using Scriban.Parsing;

namespace CopilotSentinelKit.InProcess;

/// <summary>A tag or output of a template, braces included.</summary>
/// <param name="Place">Where.</param>
/// <param name="IsOutput">Whether it is <c>{{ }}</c>.</param>
/// <param name="Name">The word it begins with, or null.</param>
/// <param name="IsEmpty">Whether nothing is between the braces.</param>
internal sealed record TemplateTag(TextPlace Place, bool IsOutput, string? Name, bool IsEmpty);

/// <summary>Where the tags of a template are: Scriban's tree knows only what is between the braces.</summary>
internal sealed class TemplateTags
{
    private readonly ImmutableArray<TemplateTag> _tags;

    private TemplateTags(ImmutableArray<TemplateTag> tags) => _tags = tags;

    public ImmutableArray<TemplateTag> All => _tags;

    public static TemplateTags Read(string text, ScriptLang language)
    {
        var tags = ImmutableArray.CreateBuilder<TemplateTag>();
        var start = -1;
        string? name = null;
        var words = 0;
        foreach (var token in new Lexer(text, null, new LexerOptions { Lang = language }))
        {
            if (token.Type is TokenType.CodeEnter or TokenType.LiquidTagEnter)
            {
                (start, name, words) = (token.Start.Offset, null, 0);
            }
            else if (token.Type is TokenType.CodeExit or TokenType.LiquidTagExit && start >= 0)
            {
                Add(token.End.Offset + 1);
            }
            else if (start >= 0 && token.Type != TokenType.Eof && words++ == 0 && token.Type == TokenType.Identifier)
            {
                name = token.GetText(text);
            }
        }

        if (start >= 0)
        {
            Add(text.Length);
        }

        return new(tags.ToImmutable());

        void Add(int end)
        {
            tags.Add(new(new(start, end - start), text.AsSpan(start).StartsWith("{{"), name, words == 0));
            start = -1;
        }
    }

    /// <summary>The tag around an offset; the last one for an offset after them, which is how Scriban says that the text has ended.</summary>
    public TemplateTag? Around(int offset) =>
        offset < 0 ? _tags.LastOrDefault() : _tags.FirstOrDefault(tag => offset >= tag.Place.Start && offset < tag.Place.End) ?? _tags.LastOrDefault(tag => tag.Place.Start <= offset);
}
