using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Spec;

/// <summary>Forms of texts that several specs share.</summary>
internal static partial class Forms
{
    /// <summary>An id; also a folder-safe name.</summary>
    public static TextForm Id { get; } = new(IdPattern(), "3 to 64 lower-case letters, digits and single hyphens, starting with a letter, such as copilot-jailbreak-attempt");

    /// <summary>X.Y.Z.</summary>
    public static TextForm Version { get; } = new(VersionPattern(), "three numbers with dots, such as 1.0.0");

    /// <summary>A GUID with hyphens.</summary>
    public static TextForm Guid { get; } = new(GuidPattern(), "a GUID, such as 0f8fad5b-d9cb-469f-a165-70867728950e");

    /// <summary>A KQL name that needs no brackets; also a legal variable of a template.</summary>
    public static TextForm Identifier { get; } = new(IdentifierPattern(), "a name of at most 128 letters, digits and underscores that does not start with a digit");

    /// <summary>Names joined by dots.</summary>
    public static TextForm Path { get; } = new(PathPattern(), "names joined by dots, such as RawEventData.CopilotEventData");

    /// <summary>Names joined by dots, and places in lists.</summary>
    public static TextForm MemberPath { get; } = new(MemberPathPattern(), "names joined by dots, and numbers for places in a list, such as CopilotEventData.AccessedResources.0.Name");

    /// <summary>A path in an audit record, or all of it.</summary>
    public static TextForm RecordPath { get; } = new(RecordPathPattern(), "$ or names joined by dots, such as CopilotEventData.AppHost");

    /// <summary>A path in an audit record that may go through lists.</summary>
    public static TextForm ListPath { get; } = new(ListPathPattern(), "names joined by dots, with [] behind a list, such as CopilotEventData.AccessedResources[].Name");

    /// <summary>The name of a file in templates/, without folder and extension.</summary>
    public static TextForm TemplateName { get; } = new(TemplateNamePattern(), "the name of a template: lower-case letters, digits and hyphens");

    /// <summary>An ATT&amp;CK technique or sub-technique.</summary>
    public static TextForm Technique { get; } = new(TechniquePattern(), "an ATT&CK technique, such as T1562 or T1078.004");

    /// <summary>A MITRE ATLAS technique or sub-technique.</summary>
    public static TextForm AtlasTechnique { get; } = new(AtlasPattern(), "a MITRE ATLAS technique, such as AML.T0054 or AML.T0051.001");

    /// <summary>An entry of the OWASP Top 10 for LLM applications.</summary>
    public static TextForm OwaspRisk { get; } = new(OwaspPattern(), "an id of the OWASP Top 10 for LLM applications, LLM01 to LLM10");

    /// <summary>A watchlist's alias; also part of an Azure resource's name.</summary>
    public static TextForm Alias { get; } = new(AliasPattern(), "3 to 64 letters, digits, underscores and hyphens, with a letter first and no hyphen or underscore last");

    /// <summary>A folder in the repository.</summary>
    public static TextForm Folder { get; } = new(FolderPattern(), "a relative folder with forward slashes, of letters, digits, hyphens, underscores and dots, such as content; not con, nul and other devices of Windows");

    /// <summary>A time between events.</summary>
    public static TextForm Step { get; } = new(StepPattern(), "seconds, minutes, hours or days, such as 30s, 5m, 1h30m or 14d");

    /// <summary>A time, absolute or before the test's clock.</summary>
    public static TextForm EventTime { get; } = new(EventTimePattern(), "a time such as 2026-01-15T12:00:00Z, or one relative to the test's clock such as -5m or -1h30m");

    /// <summary>The name of a custom table.</summary>
    public static TextForm CustomTable { get; } = new(CustomTablePattern(), "the name of a custom table: a letter first, then letters, digits and underscores, _CL at its end, at most 63 in all");

    /// <summary>A full hour.</summary>
    public static TextForm WholeHour { get; } = new(WholeHourPattern(), "a full hour such as 2026-12-01T00:00:00Z");

    /// <summary>Who an incident is assigned to.</summary>
    public static TextForm Owner { get; } = new(OwnerPattern(), "a user principal name or the object id of a user or group");

    /// <summary>The resource id of a logic app.</summary>
    public static TextForm WorkflowId { get; } = new(WorkflowIdPattern(), "the resource id of a logic app: /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Logic/workflows/NAME");

    /// <summary>A time with its date.</summary>
    public static TextForm Instant { get; } = new(InstantPattern(), "a time such as 2026-01-15T12:00:00Z");

    /// <summary>What a test expects, in a word.</summary>
    public static TextForm RowCount { get; } = new(RowCountPattern(), "none, a number of rows, or a list of rows");

    /// <summary>A file beside the specs.</summary>
    public static TextForm EventFile { get; } = new(EventFilePattern(), "the path of a file as seen from this one, such as ../events/word-prompt.json (of a spec, in rules/events); it ends in .json, .jsonl, .ndjson or .csv");

    /// <summary>A file with rows.</summary>
    public static TextForm RowFile { get; } = new(RowFilePattern(), "the path of a file as seen from this one, such as ../events/signins.csv (of a spec, in rules/events); it ends in .json, .jsonl, .ndjson, .csv, .yaml or .yml");

    /// <summary>A field of published content that no key of a spec says already.</summary>
    public static TextForm FurtherField { get; } = new(FurtherFieldPattern(), "the name of a field that has no key of its own, so not id, name, displayName, description, query or version");

    /// <summary>The code of a finding.</summary>
    public static TextForm FindingCode { get; } = new(FindingCodePattern(), "the code of a finding, such as CSK0451 or KS142");

    /// <summary>A day; whether the calendar has it is checked elsewhere.</summary>
    public static TextForm Day { get; } = new(DayPattern(), "a day as year, month and day, such as 2027-01-31");

    [GeneratedRegex("^(?=.{3,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();

    [GeneratedRegex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex GuidPattern();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierPattern();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}(\.[A-Za-z_][A-Za-z0-9_]{0,127}){0,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}(\.([A-Za-z_][A-Za-z0-9_]{0,127}|[0-9]{1,4})){0,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex MemberPathPattern();

    [GeneratedRegex(@"^(\$|[A-Za-z_][A-Za-z0-9_]{0,127}(\.[A-Za-z_][A-Za-z0-9_]{0,127}){0,15})$", RegexOptions.CultureInvariant)]
    private static partial Regex RecordPathPattern();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}(\[\])?(\.[A-Za-z_][A-Za-z0-9_]{0,127}(\[\])?){0,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex ListPathPattern();

    [GeneratedRegex("^[a-z][a-z0-9]{0,63}(-[a-z0-9]{1,63}){0,7}$", RegexOptions.CultureInvariant)]
    private static partial Regex TemplateNamePattern();

    [GeneratedRegex(@"^T[0-9]{4}(\.[0-9]{3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex TechniquePattern();

    [GeneratedRegex(@"^AML\.T[0-9]{4}(\.[0-9]{3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex AtlasPattern();

    [GeneratedRegex("^LLM(0[1-9]|10)$", RegexOptions.CultureInvariant)]
    private static partial Regex OwaspPattern();

    // No part of the path is the name of a device of Windows, which has that name with any extension.
    [GeneratedRegex("^(?!(.*/)?(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])([./]|$))[A-Za-z0-9_][A-Za-z0-9_-]{0,63}([.][A-Za-z0-9_-]{1,63}){0,3}(/[A-Za-z0-9_][A-Za-z0-9_-]{0,63}([.][A-Za-z0-9_-]{1,63}){0,3}){0,7}$", RegexOptions.CultureInvariant)]
    private static partial Regex FolderPattern();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{1,62}[A-Za-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex AliasPattern();

    [GeneratedRegex("^([0-9]{1,8}d)?([0-9]{1,8}h)?([0-9]{1,8}m)?([0-9]{1,8}s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex StepPattern();

    [GeneratedRegex(@"^(now|0m|[-+]([0-9]{1,8}[smhd]){1,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,7})?)?(Z|[-+][0-9]{2}:[0-9]{2})?)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex EventTimePattern();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z$", RegexOptions.CultureInvariant)]
    private static partial Regex InstantPattern();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,59}_CL$", RegexOptions.CultureInvariant)]
    private static partial Regex CustomTablePattern();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:00(:00)?Z$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeHourPattern();

    [GeneratedRegex(@"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[^@\s]{1,64}@[^@\s]{1,190})$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnerPattern();

    [GeneratedRegex("^/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[A-Za-z0-9_.()-]{1,90}/providers/Microsoft[.]Logic/workflows/[A-Za-z0-9_.()-]{1,80}$", RegexOptions.CultureInvariant)]
    private static partial Regex WorkflowIdPattern();

    [GeneratedRegex("^(none|[0-9]{1,6})$", RegexOptions.CultureInvariant)]
    private static partial Regex RowCountPattern();

    [GeneratedRegex(@"^([.][.]?/)*([A-Za-z0-9_-][A-Za-z0-9_. -]{0,100}/){0,8}[A-Za-z0-9_-][A-Za-z0-9_. -]{0,100}[.](json|jsonl|ndjson|csv)$", RegexOptions.CultureInvariant)]
    private static partial Regex EventFilePattern();

    [GeneratedRegex(@"^([.][.]?/)*([A-Za-z0-9_-][A-Za-z0-9_. -]{0,100}/){0,8}[A-Za-z0-9_-][A-Za-z0-9_. -]{0,100}[.](json|jsonl|ndjson|csv|yaml|yml)$", RegexOptions.CultureInvariant)]
    private static partial Regex RowFilePattern();

    [GeneratedRegex("^(?!(id|name|displayName|description|query|version|kind)$)[A-Za-z_][A-Za-z0-9_.@-]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex FurtherFieldPattern();

    [GeneratedRegex("^(CSK[0-9]{4}|KS[0-9]{3,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex FindingCodePattern();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex DayPattern();
}
