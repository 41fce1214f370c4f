using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Simulate;

/// <summary>Somebody of the tenant, with habits.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Upn">The user principal name.</param>
/// <param name="ObjectId">The Entra object id.</param>
/// <param name="Role">What they do.</param>
/// <param name="Place">Where they live.</param>
internal sealed record Person(int Number, string Upn, string ObjectId, SimulatedRole Role, SimulatedPlace Place)
{
    /// <summary>Interactions of an ordinary working day.</summary>
    public required int PerDay { get; init; }

    /// <summary>The hour at which they begin, in their place.</summary>
    public required int From { get; init; }

    /// <summary>The network of their home.</summary>
    public required string Home { get; init; }

    /// <summary>The last two numbers of the address there.</summary>
    public required string HomeAddress { get; init; }

    /// <summary>The network of their phone.</summary>
    public required string Phone { get; init; }

    /// <summary>Of a hundred days, how many they work at home.</summary>
    public required int AtHome { get; init; }

    /// <summary>Whether they ever search the web with Copilot.</summary>
    public required bool SearchesWeb { get; init; }

    /// <summary>The agents that they use.</summary>
    public required ImmutableArray<SimulatedAgent> Agents { get; init; }

    /// <summary>First day, length and goal of their journeys.</summary>
    public required ImmutableArray<(int Day, int Days, SimulatedPlace To)> Journeys { get; init; }

    /// <summary>First day and length of their holidays.</summary>
    public required (int Day, int Days) Holidays { get; init; }

    /// <summary>Where they are on a day.</summary>
    public SimulatedPlace PlaceOn(int day) => Journeys.Where(journey => day >= journey.Day && day < journey.Day + journey.Days).Select(journey => journey.To).FirstOrDefault() ?? Place;

    /// <summary>Everybody: of each role somebody at least, and then by the shares.</summary>
    public static ImmutableArray<Person> Everybody(SimulationSpec spec, SimulationOptions options)
    {
        var people = ImmutableArray.CreateBuilder<Person>();
        foreach (var number in Enumerable.Range(1, options.People))
        {
            var chance = Chance.Of(options.Seed, "person", number.ToString(CultureInfo.InvariantCulture));
            var role = number <= spec.Roles.Length ? spec.Roles[number - 1] : chance.Of(spec.Roles, role => role.Share);
            var place = chance.Of(spec.Places, place => place.Share);
            people.Add(new(number, string.Create(CultureInfo.InvariantCulture, $"{role.Name}{number:000}@{spec.Domain}"), chance.Guid(), role, place)
            {
                // From a fifth to twice the mean, many below it.
                PerDay = Math.Max(1, role.PerDay * (20 + Math.Min(chance.Below(181), chance.Below(181)) + (chance.Happens(25) ? 40 : 0)) / 100),
                From = Math.Clamp(role.From + chance.Between(-1, 1), 0, 23),
                Home = chance.Of(place.Homes),
                HomeAddress = string.Create(CultureInfo.InvariantCulture, $"{chance.Between(1, 254)}.{chance.Between(1, 254)}"),
                Phone = chance.Of(place.Phones),
                AtHome = chance.Between(0, 70),
                SearchesWeb = chance.Happens(60),
                Agents = [.. spec.Agents.Where(agent => chance.Happens(agent.Share))],
                Journeys = Travels(spec, options, chance, place),
                Holidays = (chance.Below(options.Days + 60), chance.Between(3, 14)),
            });
        }

        return people.DrainToImmutable();
    }

    // One journey in two months, mostly within the country, some to another place.
    private static ImmutableArray<(int Day, int Days, SimulatedPlace To)> Travels(SimulationSpec spec, SimulationOptions options, Chance chance, SimulatedPlace home) =>
        [.. from number in Enumerable.Range(0, 1 + (options.Days / 60))
            where chance.Happens(50)
            select (Day: chance.Below(options.Days + 5), Days: chance.Between(1, 5), To: chance.Happens(75) ? home : chance.Of(spec.Places, place => place.Share)) into journey
            select (journey.Day, journey.Days, journey.To with { Homes = journey.To.Hotels, Office = journey.To == home ? chance.Of(home.Hotels) : journey.To.Office })];
}
