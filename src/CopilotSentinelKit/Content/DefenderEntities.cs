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

    /// <summary>Whether it is of a kind of which a custom detection needs at least one.</summary>
    public static bool IsAsset(DefenderEntity entity) => Known.Value.Values.Any(known => known.IsAsset && known.Collection == entity.Collection);
}
