using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>sentinel-deployment.config: tells Sentinel's repositories deployment what comes first and what is no content. It is read from the
/// root of the repository only and people write into it too, so the kit changes its own entries and leaves every other character.</summary>
public static class DeploymentConfig
{
    /// <summary>Its name in the root of the repository.</summary>
    public const string FileName = DeploymentConfigFile.FileName;

    private const string First = DeploymentConfigFile.First;
    private const string Never = DeploymentConfigFile.Never;

    /// <summary>The file with the kit's entries up to date.</summary>
    /// <param name="there">The file as it is, or null.</param>
    /// <param name="place">Where output and project are in the repository.</param>
    /// <param name="order">What this run's output needs.</param>
    /// <returns>Its text, the same as before where nothing changes and null where there is none and none is needed; and findings, of which an
    /// error means that it cannot be changed.</returns>
    public static (string? Text, ImmutableArray<Finding> Findings) Update(SourceFile? there, RepositoryPlace place, DeploymentOrder order)
    {
        var first = order.First.Select(path => place.Output + path).ToImmutableArray();
        var never = order.IsEmpty ? [] : order.Never.Select(path => place.Output + path).Concat(place.NoContent).ToImmutableArray();
        if (there is null)
        {
            return (order.IsEmpty ? null : JsonText.Write(OutputMap.Of((First, OutputList.Of(first)), (Never, OutputList.Of(never)))), []);
        }

        var findings = new List<Finding>();
        var root = JsonReader.Read(there, new(Broken, (span, _) => Broken(span, "it nests too deep."), (span, key, _) => Broken(span, $"\"{key}\" is there twice.")), findings);
        if (root is not (null or YamlMap))
        {
            findings.Add(Broken(root.FirstLine(), "it is no object."));
        }

        if (root is not YamlMap map || findings.Count > 0)
        {
            return (there.Text, [.. findings]);
        }

        (string Key, ImmutableArray<string> Paths)[] lists = [(First, first), (Never, never)];
        if (Array.Find(lists, list => map[list.Key] is not (null or YamlList) || (map[list.Key] as YamlList)?.Items.All(item => item is YamlText { Plain: false }) == false) is { Key: { } wrong })
        {
            return (there.Text, [Broken(map[wrong]!.FirstLine(), $"\"{wrong}\" is no list of paths.")]);
        }

        // From the end, so that places before stay where they are.
        var text = Insert(there.Text, map, [.. lists.Where(list => map[list.Key] is null && !list.Paths.IsEmpty)]);
        foreach (var (list, own) in lists.Where(list => map[list.Key] is not null).Select(list => ((YamlList)map[list.Key]!, list.Paths)).OrderByDescending(list => list.Item1.Span.Start))
        {
            var entries = list.Items.Select(item => ((YamlText)item).Value).ToList();
            ImmutableArray<string> wanted = [.. entries.Where(entry => !own.Contains(entry) && !IsOwn(entry, place, order)), .. own];
            text = wanted.SequenceEqual(entries) ? text : text.Remove(list.Span.Start, list.Span.Length).Insert(list.Span.Start, Lines(wanted));
        }

        return (text, []);

        static Finding Broken(SourceSpan span, string reason) => OutputFindings.DeploymentConfigBroken(span, reason);
    }

    // An entry of an earlier run: something that the kit writes, and that this run does not know. One that names a file of this run is a person's.
    private static bool IsOwn(string entry, RepositoryPlace place, DeploymentOrder order) =>
        place.Sources.Contains(entry)
        || (entry.StartsWith(place.Output, StringComparison.Ordinal) && entry[place.Output.Length..] is var inside
            && DeploymentOrder.IsKitPath(inside) && !order.Files.Contains(inside));

    private static string Insert(string text, YamlMap map, ImmutableArray<(string Key, ImmutableArray<string> Paths)> lists)
    {
        var entries = string.Join(',', lists.Select(list => $"\n  \"{list.Key}\": {Lines(list.Paths)}"));
        return lists.IsEmpty ? text
            : map.Entries is [.., var last] ? text.Insert(last.Value.Span.Start + last.Value.Span.Length, "," + entries)
            : text.Remove(map.Span.Start, map.Span.Length).Insert(map.Span.Start, "{" + entries + "\n}");
    }

    private static string Lines(ImmutableArray<string> paths) => paths.IsEmpty
        ? "[]"
        : "[\n" + string.Join(",\n", paths.Select(path => "    " + JsonText.WriteCompact(path))) + "\n  ]";
}
