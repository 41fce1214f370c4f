using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Scriban.Parsing;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>A tag or output of a template, braces included.</summary>
/// <param name="Place">Where.</param>
/// <param name="IsOutput">Whether it is <c>{{ }}</c>.</param>
/// <param name="Name">The word it begins with, or null.</param>
/// <param name="IsEmpty">Whether nothing is between the braces.</param>
internal sealed record TemplateTag(TextPlace Place, bool IsOutput, string? Name, bool IsEmpty)
{
    /// <summary>Where what follows the first word should be.</summary>
    public TextPlace AfterName(string text) => new(text.IndexOf(Name!, Place.Start, StringComparison.Ordinal) + Name!.Length, 0);
}

/// <summary>Where the tags of a template are: Scriban's tree knows only what is between the braces.</summary>
internal sealed partial class TemplateTags
{
    private readonly ImmutableArray<TemplateTag> _tags;

    private TemplateTags(ImmutableArray<TemplateTag> tags) => _tags = tags;

    /// <summary>A comment without its end, or what follows such a <c>{% raw %}</c>.</summary>
    public TextPlace? Unclosed { get; private init; }

    public ImmutableArray<TemplateTag> All => _tags;

    public static TemplateTags Read(string text, ScriptLang language)
    {
        var tags = ImmutableArray.CreateBuilder<TemplateTag>();
        var start = -1;
        string? name = null;
        var words = 0;
        foreach (var token in new Lexer(text, null, new LexerOptions { Lang = language }))
        {
            if (token.Type == TokenType.CodeEnter && text[token.Start.Offset + 1] == '%')
            {
                // A comment, which Scriban reads in one go.
                (start, name) = (-1, null);
                Add(token.Start.Offset, token.End.Offset + 1, isEmpty: false);
            }
            else if (token.Type is TokenType.CodeEnter or TokenType.LiquidTagEnter)
            {
                (start, name, words) = (token.Start.Offset, null, 0);
            }
            else if (token.Type is TokenType.CodeExit or TokenType.LiquidTagExit && start >= 0)
            {
                Add(start, token.End.Offset + 1, words == 0);
                start = -1;
            }
            else if (start >= 0 && token.Type != TokenType.Eof && words++ == 0 && token.Type == TokenType.Identifier)
            {
                name = token.GetText(text);
            }
        }

        if (start >= 0)
        {
            Add(start, text.Length, isEmpty: false);
        }

        // Scriban stops there and says nothing.
        var open = start >= 0 ? Block().Match(text, start) : Match.Empty;
        return new(tags.ToImmutable())
        {
            Unclosed = !open.Success ? null : open.Groups["comment"].Success ? new(start, open.Length) : new(start + open.Length, text.Length - start - open.Length),
        };

        void Add(int from, int to, bool isEmpty) => tags.Add(new(new(from, to - from), text.AsSpan(from).StartsWith("{{"), name, isEmpty));
    }

    /// <summary>The tag around an offset; the last one for an offset after them, which is how Scriban says that the text has ended.</summary>
    public TemplateTag? Around(int offset) =>
        offset < 0 ? _tags.LastOrDefault() : _tags.FirstOrDefault(tag => offset >= tag.Place.Start && offset < tag.Place.End) ?? _tags.LastOrDefault(tag => tag.Place.Start <= offset);

    [GeneratedRegex(@"\G\{%-?\s*((?<comment>comment)|raw)\s*-?%\}")]
    private static partial Regex Block();
}
