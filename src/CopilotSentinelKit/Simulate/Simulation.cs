using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Simulate;

/// <summary>A tenant at work: the same people, habits and records for the same options, on every machine.</summary>
public sealed class Simulation
{
    // A day begins and ends earlier or later than UTC's.
    private static readonly TimeSpan _farthestOffset = TimeSpan.FromHours(14);

    private readonly SimulationSpec _spec;
    private readonly SimulationOptions _options;
    private readonly Interactions _interactions;
    private readonly Told _told;

    private Simulation(SimulationSpec spec, SimulationOptions options, ImmutableArray<Person> people, AuditRecord interaction, (AuditRecord, AuditRecord) turn, EventSeries series)
    {
        (_spec, _options, People) = (spec, options, people);
        _interactions = new(spec, interaction, turn, new(spec, people, options.Seed), options.Seed);
        _told = new(spec, people, series, interaction.Members.Find("OrganizationId"), options);
    }

    internal ImmutableArray<Person> People { get; }

    /// <summary>A tenant.</summary>
    /// <param name="spec">What it is like.</param>
    /// <param name="options">How large, when, and with which attacks.</param>
    /// <param name="shipped">Files of the shipped pack, sample events among them.</param>
    /// <param name="project">Files of the project.</param>
    /// <param name="findings">Takes what is wrong; then there is no tenant.</param>
    public static Simulation? Of(SimulationSpec spec, SimulationOptions options, IEnumerable<SpecFile> shipped, IEnumerable<SpecFile> project, ICollection<Finding> findings)
    {
        var before = findings.Count;
        foreach (var key in SimulationChecks.Missing(spec))
        {
            findings.Add(SimulationFindings.Missing(spec.Span with { Length = 0 }, key));
        }

        SimulationChecks.Check(spec, findings);
        if (findings.Count > before)
        {
            return null;
        }

        var files = EventFiles.Of(shipped, project, findings);
        var (interaction, turn) = (Read(files, spec.Interaction, findings), Read(files, spec.Turn, findings));
        if (interaction.Length < 1 || turn.Length < 2)
        {
            findings.Add(SimulationFindings.TooFewRecords(interaction.Length < 1 ? spec.Interaction.Span : spec.Turn.Span, interaction.Length < 1 ? 1 : 2));
            return null;
        }

        var simulation = new Simulation(spec, options, Person.Everybody(spec, options), interaction[0], (turn[0], turn[1]), new(files, RecordForm.Audit, findings));

        // Whatever is wrong with a record that the file tells of is found before the first record is written.
        foreach (var events in spec.Routine.Select(routine => routine.Events).Concat(spec.Attacks.Select(attack => attack.Events)))
        {
            foreach (var _ in simulation._told.Of(simulation.People[0], events, options.From, ImmutableSortedDictionary<string, string>.Empty, Chance.Of(0)))
            {
            }
        }

        return findings.Count > before ? null : simulation;
    }

    /// <summary>The records, in order of time; made as they are asked for.</summary>
    public IEnumerable<SimulatedEvent> Events()
    {
        var pending = new PriorityQueue<SimulatedEvent, (DateTime, int)>();
        var number = 0;
        foreach (var made in Attacks())
        {
            pending.Enqueue(made, (made.At, number++));
        }

        for (var day = 0; day <= _options.Days; day++)
        {
            var made = People.SelectMany(person => Day(person, day)).Concat(Routine(day));
            foreach (var one in day < _options.Days ? made : [])
            {
                pending.Enqueue(one, (one.At, number++));
            }

            var whole = day < _options.Days ? _options.From.AddDays(day + 1) - _farthestOffset : _options.To;
            while (pending.TryPeek(out var next, out _) && next.At < whole)
            {
                pending.Dequeue();
                if (next.At >= _options.From)
                {
                    yield return next;
                }
            }
        }
    }

    /// <summary>Rows of the watchlists that the simulation gives.</summary>
    internal ImmutableArray<(Spanned<string> Name, ImmutableArray<WrittenRow> Rows)> Watchlists() =>
        [.. _spec.Watchlists.Select(list => (list.Name, list.Rows.SelectMany(row => Listed(row)).ToImmutableArray()))];

    private IEnumerable<WrittenRow> Listed(YamlMap row)
    {
        var values = Value.Of(YamlData.ToBag(row));
        var text = ValueText.Json(values);
        var role = People.Select(person => person.Role.Name).Append("person").Distinct().FirstOrDefault(name => text.Contains($"{{each {name}}}", StringComparison.Ordinal));
        var people = role is null ? People[..1] : [.. People.Where(person => role == "person" || person.Role.Name == role)];
        return people.Select(person => WrittenRow.Of(Members.Filled(values, name => name == "each " + role ? person.Upn : Told.LabelOf(_spec, name)).AsBag!, row.Span));
    }

    private IEnumerable<SimulatedEvent> Day(Person person, int day)
    {
        var chance = Chance.Of(_options.Seed, "life", Text(person.Number), Text(day));
        var date = _options.Start.AddDays(day);
        var isWeekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var isOff = day >= person.Holidays.Day && day < person.Holidays.Day + person.Holidays.Days;
        if (isOff || (isWeekend ? !chance.Happens(person.Role.Weekend) : !chance.Happens(94)))
        {
            yield break;
        }

        var place = person.PlaceOn(day);
        var midnight = date.ToDateTime(default, DateTimeKind.Utc).AddHours(-place.Offset);
        var left = Math.Max(1, person.PerDay * (isWeekend ? 40 : 100) * (30 + chance.Below(75) + chance.Below(75)) / 10_000);
        var signedIn = new HashSet<string>(StringComparer.Ordinal);
        for (var conversation = 1; left > 0; conversation++)
        {
            var start = midnight + Begin(person, isWeekend, chance);
            var where = Whereabouts.Of(person, day, _options.Seed, conversation);
            var turns = Math.Min(left, 1 + Math.Min(chance.Below(5), chance.Below(5)));
            left -= turns;
            var rows = signedIn.Add(where.Country) ? _told.Rows(person, _spec.SignIns, midnight.AddHours(person.From - 3), chance, where).ToImmutableArray() : [];
            foreach (var made in _interactions.Conversation(person, start, turns, where, chance))
            {
                yield return made with { Rows = rows };
                rows = [];
            }
        }

        for (var number = 0; number < person.Agents.Length; number++)
        {
            var agent = person.Agents[number];
            var turns = (agent.PerDay / 100) + (chance.Happens(agent.PerDay % 100) ? 1 : 0);
            var where = Whereabouts.Of(person, day, _options.Seed, 1000 + number);
            foreach (var made in turns == 0 ? [] : _interactions.WithAgent(person, agent, midnight + Begin(person, isWeekend, chance), Math.Min(turns + chance.Below(2), 4), where, chance))
            {
                yield return made;
            }
        }
    }

    private static TimeSpan Begin(Person person, bool isWeekend, Chance chance)
    {
        var seconds = TimeSpan.FromSeconds(chance.Below(3600));
        if (chance.Happens(person.Role.Evening))
        {
            return TimeSpan.FromHours(Math.Min(23, 19 + chance.Below(4))) + seconds;
        }

        return isWeekend ? TimeSpan.FromHours(10 + chance.Below(9)) + seconds : TimeSpan.FromHours(Math.Min(23, person.From + chance.Below(person.Role.Hours))) + seconds;
    }

    private IEnumerable<SimulatedEvent> Routine(int day)
    {
        var isWeekend = _options.Start.AddDays(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        foreach (var routine in _spec.Routine)
        {
            var chance = Chance.Of(_options.Seed, "routine", routine.Name.Value, Text(day));
            var people = _told.OfRole(routine.By.Value);
            var perMonth = routine.PerMonth * (routine.Each ? people.Length : 1);

            // Five days of seven are working days.
            var times = isWeekend ? 0 : ((perMonth * 7 / 5) / 30) + (chance.Happens(perMonth * 7 / 5 % 30, 30) ? 1 : 0);
            for (var number = 0; number < times; number++)
            {
                var person = chance.Of(people);
                var at = _options.From.AddDays(day) + Begin(person, isWeekend: false, chance) - TimeSpan.FromHours(person.PlaceOn(day).Offset);
                foreach (var made in _told.Of(person, routine.Events, at, ImmutableSortedDictionary<string, string>.Empty, chance))
                {
                    yield return made;
                }
            }
        }
    }

    private IEnumerable<SimulatedEvent> Attacks()
    {
        foreach (var placed in _options.Attacks)
        {
            var attack = _spec.Attacks.First(attack => attack.Id.Value == placed.Id);
            var chance = Chance.Of(_options.Seed, "attack", placed.Id, placed.At.ToString("o", CultureInfo.InvariantCulture));
            var person = chance.Of(_told.OfRole(attack.By.Value));
            var rows = _told.Rows(person, attack.Tables, placed.At, chance).ToImmutableArray();
            foreach (var made in _told.Of(person, attack.Events, placed.At, attack.Fields, chance))
            {
                yield return made with { Rows = rows };
                rows = [];
            }
        }
    }

    private static ImmutableArray<AuditRecord> Read(EventFiles files, Spanned<string> path, ICollection<Finding> findings) =>
        files.Read(path) is { } file ? EventReader.Read(file, findings) : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
