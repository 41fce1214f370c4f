using System.Collections.Immutable;

namespace CopilotSentinelKit.Simulate;

/// <summary>What is simulated.</summary>
/// <param name="People">How many people the tenant has.</param>
/// <param name="Start">The first day, UTC.</param>
/// <param name="Days">How many days.</param>
/// <param name="Seed">Another seed gives another tenant.</param>
public sealed record SimulationOptions(int People, DateOnly Start, int Days, int Seed)
{
    /// <summary>Attacks that are placed in it.</summary>
    public ImmutableArray<PlacedAttack> Attacks { get; init; } = [];

    /// <summary>The first moment.</summary>
    public DateTime From => Start.ToDateTime(default, DateTimeKind.Utc);

    /// <summary>The moment after the last.</summary>
    public DateTime To => From.AddDays(Days);
}

/// <summary>An attack and when it is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it begins, UTC.</param>
public sealed record PlacedAttack(string Id, DateTime At);
