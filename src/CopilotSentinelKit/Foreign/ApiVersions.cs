using System.Collections.Frozen;
using System.Collections.Immutable;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Foreign;

/// <summary>The API versions that resource providers are known to have.</summary>
internal static class ApiVersions
{
    /// <summary>The provider of Sentinel's own resources.</summary>
    public const string SecurityInsights = "microsoft.securityinsights";

    private static readonly FrozenDictionary<string, ImmutableArray<string>> Known = KitData.ReadRows("api-versions.tsv")
        .ToFrozenDictionary(row => row[0], row => row[1].Split(' ').ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>The versions of a provider (lower case), the newest last; none for a provider that is not known.</summary>
    public static ImmutableArray<string> Of(string provider) => Known.GetValueOrDefault(provider, []);

    /// <summary>The provider that a resource type (lower case) belongs to: types under ".../workspaces/providers" are Sentinel's.</summary>
    public static string ProviderOf(string type) =>
        type.StartsWith("microsoft.operationalinsights/workspaces/providers/", StringComparison.Ordinal) ? SecurityInsights : type.Split('/')[0];
}
