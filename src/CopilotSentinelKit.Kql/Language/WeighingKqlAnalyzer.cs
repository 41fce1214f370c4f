using System.Collections.Immutable;
using static System.FormattableString;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Keeps from the language service what would take it minutes and all memory: such a query has that as its only finding.</summary>
/// <param name="inner">Analyses the others.</param>
public sealed class WeighingKqlAnalyzer(IKqlAnalyzer inner) : IKqlAnalyzer
{
    // Sentinel takes 10,000 characters of a rule; the longest parsers that are published have less than half of this.
    private const int MostCharacters = 200_000;

    /// <inheritdoc/>
    public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        var refused = requests.Select(request => Refusal(request.Text)).ToList();
        var answers = await inner.AnalyzeAsync(schema, [.. requests.Where((_, index) => refused[index] is null)], analyzed, cancellation).ConfigureAwait(false);
        var next = 0;
        return [.. refused.Select(finding => finding is null ? answers[next++] : new([finding], null, [], [], [], [], null) { IsOpen = true })];
    }

    private static KqlDiagnostic? Refusal(string text)
    {
        var (words, tables) = QueryWeight.Of(text);
        var reason = text.Length > MostCharacters ? Invariant($"it has {text.Length} characters, and at most {MostCharacters} are analysed. Split it into functions of the workspace.")
            : words > QueryWeight.Most ? $"its functions call each other so often that it stands for {Count(words)} words. Call each once, and give its result a name with let and materialize()."
            : tables > QueryWeight.MostTables ? $"the tables that it names with let build on each other so often that it joins {Count(tables)} of them. Read each table once, and say what to do with it in fewer steps."
            : null;
        if (reason is null)
        {
            return null;
        }

        var fault = LanguageServiceErrors.TooHeavy(reason);
        return new(fault.Code, "Error", 0, text.Length, fault.Message);
    }

    private static string Count(long number) => number > int.MaxValue ? "billions of" : Invariant($"{number}");
}
