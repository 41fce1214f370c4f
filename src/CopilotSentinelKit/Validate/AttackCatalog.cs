using System.Collections.Immutable;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Validate;

/// <summary>ATT&amp;CK as Sentinel knows it: Enterprise 17.1 and the ICS ids of Azure-Sentinel's validator, and what ATT&amp;CK 19 changed since.</summary>
internal sealed class AttackCatalog
{
    private static readonly Lazy<AttackCatalog> Lazy = new(() => new(KitData.ReadRows("attack.tsv")));
    private readonly Dictionary<string, ImmutableArray<string>> _techniques = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _later = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _former = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _revoked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _laterTactics = new(StringComparer.Ordinal);
    private readonly HashSet<string> _armTactics = new(StringComparer.Ordinal);

    private AttackCatalog(ImmutableArray<string[]> rows)
    {
        var tactics = ImmutableArray.CreateBuilder<string>();
        foreach (var row in rows)
        {
            switch (row[0])
            {
                case "tactic":
                    tactics.Add(row[1]);
                    break;
                case "armtactic":
                    _armTactics.Add(row[1]);
                    break;
                case "latertactic":
                    _laterTactics.Add(row[1], row[2]);
                    break;
                case "later":
                    _later.Add(row[1], row[2]);
                    break;
                case "former":
                    _former.Add(row[1], row[2]);
                    break;
                case "revoked":
                    _revoked.Add(row[1], row.ElementAtOrDefault(2) ?? "");
                    break;
                default:
                    _techniques.Add(row[1], [.. row[2].Split(' ')]);
                    break;
            }
        }

        Tactics = tactics.ToImmutable();
    }

    /// <summary>The embedded catalog, read once.</summary>
    public static AttackCatalog Instance => Lazy.Value;

    /// <summary>Tactics that Sentinel accepts, in ordinal order.</summary>
    public ImmutableArray<string> Tactics { get; }

    /// <summary>Ids of all techniques and sub-techniques of 17.1 and ICS.</summary>
    public IEnumerable<string> Techniques => _techniques.Keys;

    /// <summary>Whether a tactic is in the resource provider's enumeration but not in Azure-Sentinel's validator.</summary>
    public bool IsOnlyInArm(string tactic) => _armTactics.Contains(tactic);

    /// <summary>Sentinel's counterpart of a tactic that only ATT&amp;CK 19 has, or null.</summary>
    public string? CounterpartOf(string tactic) => _laterTactics.GetValueOrDefault(tactic);

    /// <summary>Tactics of a technique, or null when ATT&amp;CK 17.1 does not have it.</summary>
    public ImmutableArray<string>? TacticsOf(string technique) => _techniques.TryGetValue(technique, out var tactics) ? tactics : null;

    /// <summary>The name of a technique that only ATT&amp;CK 19 has, or null.</summary>
    public string? LaterName(string technique) => _later.GetValueOrDefault(technique);

    /// <summary>Ids that were revoked before 17.1 and have a successor in it.</summary>
    public IEnumerable<string> FormerTechniques => _former.Keys;

    /// <summary>The id of 17.1 that stands for one that was revoked before, or null.</summary>
    public string? SuccessorOfFormer(string technique) => _former.GetValueOrDefault(technique);

    /// <summary>What ATT&amp;CK 19 put in place of a technique: an id, "" when none is known, null when it is not revoked.</summary>
    public string? SuccessorOf(string technique) => _revoked.GetValueOrDefault(technique);
}
