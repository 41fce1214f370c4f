using System.Collections.Immutable;
using System.Text.RegularExpressions;
using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The key "solution" of a kit.yaml: limits are those of the Azure-Sentinel repository's own validation.</summary>
internal static partial class SolutionShape
{
    public const string UsualDomain = "Security - Insider Threat";
    public const string UsualLogo = "Azure_Sentinel.svg";

    /// <summary>Who may help, the usual one first.</summary>
    public static ImmutableArray<string> Tiers { get; } = ["Partner", "Community", "Microsoft"];

    private static readonly ImmutableArray<string> Domains =
    [
        "Application", "Cloud Provider", "Compliance", "DevOps", "Identity", "Internet of Things (IoT)", "IT Operations", "Migration", "Networking", "Platform",
        "Security - Others", "Security - Threat Intelligence", "Security - Threat Protection", "Security - 0-day Vulnerability", "Security - Automation (SOAR)",
        "Security - Cloud Security", "Security - Information Protection", UsualDomain, "Security - Network", "Security - Vulnerability Management", "Storage",
        "Training and Tutorials", "User Behavior (UEBA)",
    ];

    private static readonly ImmutableArray<string> Verticals = ["Aeronautics", "Education", "Finance", "Healthcare", "Manufacturing", "Retail"];

    private static readonly MapShape Support = new("the support of a solution",
    [
        Optional("name", Line, "Who helps; the publisher when left out."),
        Optional("email", new TextShape(new(EmailPattern(), "an e-mail address")), "Where to write; this or link is needed."),
        Optional("link", new TextShape(new(LinkPattern(), "an address with https")), "Where to read; this or email is needed."),
        Optional("tier", new ChoiceShape(Tiers), "Who supports it; Partner when left out."),
    ]);

    private static readonly MapShape Release = new("a release of a solution",
    [
        Required("version", new TextShape(new(VersionPattern(), "a version that starts with 3, such as 3.0.0")), "Its version; Content Hub's form of packages is 3."),
        Required("date", new TextShape(Forms.Day), "Its day."),
        Required("changes", Line, "What is new, in one line."),
    ]);

    public static MapShape Shape { get; } = new("a solution",
    [
        Required("name", new TextShape(new(NamePattern(), "at most 100 letters and digits, in words with one space between them")), "Its name in Content Hub, and that of its folder."),
        Required("publisherId", new TextShape(new(PublisherPattern(), "at most 50 lower-case letters and digits, a letter first")), "The publisher's id in Partner Center."),
        Required("offerId", new TextShape(new(OfferPattern(), "at most 50 lower-case letters, digits and hyphens, with \"sentinel\" in it")), "The offer's id in Partner Center."),
        Required("description", new TextShape(MaxLength: 5000, Lines: true), "What it is for: paragraphs of plain text."),
        Required("support", Support, "Who helps."),
        Required("releases", new ListShape(Release), "Its versions, newest first: the first is packed, and all are in its release notes."),
        Optional("domains", new ListShape(new ChoiceShape(Domains)), $"Content Hub's domains; {UsualDomain} when left out."),
        Optional("verticals", new ListShape(new ChoiceShape(Verticals)), "Content Hub's industries."),
        Optional("logo", new TextShape(new(LogoPattern(), "the name of an .svg file")), $"A file in Logos of the Azure-Sentinel repository; {UsualLogo} when left out."),
    ]);

    [GeneratedRegex("^(?=.{1,100}$)[A-Za-z0-9]+( [A-Za-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[a-z][a-z0-9]{0,49}$", RegexOptions.CultureInvariant)]
    private static partial Regex PublisherPattern();

    [GeneratedRegex("^(?=.{1,50}$)(?=.*sentinel)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex OfferPattern();

    [GeneratedRegex("^3[.](0|[1-9][0-9]{0,8})[.](0|[1-9][0-9]{0,8})$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();

    [GeneratedRegex("^[^ @]{1,64}@[^ @.]{1,63}([.][^ @.]{1,63}){1,8}$", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();

    [GeneratedRegex("^https:[/]{2}[^ ]{1,500}$", RegexOptions.CultureInvariant)]
    private static partial Regex LinkPattern();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,100}[.]svg$", RegexOptions.CultureInvariant)]
    private static partial Regex LogoPattern();
}
