using System.Text;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Fuzz;

/// <summary>Findings as text, after a look at each.</summary>
internal static class Outcome
{
    private static readonly TextReporter Reporter = new(colour: false);

    /// <exception cref="InvalidOperationException">A finding has no text, or points out of its file.</exception>
    public static string Of(IEnumerable<Finding> findings)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            Verify(finding.Span, finding);
            foreach (var place in finding.Related.Select(related => related.Span).Concat(finding.Fix?.Edits.Select(edit => edit.Span) ?? []))
            {
                Verify(place, finding);
            }

            if (string.IsNullOrWhiteSpace(finding.Message) || finding.Code.Length == 0)
            {
                throw new InvalidOperationException($"A finding without text: {finding}");
            }

            var shown = Reporter.Format(finding);
            if (shown.Any(character => (char.IsControl(character) && character != '\n') || char.IsSurrogate(character) && !IsWhole(shown)))
            {
                throw new InvalidOperationException($"A finding that a terminal would obey: {shown}");
            }

            text.Append(shown);
        }

        return text.ToString();
    }

    /// <exception cref="InvalidOperationException">A diagnostic or a node points out of the query.</exception>
    public static string Of(string query, KqlAnalysis analysis)
    {
        foreach (var diagnostic in analysis.Diagnostics)
        {
            if (diagnostic.Start < 0 || diagnostic.Length < 0 || diagnostic.Start + diagnostic.Length > query.Length)
            {
                throw new InvalidOperationException($"{diagnostic} is not in a query of {query.Length} characters.");
            }
        }

        foreach (var node in analysis.Tree?.SelfAndDescendants() ?? [])
        {
            // Throws where it is outside.
            _ = node.Source.Length;
        }

        return string.Join('\n', analysis.Diagnostics) + string.Join(',', analysis.Columns ?? []) + string.Join(',', analysis.Tables);
    }

    private static bool IsWhole(string text) => HarmlessText.Whole(text) == text;

    private static void Verify(SourceSpan span, Finding finding)
    {
        if (span.Start < 0 || span.Length < 0 || span.Start + span.Length > span.File.Text.Length)
        {
            throw new InvalidOperationException($"{finding.Code} points to {span.Start}+{span.Length} of {span.File.Path}, which has {span.File.Text.Length} characters: {finding.Message}");
        }
    }
}
