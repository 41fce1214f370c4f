using static System.FormattableString;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings about what all content has: name, description, version, GUID and file name (CSK0500 to CSK0519, CSK0440 to CSK0449).</summary>
internal static class ContentDiagnostics
{
    public static Diagnostic EmptyName(SourceSpan span) => Diagnostic.Error("CSK0501", span,
        "The name is empty. Write the name that Sentinel shows.");

    public static Diagnostic NameTooLong(SourceSpan span, int length, int limit) => Diagnostic.Error("CSK0502", span,
        Invariant($"The name has {length} characters; Sentinel takes at most {limit}. Shorten it."));

    public static Diagnostic EmptyDescription(SourceSpan span) => Diagnostic.Error("CSK0503", span,
        "The description is empty. Say what the query finds and why it matters.");

    public static Diagnostic DescriptionTooLong(SourceSpan span, int length, int limit) => Diagnostic.Error("CSK0504", span,
        Invariant($"The description has {length} characters; Sentinel takes at most {limit}. Shorten it."));

    public static Diagnostic IllegalVersion(SourceSpan span, string version, int limit) => Diagnostic.Error("CSK0505", span,
        Invariant($"\"{version}\" is not a version. Write three numbers with dots, such as 1.0.0, in at most {limit} characters."));

    public static Diagnostic UnusualVersion(SourceSpan span, string version, int limit) => Diagnostic.Warning("CSK0818", span,
        Invariant($"\"{version}\" is not three numbers with dots, such as 1.0.0, in at most {limit} characters, so Sentinel does not see an update in it. Write it so."));

    public static Diagnostic EmptyGuid(SourceSpan span) => Diagnostic.Error("CSK0506", span,
        "The GUID is all zeros. Give the content a GUID of its own, or leave it out to have one derived from the id.");

    public static Diagnostic MalformedGuid(SourceSpan span, Guid guid) => Diagnostic.Warning("CSK0507", span,
        $"The GUID {guid:D} has no RFC 9562 version and variant, as one made by hand; such GUIDs collide. Generate one, or leave it out to have one derived from the id. If the rule is deployed already, keep it: a new GUID is a new rule.");

    public static Diagnostic ReservedFileName(SourceSpan span, string fileName) => Diagnostic.Error("CSK0508", span,
        $"The file name \"{fileName}\" is a device on Windows, where the content could not be checked out. Choose another id.");

    public static Diagnostic IllegalFileName(SourceSpan span, string fileName) => Diagnostic.Error("CSK0509", span,
        $"\"{fileName}\" cannot be a file name. Use letters, digits, hyphens and underscores.");

    public static Diagnostic DuplicateGuid(SourceSpan span, Guid guid) => Diagnostic.Error("CSK0510", span,
        $"The GUID {guid:D} is there twice, so one deployment would replace the other. Change one of them.");

    public static Diagnostic DuplicateRuleName(SourceSpan span, string name) => Diagnostic.Error("CSK0511", span,
        $"Two analytics rules have the name \"{name}\"; a workspace takes each name once. Rename one of them.");

    public static Diagnostic DuplicateName(SourceSpan span, string name) => Diagnostic.Warning("CSK0512", span,
        $"The name \"{name}\" is there twice in the same kind of content, so nobody can tell them apart in Sentinel. Rename one of them.");

    public static Diagnostic DuplicateFileName(SourceSpan span, string fileName) => Diagnostic.Error("CSK0513", span,
        $"Two pieces of content are written to the file \"{fileName}\" (Windows and macOS ignore letter case). Change one of the ids.");

    public static Diagnostic DuplicateAlias(SourceSpan span, string alias) => Diagnostic.Error("CSK0514", span,
        $"The alias \"{alias}\" is there twice, so one deployment would replace the other. Change one of them.");

    public static Diagnostic TooManyRules(SourceSpan span, int count, int limit) => Diagnostic.Warning("CSK0515", span,
        Invariant($"There are {count} enabled analytics rules; a workspace takes {limit}. Disable some, or deploy them to several workspaces."));

    public static Diagnostic TooManyNrtRules(SourceSpan span, int count, int limit) => Diagnostic.Warning("CSK0516", span,
        Invariant($"There are {count} NRT rules; a workspace takes {limit}. Turn some into scheduled rules."));

    public static Diagnostic PatternedGuid(SourceSpan span, Guid guid) => Diagnostic.Warning("CSK0517", span,
        $"The GUID {guid:D} is a run of digits, as one typed by hand; others type the same, and one deployment then replaces the other. Generate one. If the rule is deployed already, keep it: a new GUID is a new rule.");

    public static Diagnostic NameEnd(SourceSpan span) => Diagnostic.Warning("CSK0518", span,
        "The name ends in a full stop or has spaces at an end, which shows in titles of alerts and incidents. Remove them.");

    public static Diagnostic InvisibleCharacter(SourceSpan span, string what, string character, string name) => Diagnostic.Warning("CSK0519", span,
        $"The {what} has the character {character} ({name}), as text copied from a web page or a document does; searches do not find such text. Write plain text.");

    public static Diagnostic EnvironmentName(SourceSpan span, string word) => Diagnostic.Information("CSK0440", span,
        $"The name speaks of an environment (\"{word}\"), so it is wrong in every other. Leave it out; where content is deployed says which environment it is.");

    public static Diagnostic CapitalName(SourceSpan span) => Diagnostic.Information("CSK0441", span,
        "The name is all capitals. Write it as a sentence, with a capital at its start and in names.");

    public static Diagnostic FileNameTooLong(SourceSpan span, string fileName, int limit) => Diagnostic.Warning("CSK0442", span,
        Invariant($"The file name \"{fileName}\" is longer than {limit} characters, the most that the name of an ARM deployment made of it can have. Shorten it."));

    public static Diagnostic UnrelatedFileName(SourceSpan span, string fileName) => Diagnostic.Information("CSK0443", span,
        $"No word of the name is in the file name \"{fileName}\", so nobody finds the file of an alert. Name the file after the content.");
}
