using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of a simulation.</summary>
internal static class SimulationShape
{
    /// <summary>The words of <see cref="AgentForm"/>.</summary>
    public static Choices<AgentForm> AgentForms { get; } = new(
        ("twins", AgentForm.Twins), ("runtime", AgentForm.Runtime), ("declarative", AgentForm.Declarative), ("sharePoint", AgentForm.SharePoint));

    private static readonly IntegerShape Count = new(0, 1_000_000);

    private static readonly IntegerShape Percent = new(0, 100);

    private static readonly TextShape EventFile = new(Forms.EventFile);

    private static readonly ListShape Networks = new(Line);

    private static readonly MapShape Role = new("a role",
    [
        Required("name", Name, "Its name."),
        Required("share", Count, "How many people have it, relative to the other roles; each has one at least."),
        Required("perDay", Count, "Interactions of a working day, the mean over its people."),
        Required("from", new IntegerShape(0, 23), "The hour at which they begin, in their place."),
        Required("hours", new IntegerShape(1, 16), "How long they work."),
        Optional("evening", Percent, "Of a hundred conversations, how many are in the evening; none when left out."),
        Optional("weekend", Percent, "Of a hundred weekend days, how many they work on; none when left out."),
        Optional("sites", new ListShape(Line), "Sites that half of what they read is on."),
    ]);

    private static readonly MapShape Place = new("a place",
    [
        Required("name", Line, "Its name."),
        Required("share", Count, "How many people live there, relative to the other places."),
        Required("country", Line, "Two letters, as sources that look up addresses have it."),
        Required("region", Line, "ClientRegion of its users."),
        Required("offset", new IntegerShape(-11, 14), "Hours ahead of UTC."),
        Required("office", Line, "The first two numbers of the office's addresses, 198.18 for example."),
        Required("homes", Networks, "The same for each network of providers of homes."),
        Required("phones", Networks, "The same for each network of providers of phones, whose addresses change."),
        Required("hotels", Networks, "The same for each network that travellers use."),
    ]);

    private static readonly MapShape Host = new("a host",
    [
        Required("name", Line, "AppHost, as records have it."),
        Required("identity", Line, "AppIdentity, as records have it."),
        Required("share", Count, "How much it is used, relative to the other hosts."),
        Required("reads", Percent, "Of a hundred interactions, how many read something."),
        Optional("web", Percent, "Of a hundred interactions of people who search the web, how many do; none when left out."),
        Optional("mail", Percent, "Of a hundred things that are read, how many are mails; none when left out."),
    ]);

    private static readonly MapShape Label = new("a label",
    [
        Required("id", new ScalarShape(Forms.Guid), "Its id."),
        Required("name", Line, "Its name."),
        Required("share", Percent, "Of a hundred files, how many have it, on sites that do not say."),
    ]);

    private static readonly MapShape Site = new("a site",
    [
        Required("name", Line, "Its name."),
        Required("share", Count, "How much is read there, relative to other sites, by people whose role does not name it."),
        Required("files", new IntegerShape(1, 1_000_000), "How many files it has."),
        Optional("labels", MapShape.Of("labels of a site", new(null, Percent, "A label's name, and how many of a hundred files have it.")), "Labels of its files; as the labels themselves say when left out."),
    ]);

    private static readonly MapShape Agent = new("an agent",
    [
        Required("name", Line, "Its name."),
        Required("form", AgentForms.Shape, "How it writes its records: two for a turn, one without messages, one with them, or one with the id of an agent of SharePoint."),
        Required("share", Percent, "Of a hundred people, how many use it."),
        Required("perDay", Count, "Turns of one of them on a hundred days."),
        Optional("site", Line, "The site that it reads; none when left out."),
    ]);

    private static readonly MapShape Delay = new("a delay",
    [
        Required("source", Line, "The source of the mapping."),
        Required("least", new TextShape(Forms.Step), "The shortest time to the arrival."),
        Required("most", new TextShape(Forms.Step), "The longest usual time."),
        Required("late", new TextShape(Forms.Step), "The longest time of records that are late."),
    ]);

    private static readonly MapShape Routine = new("records that come now and then",
    [
        Required("name", Line, "What they are."),
        Required("by", Line, "The role of the person who causes them."),
        Required("perMonth", Count, "How often in thirty days, in the whole tenant."),
        Optional("each", Flag, "true when each person of the role causes that many."),
        Required("events", TestShape.Events, "The records, as in tests. Account, address and region are the person's unless they are set."),
    ]);

    private static readonly MapShape Attack = new("an attack",
    [
        Required("id", Id, "Its name on the command line."),
        Required("description", Lines, "What happens."),
        Required("by", Line, "The role of the person whose account it is."),
        Required("at", new TextShape(Forms.Step), "When it is, from the beginning of the days that are judged."),
        Required("found", new ListShape(Line), "The rules that must find it, by id."),
        Optional("events", TestShape.Events, "The records, as in tests; their times count from the attack's. {person}, {person id}, {guid}, {other N} and {label NAME} in texts stand for the account, its id, a new id, another account and the id of a label."),
        Optional("tables", TestShape.Tables, "Rows of other tables, as in tests."),
        Optional("fields", MapShape.Of("fields beside the record", new(Forms.Identifier, new ScalarShape(), "A field of the mapping and its value.")), "What sources know of these records beside the record itself, such as SrcCountryCode."),
    ]);

    /// <summary>A file of a simulation.</summary>
    public static MapShape Shape { get; } = new("a simulation",
    [
        Optional("interaction", EventFile, "The file with the record of an interaction; members are set anew for each."),
        Optional("turn", EventFile, "The file with the two records of a turn with an agent."),
        Optional("domain", Line, "The domain of accounts."),
        Optional("roles", new ListShape(Role), "What people do, by role."),
        Optional("places", new ListShape(Place), "Where people are."),
        Optional("hosts", new ListShape(Host), "Applications that host Copilot."),
        Optional("labels", new ListShape(Label), "Sensitivity labels."),
        Optional("sites", new ListShape(Site), "Sites with files."),
        Optional("agents", new ListShape(Agent), "Agents that people use."),
        Optional("web", new ListShape(Line), "Hosts of web sites that answers draw on."),
        Optional("rates", MapShape.Of("rates", new(Forms.Identifier, new IntegerShape(0, 10_000), "A variant of records, and of how many of ten thousand.")), "How often variants of records come."),
        Optional("delays", new ListShape(Delay), "How long records take to arrive."),
        Optional("routine", new ListShape(Routine), "Records that come now and then: administration, scheduled prompts, meetings."),
        Optional("signIns", TestShape.Tables, "Rows for each day and country in which a person is at work."),
        Optional("watchlists", TestShape.Watchlists, "Rows of watchlists; {each ROLE} in a text makes a row for each person of the role, {each person} for everybody."),
        Optional("attacks", new ListShape(Attack), "What attackers do."),
    ]);
}
