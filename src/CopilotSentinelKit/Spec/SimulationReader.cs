using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to a simulation.</summary>
internal static class SimulationReader
{
    /// <summary>The simulation, or null when the file is no map. What is missing or wrong is a finding and stands as nothing.</summary>
    public static SimulationSpec? Read(YamlValue root, ICollection<Finding> findings)
    {
        if (ShapeCheck.Check(root, SimulationShape.Shape, findings) is not { } map)
        {
            return null;
        }

        var keys = new SpecMap(map);
        return new()
        {
            Span = keys.File,
            Keys = [.. keys.Entries.Select(entry => entry.Key.Value)],
            Interaction = keys.TextOrEmpty("interaction"),
            Turn = keys.TextOrEmpty("turn"),
            Domain = Text(keys, "domain"),
            Roles = [.. keys.Maps("roles").Select(role => new SimulatedRole(Text(role, "name"), Count(role, "share"), Count(role, "perDay"), Count(role, "from"), Count(role, "hours"), Count(role, "evening"), Count(role, "weekend"), role.Texts("sites")))],
            Places = [.. keys.Maps("places").Select(place => new SimulatedPlace(
                Text(place, "name"), Count(place, "share"), Text(place, "country"), Text(place, "region"), Count(place, "offset"), Text(place, "office"), Texts(place, "homes"), Texts(place, "phones"), Texts(place, "hotels")))],
            Hosts = [.. keys.Maps("hosts").Select(host => new SimulatedHost(Text(host, "name"), Text(host, "identity"), Count(host, "share"), Count(host, "reads"), Count(host, "web"), Count(host, "mail")))],
            Labels = [.. keys.Maps("labels").Select(label => new SimulatedLabel(Text(label, "id"), Text(label, "name"), Count(label, "share")))],
            Sites = [.. keys.Maps("sites").Select(site => new SimulatedSite(site.TextOrEmpty("name"), Count(site, "share"), Math.Max(1, Count(site, "files")), Counts(site, "labels")))],
            Agents = [.. keys.Maps("agents").Select(agent => new SimulatedAgent(Text(agent, "name"), agent.Choice("form", SimulationShape.AgentForms)?.Value ?? AgentForm.Declarative, Count(agent, "share"), Count(agent, "perDay"), agent.Text("site")))],
            Web = Texts(keys, "web"),
            Rates = Counts(keys, "rates"),
            Delays = [.. keys.Maps("delays").Select(delay => new SimulatedDelay(delay.TextOrEmpty("source"), Step(delay, "least"), Step(delay, "most"), Step(delay, "late")))],
            Routine = [.. keys.Maps("routine").Select(routine => new SimulatedRoutine(
                routine.TextOrEmpty("name"), routine.TextOrEmpty("by"), Count(routine, "perMonth"), routine.Flag("each")?.Value ?? false, TestReader.ReadEvents(routine)))],
            SignIns = TestReader.ReadTables(keys.Map("signIns")),
            Watchlists = TestReader.ReadTables(keys.Map("watchlists")),
            Attacks = [.. keys.Maps("attacks").Select(attack => new SimulatedAttack(
                attack.TextOrEmpty("id"),
                Text(attack, "description").Trim(),
                attack.TextOrEmpty("by"),
                Step(attack, "at"),
                attack.Texts("found"),
                TestReader.ReadEvents(attack),
                TestReader.ReadTables(attack.Map("tables")),
                attack.NamedTexts("fields").ToImmutableSortedDictionary(field => field.Key.Value, field => field.Value.Value, StringComparer.Ordinal)))],
        };
    }

    private static string Text(SpecMap keys, string key) => keys.TextOrEmpty(key).Value;

    private static ImmutableArray<string> Texts(SpecMap keys, string key) => [.. keys.Texts(key).Select(text => text.Value)];

    private static int Count(SpecMap keys, string key) => keys.Integer(key)?.Value ?? 0;

    private static TimeSpan Step(SpecMap keys, string key) => keys.Text(key) is { } text ? DurationText.ReadStep(text.Value) ?? default : default;

    private static ImmutableSortedDictionary<string, int> Counts(SpecMap keys, string key) =>
        keys.Map(key) is { } map ? map.Entries.DistinctBy(entry => entry.Key.Value).ToImmutableSortedDictionary(entry => entry.Key.Value, entry => map.Integer(entry.Key.Value)?.Value ?? 0, StringComparer.Ordinal)
        : ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
}
