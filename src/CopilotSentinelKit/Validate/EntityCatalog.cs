using System.Collections.Immutable;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Validate;

/// <summary>A Sentinel entity type.</summary>
/// <param name="Name">Its name, such as Account.</param>
/// <param name="Identifiers">What it can be identified by, in ordinal order.</param>
/// <param name="Required">Combinations of identifiers; one of them must be complete.</param>
/// <param name="Strong">Combinations that name one entity for certain; empty where none is known.</param>
internal sealed record EntityType(
    string Name,
    ImmutableArray<string> Identifiers,
    ImmutableArray<ImmutableArray<string>> Required,
    ImmutableArray<ImmutableArray<string>> Strong);

/// <summary>The entity types that analytics rules and hunts can map.</summary>
internal sealed class EntityCatalog
{
    private static readonly Lazy<EntityCatalog> Lazy = new(() => new(KitData.ReadRows("entities.tsv")));
    private readonly Dictionary<string, EntityType> _types;

    private EntityCatalog(ImmutableArray<string[]> rows)
    {
        _types = rows.Where(row => row[0] == "entity")
            .Select(row => new EntityType(row[1], [.. row[2].Split(' ')], Combinations(row[3]), Combinations(row.ElementAtOrDefault(4))))
            .ToDictionary(type => type.Name, StringComparer.Ordinal);
        DroppedAccountNames = [.. rows.Where(row => row[0] == "dropped").Select(row => row[1])];
    }

    /// <summary>The embedded catalog, read once.</summary>
    public static EntityCatalog Instance => Lazy.Value;

    /// <summary>Names of all types.</summary>
    public IEnumerable<string> Names => _types.Keys;

    /// <summary>Account names that Sentinel drops when nothing else identifies the account.</summary>
    public ImmutableArray<string> DroppedAccountNames { get; }

    /// <summary>The type of a name (case-sensitive), or null.</summary>
    public EntityType? Find(string name) => _types.GetValueOrDefault(name);

    private static ImmutableArray<ImmutableArray<string>> Combinations(string? text) =>
        string.IsNullOrEmpty(text) ? [] : [.. text.Split(' ').Select(combination => combination.Split('+').ToImmutableArray())];
}
