using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.NodeHost;

namespace CopilotSentinelKit.Tests.NodeHost;

internal sealed partial class ReservedWordsTests
{
    // Every word that stands in the library as a text: a keyword of its lexer is one of them.
    [Test]
    public async Task The_list_is_what_the_lexer_of_the_library_takes_for_keywords()
    {
        var library = await File.ReadAllTextAsync(Path.Combine(LanguageHostOptions.ForApplication().Directory, "Kusto.Language.Bridge.min.js"));
        var words = Word().Matches(library).Select(match => match.Groups[1].Value).Concat(KqlWriter.ReservedWords).Distinct(StringComparer.Ordinal).ToList();
        Assert.That(words, Has.Count.GreaterThan(1_000));

        var requests = words.Chunk(200).Select(some => new KqlRequest(string.Concat(some.Select(word => $"print {word};")), [], WithTree: true));
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(new(SharedHost.Catalog, [], [], []), [.. requests], null, CancellationToken.None);
        var tokens = analyses.SelectMany(analysis => Tokens(analysis.Tree!)).ToLookup(token => token.Text!, token => token.Kind, StringComparer.Ordinal);
        Assert.That(words.Where(word => !tokens.Contains(word)), Is.Empty);
        var reserved = words.Where(word => tokens[word].Any(kind => kind != "IdentifierToken")).ToHashSet(StringComparer.Ordinal);
        Assert.That(string.Join(' ', reserved.Except(KqlWriter.ReservedWords)), Is.Empty, "missing");
        Assert.That(string.Join(' ', KqlWriter.ReservedWords.Except(reserved)), Is.Empty, "no keywords");
    }

    private static IEnumerable<SyntaxNode> Tokens(SyntaxNode node) => node.Text is not null ? [node] : node.Children.SelectMany(Tokens);

    [GeneratedRegex("\"([A-Za-z_][A-Za-z0-9_]*)\"")]
    private static partial Regex Word();
}
