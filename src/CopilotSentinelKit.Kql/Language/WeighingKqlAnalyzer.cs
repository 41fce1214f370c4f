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
        var reason = text.Length > MostCharacters
            ? Invariant($"it has {text.Length} characters, and at most {MostCharacters} are analysed. Split it into functions of the workspace.")
            : QueryWeight.Of(text) is > QueryWeight.Most and var weight
                ? Invariant($"its functions call each other so often that it stands for {(weight > int.MaxValue ? "billions of" : weight)} words. Call each once, and give its result a name with let and materialize().")
                : null;
        if (reason is null)
        {
            return null;
        }

        var fault = LanguageServiceErrors.TooHeavy(reason);
        return new(fault.Code, "Error", 0, text.Length, fault.Message);
    }
}
