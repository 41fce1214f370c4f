using System.Collections.Immutable;
using Scriban.Parsing;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>Where the tags of a template are, braces included: Scriban's tree knows only what is between the braces.</summary>
internal sealed class TemplateTags
{
    private readonly ImmutableArray<TextPlace> _tags;

    private TemplateTags(ImmutableArray<TextPlace> tags) => _tags = tags;

    /// <summary>The tag that has no end, of which Scriban says nothing; null when all have one.</summary>
    public TextPlace? Unclosed { get; private init; }

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
            else if (token.Type == TokenType.Escape)
            {
                tags.Add(new(token.Start.Offset, token.End.Offset + 1 - token.Start.Offset));
            }
        }

        if (start < 0)
        {
            return new(tags.ToImmutable());
        }

        TextPlace unclosed = new(start, text.Length - start);
        tags.Add(unclosed);
        return new(tags.ToImmutable()) { Unclosed = unclosed };
    }

    /// <summary>Whether an offset is in a tag, or in text that <c>{%{ }%}</c> keeps as it is.</summary>
    public bool Holds(int offset) => Around(offset) is { } tag && offset >= tag.Start && offset < tag.End;

    /// <summary>The tag around an offset; the last one before an offset that is in none, which is how Scriban says that the text has ended.</summary>
    public TextPlace? Around(int offset)
    {
        var (from, to) = (0, _tags.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = offset < 0 || _tags[middle].Start <= offset ? (middle + 1, to) : (from, middle);
        }

        return from == 0 ? null : _tags[from - 1];
    }
}
