using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Cli;

/// <summary>Results of mutation tests for people: what no test noticed, and the score.</summary>
internal static class MutationText
{
    /// <summary>A line for each survivor, then the score; ends in a line break.</summary>
    public static string Of(ImmutableArray<MutationResult> results)
    {
        var text = new StringBuilder();
        var survivors = results.Where(result => result.Outcome == MutationOutcome.Survived).ToList();
        foreach (var survivor in survivors)
        {
            text.Append(survivor.Place).Append(": no test notices ").Append(survivor.Replacement.Length == 0 ? "that this is gone" : "\"" + OneLine(survivor.Replacement) + "\" in place of").Append(" \"").Append(OneLine(survivor.Original)).Append("\" (").Append(survivor.Target).Append(")\n");
        }

        var noticed = results.Count(result => result.Outcome == MutationOutcome.Killed);
        return text.Append(CultureInfo.InvariantCulture, $"Mutation score {Math.Floor(MutationResult.Score(results) * 10) / 10:0.#} %: tests notice {noticed} of {noticed + survivors.Count} mistakes.\n").ToString();
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
