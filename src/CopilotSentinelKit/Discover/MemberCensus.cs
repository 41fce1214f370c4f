using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Discover;

/// <summary>Counts members of records against a mapping, in a space that depends on how many different members there are, not on how many records.</summary>
public sealed class MemberCensus
{
    // Members whose names are data, such as ids, would otherwise fill the memory and the report.
    private const int MostMembers = 5000;

    private readonly Mapping _mapping;
    private readonly KnownMember _known;
    private readonly Dictionary<(string Path, string What), Tally> _unknown = [];
    private readonly Dictionary<(string Path, string What), Tally> _disagreeing = [];
    private readonly Dictionary<(string Path, string What), Tally> _outside = [];
    private readonly HashSet<FieldSpec> _seen = [];
    private long _records;

    /// <summary>A census of no record yet.</summary>
    /// <param name="mapping">What is known.</param>
    public MemberCensus(Mapping mapping) => (_mapping, _known) = (mapping, KnownMember.Record(mapping));

    /// <summary>Counts a record.</summary>
    public void Add(AuditRecord record, string file, long line)
    {
        _records++;
        Visit(Value.Of(record.Members), _known, "", new(file, line, _records));
    }

    /// <summary>What was counted so far, by path.</summary>
    public Discovery ToDiscovery() => new(
        _records,
        [
            .. _unknown.GroupBy(tally => tally.Key.Path).OrderBy(path => path.Key, StringComparer.Ordinal)
                .Select(path => Seen(path.Key, string.Join(", ", path.Select(tally => tally.Key.What).Order(StringComparer.Ordinal)), null, [.. path.Select(tally => tally.Value)])),
        ],
        Sorted(_disagreeing),
        Sorted(_outside),
        [
            .. _mapping.AllFields.Concat(_mapping.Parsers.SelectMany(parser => parser.Fields))
                .Where(field => !(field.Record.IsEmpty && field.Event.IsEmpty && field.Settings.IsEmpty) && !_seen.Contains(field))
                .Select(field => field.Name.Value).Distinct().Order(StringComparer.Ordinal),
        ]);

    private void Visit(Value value, KnownMember known, string path, Place place)
    {
        foreach (var (name, inside) in value.AsBag?.Properties ?? [])
        {
            var at = path.Length == 0 ? name : path + "." + name;
            if (inside.IsNull)
            {
                continue;
            }

            if (known.Find(name) is not { } member)
            {
                Count(_unknown, at, TypeOf(inside), null, place);
                continue;
            }

            if (member.Field is { } field && inside != Value.Empty)
            {
                _seen.Add(field);
                Check(inside, field, at, place);
            }

            if (member.IsOpen)
            {
                foreach (var element in inside.AsArray?.Items ?? [inside])
                {
                    Visit(element, member, inside.AsArray is null ? at : at + "[]", place);
                }
            }
        }
    }

    private void Check(Value value, FieldSpec field, string path, Place place)
    {
        if (!Fits(value, field))
        {
            Count(_disagreeing, path, TypeOf(value), field, place);
        }
        else if (!field.Values.IsEmpty && ValueText.Of(value) is var code && !field.Values.Any(known => known.Code.Value == code || string.Equals(known.Name.Value, code, StringComparison.OrdinalIgnoreCase)))
        {
            Count(_outside, path, code, field, place);
        }
    }

    // What the parser's conversion would make of it: a number is a good text, a text that is no number is none.
    private static bool Fits(Value value, FieldSpec field) => field.Array ? value.AsArray is not null || value.AsBag is not null : field.Type.Value switch
    {
        "dynamic" => true,
        "string" or "guid" => value.AsArray is null && value.AsBag is null,
        "bool" => value.Kind == ValueKind.Bool || bool.TryParse(value.Text, out _),
        "datetime" => value.Kind == ValueKind.String && DateTime.TryParse(value.Text, CultureInfo.InvariantCulture, out _),
        "int" or "long" => value.Kind is ValueKind.Int or ValueKind.Long || long.TryParse(value.Text, CultureInfo.InvariantCulture, out _),
        _ => value.Kind is ValueKind.Int or ValueKind.Long or ValueKind.Real || double.TryParse(value.Text, CultureInfo.InvariantCulture, out _),
    };

    private static string TypeOf(Value value) => value.Kind switch
    {
        ValueKind.Bool => "true or false",
        ValueKind.Int or ValueKind.Long => "whole number",
        ValueKind.Real or ValueKind.Decimal => "number",
        ValueKind.Array => "list",
        ValueKind.Bag => "object",
        _ => DateTime.TryParseExact(value.Text, ["s", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? "time" : "text",
    };

    private static void Count(Dictionary<(string Path, string What), Tally> tallies, string path, string what, FieldSpec? field, Place place)
    {
        if (tallies.TryGetValue((path, what), out var tally))
        {
            // A list may have the member in each of its elements: the record counts once.
            if (tally.Last != place.Record)
            {
                tallies[(path, what)] = tally with { Count = tally.Count + 1, Last = place.Record };
            }
        }
        else if (tallies.Count < MostMembers)
        {
            tallies.Add((path, what), new(1, place.Record, place, field?.Name.Value));
        }
    }

    private static ImmutableArray<SeenMember> Sorted(Dictionary<(string Path, string What), Tally> tallies) =>
    [
        .. tallies.OrderBy(tally => tally.Key.Path, StringComparer.Ordinal).ThenBy(tally => tally.Key.What, StringComparer.Ordinal)
            .Select(tally => Seen(tally.Key.Path, tally.Key.What, tally.Value.Field, [tally.Value])),
    ];

    private static SeenMember Seen(string path, string what, string? field, ImmutableArray<Tally> tallies)
    {
        var first = tallies.MinBy(tally => tally.First.Record)!.First;
        return new(path, tallies.Sum(tally => tally.Count), what, field, first.File, first.Line);
    }

    private sealed record Place(string File, long Line, long Record);

    private sealed record Tally(long Count, long Last, Place First, string? Field);
}
