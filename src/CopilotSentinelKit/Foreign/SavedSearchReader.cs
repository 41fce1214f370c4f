using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Saved searches: parsers are those with an alias, hunting queries all others.</summary>
internal static class SavedSearchReader
{
    private const string HuntingCategory = "Hunting Queries";

    /// <summary>The parser or hunt, or null when only the deployment knows its properties.</summary>
    public static ContentItem? Read(ArmResource resource)
    {
        resource.Keys.Require("a saved search", "properties");
        if (resource.Properties is not { } keys)
        {
            return null;
        }

        keys.Require("a saved search", "category", "displayName", "query");
        CheckCategory(keys);
        if (resource.Nesting != ArmNesting.Packaged && resource.Keys.Entry("etag") is null && keys.Entry("etag") is null)
        {
            keys.Findings.Add(ArmFindings.NoEtag(resource.Name.Span));
        }

        var tags = Tags(keys);
        var alias = keys.TextOrEmpty("functionAlias");
        return alias.Value.Length > 0 ? ReadParser(resource, keys, alias, tags) : ReadHunt(resource, keys, tags);
    }

    private static void CheckCategory(ArmMap keys)
    {
        if (keys.TextOrNull("category") is { } category && keys.Entry("functionAlias") is null
            && category.Value != HuntingCategory && Nearest.Find(category.Value, [HuntingCategory, "Hunting Query", "Hunting"]) is not null)
        {
            keys.Findings.Add(ArmFindings.HuntCategory(category.Span, category.Value));
        }
    }

    private static HuntingQuery ReadHunt(ArmResource resource, ArmMap keys, ImmutableDictionary<string, YamlText> tags) => new()
    {
        Origin = ContentOrigin.Arm,
        FileName = "",
        Guid = resource.Guid,
        Id = resource.Name,
        Version = VersionOf(resource),
        Name = keys.TextOrEmpty("displayName"),
        Description = DescriptionOf(keys, tags),
        Query = ArmQuery.Read(keys, "query"),
        Attack = new([.. Words(tags, "tactics")], [.. Words(tags, "techniques"), .. Words(tags, "relevantTechniques")]),
        Entities = [],
    };

    private static ParserFunction ReadParser(ArmResource resource, ArmMap keys, Spanned<string> alias, ImmutableDictionary<string, YamlText> tags)
    {
        // With parameters that nobody can read, every name in the body would look unknown.
        var parameters = keys.IsUnknown("functionParameters") ? null : FunctionParameters.Read(keys);
        var query = ArmQuery.Read(keys, "query");
        return new()
        {
            Origin = ContentOrigin.Arm,
            FileName = "",
            Guid = resource.Guid,
            Id = alias,
            Version = VersionOf(resource),
            Name = keys.TextOrEmpty("displayName"),
            Description = DescriptionOf(keys, tags),
            Alias = alias.Value,
            Parameters = parameters ?? [],
            Query = parameters is null ? Query.Unknown(query.Fallback) : query,
            Columns = [],
        };
    }

    private static Spanned<string> VersionOf(ArmResource resource) => resource.Version.Value is null ? new("", resource.Name.Span) : resource.Version;

    private static Spanned<string> DescriptionOf(ArmMap keys, ImmutableDictionary<string, YamlText> tags) =>
        tags.GetValueOrDefault("description") is { } text ? new(text.Value, text.Span) : new("", keys.Subject);

    // A pair of "name" and "value" each; the last of a name counts.
    private static ImmutableDictionary<string, YamlText> Tags(ArmMap keys)
    {
        var tags = ImmutableDictionary.CreateBuilder<string, YamlText>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in keys.Objects("tags"))
        {
            if (tag.Text("name") is { } name && tag.Text("value") is { } value)
            {
                tags[name.Value] = value;
            }
        }

        return tags.ToImmutable();
    }

    private static IEnumerable<Spanned<string>> Words(ImmutableDictionary<string, YamlText> tags, string tag)
    {
        if (tags.GetValueOrDefault(tag) is not { } text)
        {
            yield break;
        }

        var start = 0;
        foreach (var part in text.Value.Split(','))
        {
            var word = part.Trim();
            if (word.Length > 0)
            {
                yield return new(word, text.Locate(start + part.IndexOf(word, StringComparison.Ordinal), word.Length));
            }

            start += part.Length + 1;
        }
    }
}
