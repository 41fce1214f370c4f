using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings of the Read stage, CSK01xx: this half is about keys and values.</summary>
public static partial class SpecFindings
{
    /// <summary>A file whose value is no map.</summary>
    public static Finding NotAMap(SourceSpan span, string what) => Finding.Error(
        "CSK0120", span, $"The file must hold {what}: keys and values, as in \"name: value\".");

    /// <summary>A key that its map does not have.</summary>
    public static Finding UnknownKey(SourceSpan span, string key, string owner, string hint) => Finding.Error(
        "CSK0121", span, $"{Shown(key)} is not a key of {owner}.{(hint.Length > 0 ? hint : " Correct or remove it.")}");

    /// <summary>A key that must be there.</summary>
    public static Finding MissingKey(SourceSpan span, string key, string owner, string description) => Finding.Error(
        "CSK0122", span, $"{Capital(owner)} needs the key \"{key}\". {description}");

    /// <summary>A key with nothing behind it.</summary>
    public static Finding MissingValue(SourceSpan span, string subject) => Finding.Error(
        "CSK0123", span, $"{subject} has no value. Write one, or remove it.");

    /// <summary>A list where a text is wanted, and so on.</summary>
    public static Finding WrongType(SourceSpan span, string subject, string expected, string found) => Finding.Error(
        "CSK0124", span, $"{subject} must be {expected}, but this is {found}.");

    /// <summary>A text without a character that shows.</summary>
    public static Finding EmptyText(SourceSpan span, string subject) => Finding.Error(
        "CSK0125", span, $"{subject} is an empty text. Write a value, or remove it.");

    /// <summary>A text that does not have the form it must have.</summary>
    public static Finding WrongForm(SourceSpan span, string subject, string expected, string value) => Finding.Error(
        "CSK0126", span, $"{subject} must be {expected}, but is {Shown(value)}.");

    /// <summary>A word that is none of the allowed ones.</summary>
    public static Finding UnknownChoice(SourceSpan span, string subject, string value, IReadOnlyCollection<string> choices) => Finding.Error(
        "CSK0127", span, $"{subject} must be one of {string.Join(", ", choices)}, but is {Shown(value)}.{Nearest.Hint(value, choices)}").FixedBy(Fixes.LetterCase(span, value, choices));

    /// <summary>Not true and not false.</summary>
    public static Finding NotBoolean(SourceSpan span, string subject, string value, string hint) => Finding.Error(
        "CSK0128", span, $"{subject} must be true or false without quotes, but is {Shown(value)}.{hint}").FixedBy(Fixes.Boolean(span, value));

    /// <summary>Not a whole number.</summary>
    public static Finding NotInteger(SourceSpan span, string subject, string value) => Finding.Error(
        "CSK0129", span, $"{subject} must be a whole number without quotes, such as 5, but is {Shown(value)}.");

    /// <summary>A number that is too small or too large.</summary>
    public static Finding NumberOutOfRange(SourceSpan span, string subject, string value, long min, long max) => Finding.Error(
        "CSK0130", span, Invariant($"{subject} must be a number from {min} to {max}, but is {Shown(value)}."));

    /// <summary>Not a duration.</summary>
    public static Finding NotDuration(SourceSpan span, string subject, string value) => Finding.Error(
        "CSK0131", span, $"{subject} must be a duration in minutes, hours or days, such as 5m, 1h or 14d, but is {Shown(value)}.");

    /// <summary>A duration beyond what can be represented.</summary>
    public static Finding DurationOutOfRange(SourceSpan span, string subject, string value) => Finding.Error(
        "CSK0132", span, $"{subject} is {Shown(value)}, which is too long. Write a shorter duration, such as 14d.");

    /// <summary>A text that YAML reads as a number or a boolean.</summary>
    public static Finding QuotesNeeded(SourceSpan span, string subject, string value) => Finding.Error(
        "CSK0133", span, $"{subject} must be a text, but YAML reads {Shown(value)} as a number or a boolean. Put it in quotes.").FixedBy(Fixes.Quote(span, value));

    /// <summary>A text over its limit.</summary>
    public static Finding TextTooLong(SourceSpan span, string subject, int length, int limit) => Finding.Error(
        "CSK0134", span, Invariant($"{subject} has {length} characters; the limit is {limit}. Shorten it."));

    /// <summary>A line break or control character in a text.</summary>
    public static Finding CharacterNotAllowed(SourceSpan span, string subject, char character) => Finding.Error(
        "CSK0135", span, Invariant($"{subject} contains the character U+{(int)character:X4}, which cannot stand there. Remove it."));

    /// <summary>A list with too few items.</summary>
    public static Finding EmptyCollection(SourceSpan span, string subject) => Finding.Error(
        "CSK0136", span, $"{subject} is empty. Write at least one item, or remove it.");

    /// <summary>A map that could be of several sorts and shows the mark of none.</summary>
    public static Finding NoMark(SourceSpan span, string owner, string written, IEnumerable<string> marks) => Finding.Error(
        "CSK0137", span, $"{Capital(owner)} needs one of the keys {string.Join(", ", marks)}.{Nearest.Hint(written, marks)}");

    /// <summary>A map with more keys than anybody writes.</summary>
    public static Finding TooManyKeys(SourceSpan span, string owner, int limit) => Finding.Error(
        "CSK0138", span, Invariant($"{Capital(owner)} has more than {limit} keys, and from this one on they are not read. Split it, or remove what is not needed."));

    /// <summary>A workbook with more queries than anybody looks at.</summary>
    public static Finding TooManyQueries(SourceSpan span, int count, int limit) => Finding.Error(
        "CSK0139", span, Invariant($"The workbook has {count} queries, and at most {limit} are read. Make several workbooks of it."));

    /// <summary>A key that the detection's kind does not have.</summary>
    public static Finding KeyNotForKind(SourceSpan span, string key, string kind, string reason) => Finding.Error(
        "CSK0140", span, $"A detection of kind {kind} has no \"{key}\": {reason} Remove the key, or choose another kind.");

    /// <summary>A key that the detection's kind needs.</summary>
    public static Finding KeyNeededForKind(SourceSpan span, string key, string kind, string example) => Finding.Error(
        "CSK0141", span, $"A detection of kind {kind} needs the key \"{key}\". Write {example}.");

    /// <summary>A parameter whose name means something else in a template.</summary>
    public static Finding ReservedParameterName(SourceSpan span, string name) => Finding.Error(
        "CSK0142", span, $"A parameter cannot be named {Shown(name)}: the word has another meaning in templates. Choose another name.");

    /// <summary>A parameter value that is not of its type.</summary>
    public static Finding WrongParameterValue(SourceSpan span, string name, string type, string message) => Finding.Error(
        "CSK0143", span, $"The value of the parameter {Shown(name)} does not fit its type {type}: {message}");

    /// <summary>Neither a query nor a template.</summary>
    public static Finding NoQuery(SourceSpan span) => Finding.Error(
        "CSK0144", span, "The detection has neither \"query\" nor \"template\". Write the KQL that finds what it is about under \"query: |\".");

    /// <summary>A reference that is no web address.</summary>
    public static Finding NotAnAddress(SourceSpan span, string value) => Finding.Error(
        "CSK0145", span, $"A reference must be a complete web address, such as https://attack.mitre.org/, but is {Shown(value)}.");

    /// <summary>A reference that fixes the reader's language.</summary>
    public static Finding LocaleInAddress(SourceSpan span, string locale) => Finding.Warning(
        "CSK0146", span, $"The address names the language {Shown(locale)}. Leave that part out, so that readers get the page in their own.");

    /// <summary>A key for templates in a detection without tags.</summary>
    public static Finding KeyNotVerbatim(SourceSpan span, string key) => Finding.Error(
        "CSK0147", span, $"\"{key}\" does nothing in a detection with \"verbatim: true\", whose query is written as it stands. Remove one of the two.");

    /// <summary>Two specs with one id.</summary>
    public static Finding DuplicateId(SourceSpan span, string what, string id, SourceSpan first) => Finding.Error(
        "CSK0150", span, $"The {what} {Shown(id)} is already there in {first}. Choose another id, or delete one of the two.").With(first, "first written here");

    /// <summary>Two detections with one GUID.</summary>
    public static Finding DuplicateGuid(SourceSpan span, string guid, SourceSpan first) => Finding.Error(
        "CSK0151", span, $"The GUID {Shown(guid)} is already used in {first}; one rule would overwrite the other. Write another one, or leave \"guid\" out.")
        .With(first, "first written here");

    /// <summary>A YAML file that no role reads.</summary>
    public static Finding UnreadFile(SourceSpan span, string path, string hint) => Finding.Error(
        "CSK0152", span, $"The file {Shown(path)} is not read.{hint} Specs are rules/mapping.yaml and the files under {RoleFolders}.");

    /// <summary>A spec that stands where no role reads it, or under a name that no role reads.</summary>
    public static Finding MisplacedFile(SourceSpan span, string path, string folder) => Finding.Error(
        "CSK0155", span, $"The file {Shown(path)} is written as a spec and is not read. Move it to {folder}, with a name that ends in .yaml.");

    /// <summary>A second kit.yaml or mapping.yaml.</summary>
    public static Finding SecondFile(SourceSpan span, string path, SourceSpan first) => Finding.Error(
        "CSK0153", span, $"The file {Shown(path)} is the second of its sort. Move what it says to {Shown(first.File.Path)}, and delete it.")
        .With(first, "the first");

    /// <summary>A kit.yaml for a newer csk.</summary>
    public static Finding NewerKit(SourceSpan span, string wanted, string own) => Finding.Error(
        "CSK0154", span, $"This project is for csk {wanted} or newer, and this is csk {own}. Update it: \"dotnet tool update CopilotSentinelKit.Cli\".");

    private const string RoleFolders = "rules/detections, rules/hunts, rules/watchlists and rules/workbooks";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
