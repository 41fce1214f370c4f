using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Generate;

/// <summary>Leaves only those fields of the mapping that a rule names. A parser with all of them would take most of the 10,000
/// characters that a rule's query may have.</summary>
internal static class MappingPruner
{
    /// <summary>The mapping with the named fields and those that their expressions name.</summary>
    /// <param name="mapping">The whole mapping.</param>
    /// <param name="words">Every word of the rule: its query, and the columns that its entities and details name.</param>
    public static Mapping Prune(Mapping mapping, HashSet<string> words)
    {
        ImmutableArray<ParserSpec> parsers = [.. mapping.Parsers.Where(p => p.Each is null || words.Contains(p.Name.Value)).Select(p => Prune(p, words))];
        var named = new HashSet<string>(words, StringComparer.Ordinal) { Mapping.RecordId };
        foreach (var parser in parsers)
        {
            named.UnionWith(parser.Keep.Select(keep => keep.Value));
            named.UnionWith(parser.Fields.SelectMany(field => QueryTables.WordsOf(field.Expression?.Value)));
            named.UnionWith(QueryTables.WordsOf(parser.Where?.Value));
            named.UnionWith(parser.Each is { } each ? [each.Value] : []);
        }

        var shown = named.ToImmutableHashSet(StringComparer.Ordinal);
        var turn = HasTurns(parsers, mapping, words) ? mapping.Turn : null;
        named.UnionWith(mapping.Sources.Any(source => source.Where is not null) ? QueryBuilder.NamesIn(mapping.Where?.Value) : []);
        named.UnionWith(QueryBuilder.NamesIn(turn?.Key.Value));
        named.UnionWith(QueryBuilder.NamesIn(turn?.Counts.Value));
        var fields = Needed(mapping.Fields, named);
        var kept = fields.Select(field => field.Name.Value).ToHashSet(StringComparer.Ordinal);
        return mapping with
        {
            Parsers = parsers,
            Fields = fields,
            Shown = (shown, words.ToImmutableHashSet(StringComparer.Ordinal)),
            Asked = (parsers.Any(parser => parser.Each is null && words.Contains(parser.Name.Value)), parsers.Any(parser => parser.Each is not null)),
            Turn = turn is null ? null : turn with { Share = [.. turn.Share.Where(share => kept.Contains(share.Value))] },
            KeepsRest = mapping.KeepsRest && named.Contains(Mapping.AdditionalFields),
        };
    }

    /// <summary>Whether some parser of the rule may see half of a turn, or the rule asks for turns.</summary>
    private static bool HasTurns(ImmutableArray<ParserSpec> parsers, Mapping mapping, HashSet<string> words) =>
        parsers.Any(parser => parser.Turns && words.Contains(parser.Name.Value)) || Mapping.TurnColumns.Any(column => words.Contains(column.Name));

    private static ParserSpec Prune(ParserSpec parser, HashSet<string> words)
    {
        var fields = Needed(parser.Fields, parser.Identity is { } identity ? [.. words, identity.Value] : words);
        var named = words.Concat(fields.SelectMany(field => QueryTables.WordsOf(field.Expression?.Value))).ToHashSet(StringComparer.Ordinal);
        return parser with
        {
            Keep = [.. parser.Keep.Where(keep => named.Contains(keep.Value))],
            Fields = fields,
            Rest = parser.Rest is { } rest && words.Contains(rest.Value) ? rest : null,
        };
    }

    private static ImmutableArray<FieldSpec> Needed(ImmutableArray<FieldSpec> fields, HashSet<string> words)
    {
        var named = new HashSet<string>(words, StringComparer.Ordinal);

        // An expression names fields that stand before it, so one pass from the end finds them all.
        foreach (var field in fields.Reverse().Where(field => named.Contains(field.Name.Value)))
        {
            named.UnionWith(QueryTables.WordsOf(field.Expression?.Value));
        }

        return [.. fields.Where(field => named.Contains(field.Name.Value))];
    }
}
