using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Searches that read every value where the term index would do: contains with a word, a regular expression of plain words.</summary>
internal static partial class TermLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            switch (node.OperatorText())
            {
                case "contains" or "!contains" when node["Right"]?.Unwrapped() is { Kind: "StringLiteralExpression", Value: { } text } && Word().IsMatch(text)
                    && node["Left"]?.Unwrapped() is { Symbol: { Kind: "Column", Type: "string", Origins.IsEmpty: false } }:
                    yield return LintFindings.ContainsWord(query.At(node), node.OperatorText()!, text);
                    break;
                case "matches regex" when node["Right"]?.Unwrapped() is { Value: { } pattern } && PlainWords(pattern) is { } words:
                    yield return LintFindings.RegexOfWords(query.At(node), pattern, words);
                    break;
            }
        }
    }

    private static string? PlainWords(string pattern)
    {
        var alternatives = IgnoreCase().Replace(pattern, "");
        if (alternatives is ['(', .., ')'])
        {
            alternatives = alternatives[1..^1].Replace("?:", "", StringComparison.Ordinal);
        }

        var words = alternatives.Split('|');
        return words.All(word => Plain().IsMatch(word)) ? string.Join(", ", words.Select(word => $"\"{word}\"")) : null;
    }

    // Terms are runs of letters and digits; those of three characters or more are indexed (Kusto, "String operators").
    [GeneratedRegex(@"^[A-Za-z0-9]{4,}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Za-z0-9_ -]{3,}\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^\(\?i\)")]
    private static partial Regex IgnoreCase();
}
