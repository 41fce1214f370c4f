using System.Globalization;

namespace CopilotSentinelKit.Simulate;

/// <summary>From where somebody uses Copilot, as records and those who look up addresses tell it.</summary>
/// <param name="Address">The address.</param>
/// <param name="Region">ClientRegion.</param>
/// <param name="Country">Two letters.</param>
/// <param name="Provider">The provider of the address.</param>
/// <param name="UserAgent">The client.</param>
internal sealed record Whereabouts(string Address, string Region, string Country, string Provider, string UserAgent)
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0";
    private const string Mobile = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";

    /// <summary>Where somebody is in a conversation.</summary>
    /// <param name="person">Who.</param>
    /// <param name="day">The day's number, in the person's place.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="conversation">The number of the conversation on this day.</param>
    public static Whereabouts Of(Person person, int day, int seed, int conversation)
    {
        var of = Chance.Of(seed, "day", Text(person.Number), Text(day));
        var place = person.PlaceOn(day);
        var isAway = place != person.Place;
        var atHome = of.Happens(person.AtHome);
        var office = of.Below(40);
        var now = Chance.Of(seed, "network", Text(person.Number), Text(day), Text(conversation));

        // A region stays that of the account more often than not.
        var region = isAway && now.Happens(30) ? place.Region : person.Place.Region;
        if (now.Happens(12))
        {
            var network = isAway ? of.Of(place.Phones) : person.Phone;
            return new($"{network}.{Text(of.Between(1, 254))}.{Text(of.Between(1, 254))}", region, place.Country, "Example Mobile", Mobile);
        }

        return isAway || atHome
            ? new(isAway ? $"{of.Of(place.Homes)}.{Text(of.Between(1, 254))}.{Text(of.Between(1, 254))}" : $"{person.Home}.{person.HomeAddress}", region, place.Country, isAway ? "Example Hotels" : "Example Net", Browser)
            : new($"{place.Office}.{Text(office)}.{Text(of.Between(1, 20))}", region, place.Country, "Example Business", Browser);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
