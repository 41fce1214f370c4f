using System.Collections.Immutable;
using CopilotSentinelKit.Spec;

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

    /// <summary>Twenty people in eight days, each attack on the last of them: enough for every panel of a workbook that looks back a week, and worked out in seconds.</summary>
    /// <param name="spec">The tenant, with its attacks.</param>
    public static SimulationOptions ForPreview(SimulationSpec spec)
    {
        var options = new SimulationOptions(20, new(2026, 1, 5), 8, 1);
        return options with { Attacks = [.. spec.Attacks.Select(attack => new PlacedAttack(attack.Id.Value, options.To.AddDays(-1) + attack.At))] };
    }

    /// <summary>The first moment.</summary>
    public DateTime From => Start.ToDateTime(default, DateTimeKind.Utc);

    /// <summary>The moment after the last.</summary>
    public DateTime To => From.AddDays(Days);
}

/// <summary>An attack and when it is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it begins, UTC.</param>
public sealed record PlacedAttack(string Id, DateTime At);
