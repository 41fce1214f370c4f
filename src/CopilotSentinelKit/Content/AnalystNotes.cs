using System.Collections.Immutable;

namespace CopilotSentinelKit.Content;

/// <summary>What an analyst needs beside the description.</summary>
/// <param name="FalsePositives">Harmless things that look the same.</param>
/// <param name="Response">What to do about an alert, or null.</param>
/// <param name="References">Web addresses with more to read.</param>
public sealed record AnalystNotes(ImmutableArray<string> FalsePositives, string? Response, ImmutableArray<string> References)
{
    /// <summary>Nothing to say.</summary>
    public static AnalystNotes None { get; } = new([], null, []);

    /// <summary>Paragraphs of plain text: portals show Markdown in some places and not in others.</summary>
    internal IEnumerable<string> Paragraphs()
    {
        if (Response is { Length: > 0 } response)
        {
            yield return "What to do: " + Line(response);
        }

        if (!FalsePositives.IsEmpty)
        {
            yield return "False positives: " + string.Join(" ", FalsePositives.Select(text => Line(text) is [.., '.' or '!' or '?'] line ? line : Line(text) + "."));
        }

        if (!References.IsEmpty)
        {
            yield return "More: " + string.Join(" ", References);
        }
    }

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
