using System.Security.Cryptography;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A content item as the lock file remembers it, to tell in the next run whether it changed.</summary>
/// <param name="Kind">AnalyticsRule, HuntingQuery, Parser, Workbook, Watchlist, SummaryRule, AutomationRule.</param>
/// <param name="Id">The id in the spec.</param>
/// <param name="Guid">Its GUID.</param>
/// <param name="Version">X.Y.Z.</param>
/// <param name="Hash">SHA-256, in hex, of everything but the version.</param>
public sealed record LockEntry(string Kind, string Id, Guid Guid, string Version, string Hash)
{
    /// <summary>Whether its name says "[Deprecated]": it may go.</summary>
    public bool IsDeprecated { get; init; }
}

/// <summary>A content item of this run.</summary>
/// <param name="Entry">What the lock file remembers.</param>
/// <param name="Source">Where its version is written.</param>
public sealed record ContentEntry(LockEntry Entry, SourceSpan Source)
{
    /// <summary>Its name in Sentinel; empty where only the lock file is known.</summary>
    public string Name { get; init; } = "";

    /// <summary>The entry of an item. The hash is over values, not over an output file, so that a later kit may write them differently.</summary>
    public static ContentEntry Of(ContentItem item)
    {
        var kind = ContentKind.Of(item);
        var values = Values(item);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonText.Write(values))));
        var entry = new LockEntry(kind.Name, item.Id.Value, item.Guid, item.Version.Value, hash) { IsDeprecated = item.IsDeprecated };
        return new(entry, item.Version.Span) { Name = item.Name.Value };
    }

    /// <summary>Everything of an item but its version, under Sentinel's names.</summary>
    internal static OutputMap Values(ContentItem item)
    {
        var kind = ContentKind.Of(item);
        var unversioned = item with { Version = new("", item.Version.Span) };
        unversioned = unversioned is ParserFunction parser ? parser with { Updated = null } : unversioned;
        return OutputMap.Of(
            ("content", kind.Yaml(unversioned)),
            // A workbook's JSON has neither.
            ("name", item is Workbook ? item.Name.Value : null),
            ("description", item is Workbook || item.Description.Value.Trim().Length > ContentTexts.SummaryLimit ? item.Description.Value : null),
            ("companion", kind.Companion?.Invoke(unversioned).Text),
            ("enabled", item is AnalyticsRule rule ? rule.Enabled : null),
            ("arm", item.Further.Arm is { } arm ? FurtherOutput.Node(arm) : null));
    }
}
