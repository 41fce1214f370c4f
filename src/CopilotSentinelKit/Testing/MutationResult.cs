using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing;

/// <summary>What became of a mistake that was made in a query on purpose.</summary>
public enum MutationOutcome
{
    /// <summary>A test noticed it.</summary>
    Killed,

    /// <summary>No test noticed it.</summary>
    Survived,

    /// <summary>The query with it is no KQL, so nobody could deploy it.</summary>
    Invalid,
}

/// <summary>A mistake that was made in a query on purpose, and what became of it.</summary>
/// <param name="Target">What is tested.</param>
/// <param name="Kind">What sort of mistake, in words.</param>
/// <param name="Place">The text that it replaced, where a person wrote it.</param>
/// <param name="Original">That text in the query.</param>
/// <param name="Replacement">What stood there instead.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="KilledBy">The test that noticed it; empty when none did.</param>
public sealed record MutationResult(string Target, string Kind, SourceSpan Place, string Original, string Replacement, MutationOutcome Outcome, string KilledBy)
{
    /// <summary>The share of mistakes that tests noticed in percent, of those that could be deployed; 100 when there is none.</summary>
    public static double Score(ImmutableArray<MutationResult> results)
    {
        var (killed, survived) = (results.Count(result => result.Outcome == MutationOutcome.Killed), results.Count(result => result.Outcome == MutationOutcome.Survived));
        return killed + survived == 0 ? 100 : 100d * killed / (killed + survived);
    }
}
