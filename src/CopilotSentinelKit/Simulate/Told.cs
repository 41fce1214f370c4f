using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Simulate;

/// <summary>Records that the simulation's file tells of itself: what goes on beside conversations, and attacks.</summary>
/// <param name="spec">The tenant.</param>
/// <param name="people">Everybody.</param>
/// <param name="series">Reads them.</param>
/// <param name="organization">The tenant's id.</param>
/// <param name="options">What is simulated.</param>
internal sealed class Told(SimulationSpec spec, ImmutableArray<Person> people, EventSeries series, Value organization, SimulationOptions options)
{
    private readonly Dictionary<string, Person> _byName = people.ToDictionary(person => person.Upn, StringComparer.OrdinalIgnoreCase);

    /// <summary>The people of a role; everybody where there is nobody of it.</summary>
    public ImmutableArray<Person> OfRole(string role) => people.Where(person => person.Role.Name == role).ToImmutableArray() is { IsEmpty: false } found ? found : people;

    /// <summary>The records that somebody causes at a time.</summary>
    /// <param name="person">Who.</param>
    /// <param name="events">What the file says of them.</param>
    /// <param name="at">What times count from, UTC.</param>
    /// <param name="fields">What sources know beside the record.</param>
    /// <param name="chance">Decides.</param>
    public IEnumerable<SimulatedEvent> Of(Person person, ImmutableArray<EventSpec> events, DateTime at, ImmutableSortedDictionary<string, string> fields, Chance chance)
    {
        foreach (var told in events)
        {
            var said = told.Set.Concat(told.Vary).Concat(told.Record?.Entries ?? []).Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var timed in series.Of([told], at, goesOn: true) ?? [])
            {
                yield return Of(person, timed.Record, said, fields, at, chance);
            }
        }
    }

    /// <summary>Rows of other tables that come with it.</summary>
    public IEnumerable<SimulatedRow> Rows(Person person, ImmutableArray<TestTableSpec> tables, DateTime at, Chance chance, Whereabouts? where = null)
    {
        foreach (var table in tables)
        {
            foreach (var row in table.Rows)
            {
                var values = Members.Filled(Value.Of(YamlData.ToBag(row)), Names(person, chance, where)).AsBag!;
                var time = EventTime.TryRead(ValueText.Of(values.Find("TimeGenerated")), at) ?? at;
                yield return new(time, table.Name.Value, Members.With(values, ("TimeGenerated", Members.Time(time))));
            }
        }
    }

    /// <summary>The id of the label that "label NAME" means, or null.</summary>
    public static string? LabelOf(SimulationSpec spec, string name) => spec.Labels.FirstOrDefault(label => name == "label " + label.Name)?.Id;

    private SimulatedEvent Of(Person person, AuditRecord record, HashSet<string> said, ImmutableSortedDictionary<string, string> fields, DateTime at, Chance chance)
    {
        var members = Members.Filled(Value.Of(record.Members), Names(person, chance, null)).AsBag!;
        var time = EventTime.TryReadAbsolute(ValueText.Of(members.Find("CreationTime"))) ?? at;
        var upn = said.Contains("UserId") ? ValueText.Of(members.Find("UserId")) : person.Upn;
        members = Members.With(members, ("Id", Value.Of(chance.Guid())), ("UserId", Value.Of(upn)), ("OrganizationId", organization), ("CreationTime", Members.Time(time)));
        if (_byName.TryGetValue(upn, out var who))
        {
            var where = Whereabouts.Of(who, (int)((time - options.From).Ticks / TimeSpan.TicksPerDay), options.Seed, conversation: 0);
            members = Members.With(
                members,
                ("UserKey", said.Contains("UserKey") ? Value.Null : Value.Of(who.ObjectId)),
                ("ClientIP", said.Contains("ClientIP") ? Value.Null : Value.Of(where.Address)),
                ("ClientRegion", said.Contains("ClientRegion") ? Value.Null : Value.Of(where.Region)));
            if (!said.Contains("ClientIP"))
            {
                fields = fields.AddRange(new[] { KeyValuePair.Create("SrcCountryCode", where.Country), KeyValuePair.Create("SrcIsp", where.Provider), KeyValuePair.Create("UserAgent", where.UserAgent) }.Where(field => !fields.ContainsKey(field.Key)));
            }
        }

        return new(time, record with { Members = members }, fields);
    }

    private Func<string, string?> Names(Person person, Chance chance, Whereabouts? where)
    {
        // One text names the same new id wherever it stands in a record.
        string? guid = null;
        return name => name switch
        {
            "person" => person.Upn,
            "person id" => person.ObjectId,
            "guid" => guid ??= chance.Guid(),
            "country" => where?.Country,
            "address" => where?.Address,
            _ when name.StartsWith("label ", StringComparison.Ordinal) => LabelOf(spec, name),
            _ when name.StartsWith("other ", StringComparison.Ordinal) && int.TryParse(name["other ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) => people[(person.Number - 1 + number) % people.Length].Upn,
            _ => null,
        };
    }
}
