using System.Collections.Immutable;

namespace CopilotSentinelKit.Content;

/// <summary>Sentinel's entities as Defender's custom detections name them.</summary>
internal static class DefenderEntities
{
    private static readonly Lazy<ImmutableDictionary<string, (string Collection, bool IsAsset, ImmutableDictionary<string, string> Properties)>> Known = new(() =>
        KitData.ReadRows("defender-entities.tsv").ToImmutableDictionary(
            row => row[0],
            row => (row[1], row[2].Length > 0, row[3].Split(' ').Select(pair => pair.Split('=')).ToImmutableDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)),
            StringComparer.Ordinal));

    // What tells an account in Defender: one of these, or the name with where it is from.
    private static readonly ImmutableArray<ImmutableArray<string>> Accounts =
        [["upnColumn"], ["aadUserIdColumn"], ["sidColumn"], ["nameColumn", "upnSuffixColumn"], ["nameColumn", "ntDomainColumn"], ["nameColumn", "dnsDomainColumn"]];

    /// <summary>The entity, or null when Defender has none of its type, or no property for what identifies it.</summary>
    public static DefenderEntity? Of(EntityMapping mapping)
    {
        if (!Known.Value.TryGetValue(mapping.Type.Value, out var known))
        {
            return null;
        }

        ImmutableArray<(string Property, string Column)> columns =
        [
            .. from field in mapping.Fields
               let property = known.Properties.GetValueOrDefault(field.Identifier.Value)
               where property is not null
               select (property, field.Column.Value),
        ];
        var isWhole = known.Collection == "accounts" ? Accounts.Any(needed => needed.All(property => columns.Any(column => column.Property == property))) : !columns.IsEmpty;
        return isWhole ? new(known.Collection, columns) : null;
    }

    /// <summary>The entities that Defender has a form for.</summary>
    public static ImmutableArray<DefenderEntity> Of(AnalyticsRule rule) => [.. rule.Entities.Select(Of).OfType<DefenderEntity>()];

    /// <summary>Types of a rule's entities that Defender does not take as they are mapped, each once.</summary>
    public static ImmutableArray<string> LostTypes(AnalyticsRule rule) =>
        [.. rule.Entities.Where(entity => Of(entity) is null).Select(entity => entity.Type.Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Why a rule's entities are not enough for a custom detection, which needs one of some kinds, as a sentence that goes on from "because"; null when they are.</summary>
    public static string? WhyNotEnough(AnalyticsRule rule) =>
        Of(rule).Any(IsAsset) ? null : "it maps no account, address, host or mailbox, one of which Defender demands";

    private static bool IsAsset(DefenderEntity entity) => Known.Value.Values.Any(known => known.IsAsset && known.Collection == entity.Collection);
}
