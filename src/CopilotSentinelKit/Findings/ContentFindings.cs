using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about what all content has: name, description, version, GUID and file name (CSK0500 to CSK0519, CSK0440 to CSK0449).</summary>
internal static class ContentFindings
{
    public static Finding EmptyName(SourceSpan span) => Finding.Error("CSK0501", span,
        "The name is empty. Write the name that Sentinel shows.");

    public static Finding NameTooLong(SourceSpan span, int length, int limit) => Finding.Error("CSK0502", span,
        Invariant($"The name has {length} characters; Sentinel takes at most {limit}. Shorten it."));

    public static Finding EmptyDescription(SourceSpan span) => Finding.Error("CSK0503", span,
        "The description is empty. Say what the query finds and why it matters.");

    public static Finding DescriptionTooLong(SourceSpan span, int length, int limit) => Finding.Error("CSK0504", span,
        Invariant($"The description has {length} characters; Sentinel takes at most {limit}. Shorten it."));

    public static Finding IllegalVersion(SourceSpan span, string version, int limit) => Finding.Error("CSK0505", span,
        Invariant($"\"{version}\" is not a version. Write three numbers with dots, such as 1.0.0, in at most {limit} characters."));

    public static Finding UnusualVersion(SourceSpan span, string version, int limit) => Finding.Warning("CSK0818", span,
        Invariant($"\"{version}\" is not three numbers with dots, such as 1.0.0, in at most {limit} characters, so Sentinel does not see an update in it. Write it so."));

    public static Finding EmptyGuid(SourceSpan span) => Finding.Error("CSK0506", span,
        "The GUID is all zeros. Give the content a GUID of its own, or leave it out to have one derived from the id.");

    public static Finding MalformedGuid(SourceSpan span, Guid guid) => Finding.Warning("CSK0507", span,
        $"The GUID {guid:D} has no RFC 9562 version and variant, as one made by hand; such GUIDs collide. Generate one, or leave it out to have one derived from the id. If the rule is deployed already, keep it: a new GUID is a new rule.");

    public static Finding ReservedFileName(SourceSpan span, string fileName) => Finding.Error("CSK0508", span,
        $"The file name \"{fileName}\" is a device on Windows, where the content could not be checked out. Choose another id.");

    public static Finding IllegalFileName(SourceSpan span, string fileName) => Finding.Error("CSK0509", span,
        $"\"{fileName}\" cannot be a file name. Use letters, digits, hyphens and underscores.");

    public static Finding DuplicateGuid(SourceSpan span, Guid guid) => Finding.Error("CSK0510", span,
        $"The GUID {guid:D} is there twice, so one deployment would replace the other. Change one of them.");

    public static Finding DuplicateRuleName(SourceSpan span, string name) => Finding.Error("CSK0511", span,
        $"Two analytics rules have the name \"{name}\"; a workspace takes each name once. Rename one of them.");

    public static Finding DuplicateName(SourceSpan span, string name) => Finding.Warning("CSK0512", span,
        $"The name \"{name}\" is there twice in the same kind of content, so nobody can tell them apart in Sentinel. Rename one of them.");

    public static Finding DuplicateFileName(SourceSpan span, string fileName) => Finding.Error("CSK0513", span,
        $"Two pieces of content are written to the file \"{fileName}\" (Windows and macOS ignore letter case). Change one of the ids.");

    public static Finding DuplicateAlias(SourceSpan span, string alias) => Finding.Error("CSK0514", span,
        $"The alias \"{alias}\" is there twice, so one deployment would replace the other. Change one of them.");

    public static Finding DuplicateResource(SourceSpan span, string name) => Finding.Error("CSK0543", span,
        $"The resource name \"{name}\" is there twice, so one deployment would replace the other. Name each watchlist by its alias.");

    public static Finding TooManyRules(SourceSpan span, int count, int limit) => Finding.Warning("CSK0515", span,
        Invariant($"There are {count} enabled analytics rules; a workspace takes {limit}. Disable some, or deploy them to several workspaces."));

    public static Finding TooManyNrtRules(SourceSpan span, int count, int limit) => Finding.Warning("CSK0516", span,
        Invariant($"There are {count} NRT rules; a workspace takes {limit}. Turn some into scheduled rules."));

    public static Finding PatternedGuid(SourceSpan span, Guid guid) => Finding.Warning("CSK0517", span,
        $"The GUID {guid:D} is a run of digits, as one typed by hand; others type the same, and one deployment then replaces the other. Generate one. If the rule is deployed already, keep it: a new GUID is a new rule.");

    public static Finding NameEnd(SourceSpan span) => Finding.Warning("CSK0518", span,
        "The name ends in a full stop or has spaces at an end, which shows in titles of alerts and incidents. Remove them.");

    public static Finding InvisibleCharacter(SourceSpan span, string what, string character, string name) => Finding.Warning("CSK0519", span,
        $"The {what} has the character {character} ({name}), as text copied from a web page or a document does; searches do not find such text. Write plain text.");

    public static Finding EnvironmentName(SourceSpan span, string word) => Finding.Information("CSK0440", span,
        $"The name speaks of an environment (\"{word}\"), so it is wrong in every other. Leave it out; where content is deployed says which environment it is.");

    public static Finding CapitalName(SourceSpan span) => Finding.Information("CSK0441", span,
        "The name is all capitals. Write it as a sentence, with a capital at its start and in names.");

    public static Finding FileNameTooLong(SourceSpan span, string fileName, int limit) => Finding.Warning("CSK0442", span,
        Invariant($"The file name \"{fileName}\" is longer than {limit} characters, the most that the name of an ARM deployment made of it can have. Shorten it."));

    public static Finding UnrelatedFileName(SourceSpan span, string fileName) => Finding.Information("CSK0443", span,
        $"No word of the name is in the file name \"{fileName}\", so nobody finds the file of an alert. Name the file after the content.");
}
