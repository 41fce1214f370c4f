using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Foreign;

/// <summary>A file that is KQL and nothing else.</summary>
internal static partial class PlainQuery
{
    private static readonly string[] Extensions = [".kql", ".csl", ".kusto"];
    private static readonly string[] FunctionFolders = ["parsers", "parser", "functions", "function"];

    /// <summary>Whether a path is that of a file of KQL.</summary>
    public static bool Is(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Its query with the place of each character, or null when it is no text.</summary>
    public static Query? Read(SpecFile file) => ForeignText.Decode(file, []) is { } source ? Part(source, 0, source.Text.TrimEnd().Length) : null;

    /// <summary>A part of a text as a query.</summary>
    public static Query Part(SourceFile source, int start, int length)
    {
        var kql = source.Text.Substring(start, length);
        return new(kql, [new(0, length, (from, count) => new(source, start + from, count))], new(source, start, 0));
    }

    /// <summary>What a file of KQL holds: a parser where its folder or its first comment says so, else each query as a hunt.</summary>
    public static IEnumerable<ContentItem> Items(SourceFile source)
    {
        var name = Path.GetFileNameWithoutExtension(source.Path);
        var text = source.Text.TrimEnd();
        var folders = (Path.GetDirectoryName(source.Path) ?? "").Split('/', '\\');
        var signature = Signature().Match(text);
        if (signature.Success || folders.Any(folder => FunctionFolders.Contains(folder, StringComparer.OrdinalIgnoreCase)))
        {
            var parameters = signature.Success ? FunctionParameters.Parse(signature.Groups["parameters"].Value) : [];
            var isKnown = parameters is { } all && all.All(parameter => parameter.Type.Length > 0) && !BareKql.HasGaps(text);
            yield return Parser(name, isKnown ? Part(source, 0, text.Length) : Query.Unknown(new(source, 0, 0))) with { Parameters = isKnown ? parameters!.Value : [] };
            yield break;
        }

        foreach (var hunt in Hunts(source, name, 0, text.Length))
        {
            yield return hunt;
        }
    }

    /// <summary>The queries of a part of a text as hunts, numbered where there are several; those with gaps are left out.</summary>
    public static IEnumerable<HuntingQuery> Hunts(SourceFile source, string name, int start, int length)
    {
        var parts = BareKql.Queries(source.Text.Substring(start, length)).ToList();
        var number = 0;
        foreach (var (from, count) in parts)
        {
            number++;
            var query = Part(source, start + from, count);
            // What begins with a pipe is the end of a query, and with a brace JSON.
            if (query.Text[0] is not ('|' or '{') && !BareKql.HasGaps(query.Text))
            {
                // The comments around a query that stands alone are its own.
                yield return parts.Count == 1 ? Hunt(name, Part(source, start, length)) : Hunt(FormattableString.Invariant($"{name} {number}"), query);
            }
        }
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

    // The head of a function in a comment, over its body: the portal keeps parameters apart.
    [GeneratedRegex(@"^//\s*let\s+\w+\s*=\s*\((?<parameters>([^(){}\n]|\([^(){}\n]*\))*)\)\s*\{\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Signature();
}
