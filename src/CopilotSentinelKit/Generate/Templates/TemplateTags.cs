using System.Collections.Immutable;
using Scriban.Parsing;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>Where the tags of a template are, braces included: Scriban's tree knows only what is between the braces.</summary>
internal sealed class TemplateTags
{
    private readonly ImmutableArray<TextPlace> _tags;

    private TemplateTags(ImmutableArray<TextPlace> tags) => _tags = tags;

    public static TemplateTags Read(string text)
    {
        var tags = ImmutableArray.CreateBuilder<TextPlace>();
        var start = -1;
        foreach (var token in new Lexer(text))
        {
            if (token.Type == TokenType.CodeEnter)
            {
                start = token.Start.Offset;
            }
            else if (token.Type == TokenType.CodeExit && start >= 0)
            {
                tags.Add(new(start, token.End.Offset + 1 - start));
                start = -1;
            }
            else if (token.Type is TokenType.Escape)
            {
                tags.Add(TextPlace.Of(new("", token.Start, token.End)));
            }
        }

        if (start >= 0)
        {
            tags.Add(new(start, text.Length - start));
        }

        return new(tags.ToImmutable());
    }

    /// <summary>Whether an offset is in a tag, or in text that <c>{%{ }%}</c> keeps as it is.</summary>
    public bool Holds(int offset) => _tags.Any(tag => offset >= tag.Start && offset < tag.End);

    /// <summary>The tag around an offset; the last one before an offset that is in none, which is how Scriban says that the text has ended.</summary>
    public TextPlace? Around(int offset)
    {
        var last = _tags.LastOrDefault(tag => offset < 0 || tag.Start <= offset);
        return last == default ? null : last;
    }
}
