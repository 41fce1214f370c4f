using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Import;

/// <summary>What a deployment finds of a piece of content.</summary>
public enum PlannedChange
{
    /// <summary>The workspace does not have it.</summary>
    New,

    /// <summary>The workspace has it as it was written last, and the specs have changed since.</summary>
    Changed,

    /// <summary>The workspace has it neither as it is now nor as it was written last: somebody changed it there.</summary>
    Edited,

    /// <summary>The workspace has it, and no spec makes it any more.</summary>
    Orphaned,
}

/// <summary>A piece of content that a deployment would make, change or leave behind.</summary>
/// <param name="Kind">AnalyticsRule, HuntingQuery, Parser, Workbook, Watchlist, SummaryRule or AutomationRule; empty when only its id is known.</param>
/// <param name="Id">The id in the spec; its name in the workspace where there is no spec.</param>
/// <param name="Change">What.</param>
/// <param name="Differences">What differs, a line each, from the workspace's value to the project's.</param>
public sealed record PlannedItem(string Kind, string Id, PlannedChange Change, ImmutableArray<string> Differences);

/// <summary>What a deployment would do to a workspace.</summary>
/// <param name="Items">All that would change or be left behind, by kind and id.</param>
/// <param name="Same">How many pieces of content are there as they are.</param>
/// <param name="Others">How many pieces of content of the workspace are none of this project's.</param>
public sealed record DeploymentPlan(ImmutableArray<PlannedItem> Items, int Same, int Others)
{
    // The service makes these, does not give them back, or counts them itself.
    private static readonly string[] Unread = ["etag", "version", "source", "sourceType", "contentType", "numberOfLinesToSkip", "rawContent", "provider", "sourceId"];

    /// <summary>Compares content with what a workspace has.</summary>
    /// <param name="items">The project's content.</param>
    /// <param name="deployed">Exports of the workspace.</param>
    /// <param name="written">ARM templates that were written last.</param>
    /// <param name="known">What the lock file says was written last, to tell what is left behind.</param>
    /// <param name="findings">Takes what is wrong with a file.</param>
    public static DeploymentPlan Of(
        ImmutableArray<ContentItem> items, IEnumerable<SpecFile> deployed, IEnumerable<SpecFile> written, ImmutableArray<ContentEntry> known, ICollection<Finding> findings)
    {
        var there = ByKey(deployed.SelectMany(file => DeployedItem.Read(file, findings)));
        var last = ByKey(written.SelectMany(file => DeployedItem.Read(file, [])));
        var planned = items.Select(item => Plan(item, there.GetValueOrDefault(KeyOf(item)), last.GetValueOrDefault(KeyOf(item)))).OfType<PlannedItem>().ToList();
        var own = items.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        var former = known.Select(entry => entry.Entry).Where(entry => !own.Contains(KeyOf(entry))).DistinctBy(KeyOf).ToDictionary(KeyOf, StringComparer.Ordinal);
        var orphaned = there.Keys.Where(key => !own.Contains(key) && former.ContainsKey(key)).Select(key => new PlannedItem(former[key].Kind, former[key].Id, PlannedChange.Orphaned, [])).ToList();
        return new(
            [.. planned.Concat(orphaned).OrderBy(item => item.Change).ThenBy(item => item.Kind, StringComparer.Ordinal).ThenBy(item => item.Id, StringComparer.Ordinal)],
            items.Length - planned.Count,
            there.Keys.Count(key => !own.Contains(key)) - orphaned.Count);
    }

    /// <summary>Whether the workspace has what no deployment from this project put there.</summary>
    public bool HasDrifted => Items.Any(item => item.Change is PlannedChange.Edited or PlannedChange.Orphaned);

    private static Dictionary<string, DeployedItem> ByKey(IEnumerable<DeployedItem> items) =>
        items.GroupBy(item => item.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    private static string KeyOf(ContentItem item) => item switch
    {
        Watchlist list => list.Alias.Value.ToLowerInvariant(),
        SummaryRule summary => summary.FileName.ToLowerInvariant(),
        _ => item.Guid.ToString(),
    };

    // The name of a summary rule is its id without hyphens.
    private static string KeyOf(LockEntry entry) => entry.Kind switch
    {
        "Watchlist" => entry.Id.ToLowerInvariant(),
        "SummaryRule" => entry.Id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(),
        _ => entry.Guid.ToString(),
    };

    private static PlannedItem? Plan(ContentItem item, DeployedItem? there, DeployedItem? last)
    {
        var kind = ContentKind.Of(item);
        if (there is null)
        {
            return new(kind.Name, item.Id.Value, PlannedChange.New, []);
        }

        var properties = (OutputMap)kind.Resource(item, ArmSettings.Plain).Entries.First(entry => entry.Key == "properties").Value;
        var different = properties.Entries.Where(entry => !Unread.Contains(entry.Key) && Differs(entry.Key, entry.Value, there, item)).ToList();
        if (different.Count == 0)
        {
            return null;
        }

        // What was written last tells who changed it.
        var isEdited = last is not null && different.Any(entry => last.Properties.TryGetValue(entry.Key, out var before) && before is not null && Differs(entry.Key, before, there, item));
        return new(kind.Name, item.Id.Value, isEdited ? PlannedChange.Edited : PlannedChange.Changed, [.. different.SelectMany(entry => Lines(entry.Key, PlannedValue.Of(item, there.Properties.GetValueOrDefault(entry.Key), entry.Value), PlannedValue.Of(item, entry.Value)!))]);
    }

    private static bool Differs(string key, OutputNode own, DeployedItem there, ContentItem item)
    {
        // What a template leaves to a deployment is not known, and a rest that is switched off takes no time.
        if ((there.Properties.TryGetValue(key, out var value) && value is null) || (key == "suppressionDuration" && item is AnalyticsRule { Suppression: null }))
        {
            return false;
        }

        return Form(key, PlannedValue.Of(item, own)) != Form(key, PlannedValue.Of(item, value, own));
    }

    private static string Form(string key, OutputNode? value) => value switch
    {
        ArmExpression => "",
        OutputText text when key == "serializedData" => Compact(text.Value),
        OutputList tags when key == "tags" => string.Join('\n', tags.Items.Select(tag => FieldValue.Of(key, tag)).Order(StringComparer.Ordinal)),
        _ => FieldValue.Of(key, value),
    };

    private static string Compact(string json)
    {
        try
        {
            return JsonNode.Parse(json)?.ToJsonString() ?? "";
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static IEnumerable<string> Lines(string key, OutputNode? there, OutputNode own)
    {
        var (was, now) = (Form(key, there), Form(key, own));
        if (key == "serializedData")
        {
            return [$"{key}: another workbook"];
        }

        return was.Contains('\n', StringComparison.Ordinal) || now.Contains('\n', StringComparison.Ordinal)
            ? [$"{key}:", .. LineDiff.Of([.. was.Split('\n')], [.. now.Split('\n')]).Select(line => "  " + line)]
            : [$"{key}: {(was.Length == 0 ? "nothing" : was)} to {(now.Length == 0 ? "nothing" : now)}"];
    }
}
