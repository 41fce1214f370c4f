using CopilotSentinelKit.Content;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Foreign;

/// <summary>A file that is KQL and nothing else.</summary>
internal static class PlainQuery
{
    /// <summary>Its query with the place of each character, or null when it is no text.</summary>
    public static Query? Read(SpecFile file)
    {
        if (ForeignText.Decode(file, []) is not { } source)
        {
            return null;
        }

        var kql = source.Text.TrimEnd();
        return new(kql, [new(0, kql.Length, (start, length) => new(source, start, length))], new(source, 0, 0));
    }

    /// <summary>The query as a hunt, which is what it is to Sentinel.</summary>
    public static HuntingQuery Hunt(string name, Query query) => new()
    {
        Origin = ContentOrigin.Kql,
        FileName = name,
        Guid = Guid.Empty,
        Id = new(name, query.Fallback),
        Version = new("", query.Fallback),
        Name = new(name, query.Fallback),
        Description = new("", query.Fallback),
        Query = query,
        Attack = Attack.None,
        Entities = [],
    };

    /// <summary>The query as the body of a function without parameters.</summary>
    public static ParserFunction Parser(string name, Query query) => new()
    {
        Origin = ContentOrigin.Kql,
        FileName = name,
        Guid = Guid.Empty,
        Id = new(name, query.Fallback),
        Version = new("", query.Fallback),
        Name = new(name, query.Fallback),
        Description = new("", query.Fallback),
        Alias = name,
        Parameters = [],
        Query = query,
        Columns = [],
    };
}
