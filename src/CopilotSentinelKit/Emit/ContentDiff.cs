using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>Compares two states of a project's content, value by value under Sentinel's names, and the columns that the queries return.</summary>
internal static class ContentDiff
{
    /// <summary>What is different, by kind and id; what is the same is left out.</summary>
    /// <param name="before">Content that was deployed, and the analysis of it.</param>
    /// <param name="now">The same of today.</param>
    public static ImmutableArray<ContentDifference> Between(
        (ImmutableArray<ContentItem> Items, ImmutableArray<AnalyzedContent> Analyzed) before, (ImmutableArray<ContentItem> Items, ImmutableArray<AnalyzedContent> Analyzed) now)
    {
        var (old, current) = (ByName(before), ByName(now));
        return
        [
            .. from name in old.Keys.Union(current.Keys).OrderBy(name => name.Kind, StringComparer.Ordinal).ThenBy(name => name.Id, StringComparer.Ordinal)
               let difference = Of(name, old.GetValueOrDefault(name), current.GetValueOrDefault(name))
               where difference is not null
               select difference,
        ];
    }

    private static Dictionary<(string Kind, string Id), AnalyzedContent> ByName((ImmutableArray<ContentItem> Items, ImmutableArray<AnalyzedContent> Analyzed) state)
    {
        var analyzed = state.Analyzed.ToDictionary(content => content.Item.Guid);
        return state.Items.ToDictionary(
            item => (ContentKind.Of(item).Name, item.Id.Value),
            item => analyzed.TryGetValue(item.Guid, out var content) ? content : new(item, null));
    }

    private static ContentDifference? Of((string Kind, string Id) name, AnalyzedContent? before, AnalyzedContent? now)
    {
        var versions = (Before: before?.Item.Version.Value, Now: now?.Item.Version.Value);
        if (before is null || now is null)
        {
            return new(name.Kind, name.Id, versions.Before, versions.Now, []);
        }

        ImmutableArray<string> changes = [.. Values(before.Item, now.Item), .. Columns(before, now)];
        return changes.IsEmpty && versions.Before == versions.Now ? null : new(name.Kind, name.Id, versions.Before, versions.Now, changes);
    }

    private static IEnumerable<string> Values(ContentItem before, ContentItem now)
    {
        var (old, current) = (Flat(before), Flat(now));
        foreach (var path in current.Keys.Concat(old.Keys.Where(path => !current.ContainsKey(path))))
        {
            var (was, @is) = (old.GetValueOrDefault(path), current.GetValueOrDefault(path));
            if (was == @is)
            {
                continue;
            }

            if (was?.Contains('\n', StringComparison.Ordinal) != true && @is?.Contains('\n', StringComparison.Ordinal) != true)
            {
                yield return was is null ? $"{path}: {@is}, new" : @is is null ? $"{path}: {was}, gone" : $"{path}: {was} to {@is}";
                continue;
            }

            yield return path + ":";
            foreach (var line in LineDiff.Of(Lines(was), Lines(@is)))
            {
                yield return "  " + line;
            }
        }
    }

    private static IEnumerable<string> Columns(AnalyzedContent before, AnalyzedContent now)
    {
        if (before.Analysis?.Columns is not { } old || now.Analysis?.Columns is not { } current)
        {
            yield break;
        }

        foreach (var (what, from, without) in new[] { ("lost", old, current), ("new", current, old) })
        {
            var names = from.Select(column => column.Name).Except(without.Select(column => column.Name)).ToList();
            if (names.Count > 0)
            {
                yield return $"columns {what}: {string.Join(", ", names)}";
            }
        }

        foreach (var (was, @is) in old.Join(current, column => column.Name, column => column.Name, (first, second) => (first, second)).Where(pair => pair.first.Type != pair.second.Type))
        {
            yield return $"column {was.Name}: {was.Type} to {@is.Type}";
        }
    }

    // Path to text, in the order of the file: "entityMappings[0].entityType".
    private static Dictionary<string, string> Flat(ContentItem item)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(ContentEntry.Values(item), "");
        return values;

        void Add(OutputNode node, string path)
        {
            switch (node)
            {
                case OutputMap map:
                    foreach (var (key, value) in map.Entries)
                    {
                        // "content" holds all that the file has, and is no name of Sentinel's.
                        Add(value, path.Length > 0 ? path + "." + key : key == "content" ? "" : key);
                    }

                    break;
                case OutputList { Items: var items } when items.All(inside => inside is OutputText):
                    values[path] = string.Join(", ", items.Cast<OutputText>().Select(text => text.Value));
                    break;
                case OutputList { Items: var items }:
                    for (var at = 0; at < items.Length; at++)
                    {
                        Add(items[at], string.Create(CultureInfo.InvariantCulture, $"{path}[{at}]"));
                    }

                    break;
                default:
                    values[path] = node switch
                    {
                        OutputText text => text.Value.TrimEnd('\n'),
                        OutputNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
                        OutputFlag flag => flag.Value ? "true" : "false",
                        ArmExpression expression => expression.Code,
                        _ => "",
                    };
                    break;
            }
        }
    }

    private static ImmutableArray<string> Lines(string? text) => text is null ? [] : [.. text.Split('\n')];
}
