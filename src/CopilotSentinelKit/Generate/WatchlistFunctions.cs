using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>Functions that read the pack's watchlists. Queries call them in the place of _GetWatchlist: the service refuses a rule that names a column
/// which a watchlist lacks, and an older repository connection deploys rules without their watchlists.</summary>
internal static partial class WatchlistFunctions
{
    private const string Template = "parsers/watchlist";

    /// <summary>A function for each watchlist that one of the queries reads.</summary>
    public static ImmutableArray<ParserFunction> For(ResolvedPack pack, IEnumerable<Query> queries, List<Finding> findings, CancellationToken cancellation)
    {
        var read = queries.SelectMany(query => Call().Matches(query.Text)).Select(call => call.Groups["alias"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        ImmutableArray<PackWatchlist> lists = pack.Templates.Files.ContainsKey(Template) ? [.. pack.Watchlists.Where(list => read.Contains(list.Spec.Alias.Value))] : [];
        var bodies = Generator.Render([.. lists.Select(list => Rendering(list, pack.Templates))], findings, cancellation);
        return [.. from pair in lists.Zip(bodies) where pair.Second is not null select Create(pair.First, pair.Second, pack.Mapping.Updated)];
    }

    /// <summary>The query with calls of the functions; what it says in comments and texts stays.</summary>
    public static Query Apply(Query query, ImmutableArray<ParserFunction> functions)
    {
        var builder = new QueryBuilder();
        var done = 0;
        foreach (var call in KqlComments.InCode(query.Text, Call().Matches(query.Text)))
        {
            if (functions.FirstOrDefault(function => function.Id.Value.Equals(call.Groups["alias"].Value, StringComparison.OrdinalIgnoreCase)) is { } function)
            {
                builder.Append(query, done, call.Index).Append(function.Alias + "()");
                done = call.Index + call.Length;
            }
        }

        return done == 0 ? query : builder.Append(query, done, query.Text.Length).Build(query.Fallback);
    }

    private static QueryTemplate Rendering(PackWatchlist list, TemplateSet templates)
    {
        var values = new TemplateValues();
        var file = templates.Files[Template];
        values.Root["alias"] = list.Spec.Alias.Value;
        values.Root["columns"] = new ScriptArray(Columns(list).Select(column => new ScriptObject
        {
            ["name"] = values.Name(column.Value.Name, column.Span),
            ["read"] = column.Value.Name == KqlWatchlist.SearchKey ? null : values.Expression(Reading(column.Value), column.Span),
        }));
        return new(
            new(file.Text, null, values.Root),
            (segment, start, length) => values.Locate(segment.Value, start, length) ?? ParserGenerator.InTemplate(file, segment, start, length),
            list.Spec.Alias.Span);
    }

    private static string Reading(Column column)
    {
        var cell = $"column_ifexists(\"{column.Name}\", \"\")";
        return column.Type == "dynamic" ? $"todynamic({cell})" : FieldReader.Cast(column.Type, cell);
    }

    private static IEnumerable<Spanned<Column>> Columns(PackWatchlist list) =>
        list.Spec.Columns.Where(column => column.Value.Name != KqlWatchlist.SearchKey).Prepend(new(new(KqlWatchlist.SearchKey, "string"), list.Spec.SearchKey.Span));

    private static ParserFunction Create(PackWatchlist list, Query body, string? updated)
    {
        var name = list.Spec.Alias.Value.Replace('-', '_') + "Watchlist";
        return new()
        {
            FileName = name,
            Guid = ContentGuid.For(list.Pack, "Parser", name),
            Id = list.Spec.Alias,
            Version = list.Spec.Version,
            Name = list.Spec.Alias.Select(_ => name),
            Description = list.Spec.Alias.Select(alias => $"Reads the watchlist {alias} by its columns; without rows where the workspace does not have it."),
            Alias = name,
            Parameters = [],
            Updated = updated,
            Watchlist = list.Spec.Alias.Value,
            Query = body,
            Columns = [.. Columns(list)],
        };
    }

    [GeneratedRegex("""_GetWatchlist\(\s*(?:"(?<alias>[\w-]+)"|'(?<alias>[\w-]+)')\s*\)""")]
    private static partial Regex Call();
}
