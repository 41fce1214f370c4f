using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>What Sentinel's repository connection does with a repository on a push: which files it takes for templates, in which order it
/// tries them, and that the service refuses a rule while a function or watchlist that its query names is missing. State stays from push to push.</summary>
/// <param name="root">The root of the repository.</param>
/// <param name="contentTypes">The content types that the connection was made with.</param>
internal sealed partial class RepositoriesDeployment(string root, params string[] contentTypes)
{
    /// <summary>Every content type that a connection can have.</summary>
    public static readonly string[] All = ["AnalyticsRule", "AutomationRule", "HuntingQuery", "Parser", "Watchlist", "Workbook"];

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.OperationalInsights/workspaces/providers/alertRules"] = "AnalyticsRule",
        ["Microsoft.OperationalInsights/workspaces/providers/automationRules"] = "AutomationRule",
        ["Microsoft.OperationalInsights/workspaces/savedSearches"] = "HuntingQuery Parser",
        ["Microsoft.OperationalInsights/workspaces/providers/watchlists"] = "Watchlist",
        ["Microsoft.Insights/workbooks"] = "Workbook",
    };

    private readonly HashSet<string> _functions = [];
    private readonly HashSet<string> _watchlists = [];
    private readonly HashSet<string> _rules = [];
    private readonly Dictionary<string, string> _tracked = [];

    /// <summary>What became of a push.</summary>
    /// <param name="Deployed">Files that were deployed, in order.</param>
    /// <param name="Failed">Files that failed, each with the reason: one of them makes the run fail.</param>
    public sealed record Result(ImmutableArray<string> Deployed, ImmutableArray<string> Failed);

    /// <summary>Deploys what changed since the last push.</summary>
    /// <param name="directory">The folder that the connection deploys, from the root.</param>
    public Result Push(string directory = "")
    {
        var config = Path.Combine(root, "sentinel-deployment.config") is var path && File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
        var everything = Track("sentinel-deployment.config", config?.ToJsonString() ?? "");
        var first = List(config, "prioritizedcontentfiles");
        var skipped = first.Concat(List(config, "excludecontentfiles")).Where(entry => Path.Exists(Path.Combine(root, entry))).ToList();
        var found = Directory.EnumerateFiles(Path.Combine(root, directory), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => IsTried(file) && !skipped.Any(entry => file.StartsWith(entry, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal);
        var (deployed, failed) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var file in first.Concat(found).Where(file => File.Exists(Path.Combine(root, file))))
        {
            var text = File.ReadAllText(Path.Combine(root, file));
            var template = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            var resources = template is JsonObject && template["resources"] is JsonArray list ? list : [];
            if (!resources.All(resource => Types.TryGetValue((string)resource!["type"]!, out var kinds) && kinds.Split(' ').Any(contentTypes.Contains)))
            {
                continue;
            }

            // Smart deployment: a change of the configuration makes it deploy everything.
            if (Track(file, text) || everything)
            {
                if (Refusal(template!, resources) is { } reason)
                {
                    failed.Add($"{file}: {reason}");
                    _tracked.Remove(file);
                }
                else
                {
                    deployed.Add(file);
                }
            }
        }

        return new(deployed.ToImmutable(), failed.ToImmutable());
    }

    private string? Refusal(JsonNode template, JsonArray resources)
    {
        if (template is not JsonObject || template["resources"] is null)
        {
            return "no template";
        }

        if (template["parameters"]!.AsObject().FirstOrDefault(parameter => parameter.Key != "workspace" && parameter.Value!["defaultValue"] is null) is { Key: { } name })
        {
            return $"the parameter \"{name}\" has no value";
        }

        foreach (var (type, properties) in resources.Select(resource => ((string)resource!["type"]!, resource["properties"]!)))
        {
            var query = (string?)properties["query"] ?? "";
            if (type.EndsWith("/alertRules", StringComparison.Ordinal)
                && (Call().Matches(query).Select(match => match.Groups[1].Value).FirstOrDefault(function => !_functions.Contains(function))
                    ?? List().Matches(query).Select(match => match.Groups[1].Value).FirstOrDefault(list => !_watchlists.Contains(list))) is { } missing)
            {
                return $"\"{missing}\" does not exist";
            }

            // Nobody says that Sentinel looks for the rules that an automation rule names; one that comes after them needs no answer.
            if (type.EndsWith("/automationRules", StringComparison.Ordinal)
                && RuleId().Matches(properties.ToJsonString()).Select(match => match.Value).FirstOrDefault(rule => !_rules.Contains(rule)) is { } rule)
            {
                return $"the rule \"{rule}\" does not exist";
            }

            _rules.UnionWith(RuleId().Matches(template["resources"]![0]!["name"]!.ToJsonString()).Select(match => match.Value));
            _functions.UnionWith(new[] { (string?)properties["functionAlias"] }.OfType<string>());
            _watchlists.UnionWith(new[] { (string?)properties["watchlistAlias"] }.OfType<string>());
        }

        return null;
    }

    private bool Track(string file, string text)
    {
        var hash = Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        var changed = _tracked.GetValueOrDefault(file) != hash;
        _tracked[file] = hash;
        return changed;
    }

    private static List<string> List(JsonNode? config, string key) => [.. (config?[key]?.AsArray() ?? []).Select(entry => (string)entry!)];

    private static bool IsTried(string path)
    {
        var name = Path.GetFileName(path);
        return name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !path.StartsWith(".git/", StringComparison.Ordinal)
            && !name.EndsWith("metadata.json", StringComparison.OrdinalIgnoreCase) && !name.Contains(".parameters", StringComparison.OrdinalIgnoreCase);
    }

    // The kit's functions alone: those of Microsoft are there.
    [GeneratedRegex(@"\b(Copilot\w+)\(")]
    private static partial Regex Call();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"_GetWatchlist\(""(\w+)""\)")]
    private static partial Regex List();
}
