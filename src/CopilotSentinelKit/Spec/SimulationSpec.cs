using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>The tenant of csk simulate as a person wrote it (rules/simulation.yaml). Shares are relative to one another unless they say otherwise.</summary>
public sealed record SimulationSpec
{
    /// <summary>The file, all of it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Keys that the file has; a project's file may have some of them.</summary>
    public required ImmutableHashSet<string> Keys { get; init; }

    /// <summary>The file with the record of an interaction, whose members are set anew for each.</summary>
    public required Spanned<string> Interaction { get; init; }

    /// <summary>The file with the two records of a turn with an agent.</summary>
    public required Spanned<string> Turn { get; init; }

    /// <summary>The domain of accounts.</summary>
    public required string Domain { get; init; }

    /// <summary>What people do, by role.</summary>
    public required ImmutableArray<SimulatedRole> Roles { get; init; }

    /// <summary>Where people are.</summary>
    public required ImmutableArray<SimulatedPlace> Places { get; init; }

    /// <summary>Applications that host Copilot.</summary>
    public required ImmutableArray<SimulatedHost> Hosts { get; init; }

    /// <summary>Sensitivity labels.</summary>
    public required ImmutableArray<SimulatedLabel> Labels { get; init; }

    /// <summary>Sites with files.</summary>
    public required ImmutableArray<SimulatedSite> Sites { get; init; }

    /// <summary>Agents.</summary>
    public required ImmutableArray<SimulatedAgent> Agents { get; init; }

    /// <summary>Web sites that answers draw on.</summary>
    public required ImmutableArray<string> Web { get; init; }

    /// <summary>How often each variant of a record comes, of ten thousand records.</summary>
    public required ImmutableSortedDictionary<string, int> Rates { get; init; }

    /// <summary>How long records take to arrive, by source.</summary>
    public required ImmutableArray<SimulatedDelay> Delays { get; init; }

    /// <summary>Records that come now and then: administration, scheduled prompts, meetings.</summary>
    public required ImmutableArray<SimulatedRoutine> Routine { get; init; }

    /// <summary>A row for each day, place and person that signs in; none where nothing signs in.</summary>
    public required ImmutableArray<TestTableSpec> SignIns { get; init; }

    /// <summary>Rows of watchlists; "{each ROLE}" in a text makes a row for each person of the role.</summary>
    public required ImmutableArray<TestTableSpec> Watchlists { get; init; }

    /// <summary>What attackers do.</summary>
    public required ImmutableArray<SimulatedAttack> Attacks { get; init; }
}

/// <summary>A role: how many people have it, and how they work.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">How many people have it; each role has one at least.</param>
/// <param name="PerDay">Interactions of an ordinary working day, the mean over people.</param>
/// <param name="From">The hour at which they begin, in their place.</param>
/// <param name="Hours">How long they work.</param>
/// <param name="Evening">Of a hundred conversations, how many are in the evening.</param>
/// <param name="Weekend">Of a hundred weekend days, how many they work on.</param>
/// <param name="Sites">Sites that they work on more than others.</param>
public sealed record SimulatedRole(string Name, int Share, int PerDay, int From, int Hours, int Evening, int Weekend, ImmutableArray<Spanned<string>> Sites);

/// <summary>A place: country, region and networks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">How many people live there.</param>
/// <param name="Country">Two letters.</param>
/// <param name="Region">ClientRegion of its users.</param>
/// <param name="Offset">Hours ahead of UTC.</param>
/// <param name="Office">The first two numbers of the addresses of the office.</param>
/// <param name="Homes">The same for each network of a provider of homes.</param>
/// <param name="Phones">The same for each network of a provider of phones, whose addresses change daily.</param>
/// <param name="Hotels">The same for each network that travellers use.</param>
public sealed record SimulatedPlace(
    string Name, int Share, string Country, string Region, int Offset, string Office, ImmutableArray<string> Homes, ImmutableArray<string> Phones, ImmutableArray<string> Hotels);

/// <summary>An application that hosts Copilot.</summary>
/// <param name="Name">AppHost.</param>
/// <param name="Identity">AppIdentity.</param>
/// <param name="Share">How much it is used.</param>
/// <param name="Reads">Of a hundred interactions, how many read something.</param>
/// <param name="Web">Of a hundred interactions of people who search the web, how many do.</param>
/// <param name="Mail">Of a hundred things that are read, how many are mails.</param>
public sealed record SimulatedHost(string Name, string Identity, int Share, int Reads, int Web, int Mail);

/// <summary>A sensitivity label.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Share">Of a hundred files of a site that says nothing else, how many have it.</param>
public sealed record SimulatedLabel(string Id, string Name, int Share);

/// <summary>A site with files.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">How much people read there whose role does not name it.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Labels">Of a hundred files, how many have a label, by its name; those of the labels themselves when empty.</param>
public sealed record SimulatedSite(Spanned<string> Name, int Share, int Files, ImmutableSortedDictionary<string, int> Labels);

/// <summary>An agent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">How it writes its records.</param>
/// <param name="Share">Of a hundred people, how many use it.</param>
/// <param name="PerDay">Turns of one of them on a hundred days.</param>
/// <param name="Site">The site that it reads.</param>
public sealed record SimulatedAgent(string Name, AgentForm Form, int Share, int PerDay, Spanned<string>? Site);

/// <summary>How an agent writes its records.</summary>
public enum AgentForm
{
    /// <summary>Two records for a turn, as agents of Copilot Studio do in Microsoft 365 Copilot.</summary>
    Twins,

    /// <summary>One record without messages, as agents of Copilot Studio do in Teams.</summary>
    Runtime,

    /// <summary>One record with messages, as declarative agents do.</summary>
    Declarative,

    /// <summary>The same with the id of an agent of a SharePoint site.</summary>
    SharePoint,
}

/// <summary>How long records take to arrive.</summary>
/// <param name="Source">The source.</param>
/// <param name="Least">The shortest time.</param>
/// <param name="Most">The longest that is usual.</param>
/// <param name="Late">The longest of late records.</param>
public sealed record SimulatedDelay(Spanned<string> Source, TimeSpan Least, TimeSpan Most, TimeSpan Late);

/// <summary>Records that come now and then.</summary>
/// <param name="Name">What they are.</param>
/// <param name="By">The role of the person who causes them.</param>
/// <param name="PerMonth">How often in thirty days; for each person of the role or, unless <paramref name="Each"/>, for the tenant.</param>
/// <param name="Each">Whether each person of the role causes that many.</param>
/// <param name="Events">The records.</param>
public sealed record SimulatedRoutine(Spanned<string> Name, Spanned<string> By, int PerMonth, bool Each, ImmutableArray<EventSpec> Events);

/// <summary>What an attacker does.</summary>
/// <param name="Id">Its name on the command line.</param>
/// <param name="Description">What happens.</param>
/// <param name="By">The role of the person whose account it is.</param>
/// <param name="At">When it is, from the beginning of the days that are judged.</param>
/// <param name="Found">Ids of the rules that must find it.</param>
/// <param name="Events">The records; their times count from <paramref name="At"/>.</param>
/// <param name="Tables">Rows of other tables.</param>
/// <param name="Fields">What sources know beside the record, such as SrcCountryCode.</param>
public sealed record SimulatedAttack(
    Spanned<string> Id,
    string Description,
    Spanned<string> By,
    TimeSpan At,
    ImmutableArray<Spanned<string>> Found,
    ImmutableArray<EventSpec> Events,
    ImmutableArray<TestTableSpec> Tables,
    ImmutableSortedDictionary<string, string> Fields);
