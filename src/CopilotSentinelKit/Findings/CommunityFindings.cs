using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;
using static CopilotSentinelKit.Kql.Text.UserText;


namespace CopilotSentinelKit.Findings;

/// <summary>Findings of the reader of community YAML (CSK0801 to CSK0839).</summary>
internal static class CommunityFindings
{
    public static Finding MissingKey(SourceSpan span, string owner, string key, string description) => Finding.Error("CSK0801", span,
        $"{Capital(owner)} needs the key \"{key}\", without which Sentinel refuses it. {description}");

    public static Finding AdvisedKey(SourceSpan span, string owner, string key, string description) => Finding.Warning("CSK0802", span,
        $"{Capital(owner)} has no \"{key}\". {description}");

    public static Finding UnknownKey(SourceSpan span, string key, string owner, string hint) => Finding.Warning("CSK0803", span,
        $"{Shown(key)} is not a key of {owner}, so what it says is lost.{hint}");

    public static Finding OtherName(SourceSpan span, string key, string usual) => Finding.Warning("CSK0804", span,
        $"Content in YAML calls this \"{usual}\"; \"{key}\" is the name in ARM templates, which most tools lose here. Rename it.");

    public static Finding SecondDocument(SourceSpan span) => Finding.Error("CSK0805", span,
        "A second YAML document starts here. Tools read one piece of content a file, so what follows is lost. Move it to a file of its own.");

    public static Finding WrongType(SourceSpan span, string subject, string expected, string found) => Finding.Error("CSK0806", span,
        $"{subject} must be {expected}, but this is {found}.");

    public static Finding UnknownWord(SourceSpan span, string subject, string value, IReadOnlyCollection<string> words) => Finding.Error("CSK0807", span,
        $"{subject} must be one of {string.Join(", ", words)}, but is {Shown(value)}.{Nearest.Hint(value, words)}");

    public static Finding LetterCase(SourceSpan span, string value, string usual) => Finding.Warning("CSK0808", span,
        $"Sentinel writes {Shown(usual)}, not {Shown(value)}. Write it so: not every tool forgives the letter case.") with
    {
        Fix = new($"Write {usual}", [new(span, usual)]),
    };

    public static Finding NotDuration(SourceSpan span, string subject, string value) => Finding.Error("CSK0809", span,
        $"{subject} must be a duration, such as 5m, 1h, 14d or PT1H, but is {Shown(value)}.");

    public static Finding NotNumber(SourceSpan span, string subject, string value) => Finding.Error("CSK0810", span,
        $"{subject} must be a whole number, such as 0, but is {Shown(value)}.");

    public static Finding NotBoolean(SourceSpan span, string subject, string value) => Finding.Error("CSK0811", span,
        $"{subject} must be true or false, but is {Shown(value)}.");

    public static Finding IdNotGuid(SourceSpan span, string id) => Finding.Warning("CSK0812", span,
        $"The id {Shown(id)} is not a GUID, which Azure-Sentinel's checks demand. Generate one; keep it once the content is deployed.");

    public static Finding NoValue(SourceSpan span, string subject) => Finding.Error("CSK0813", span,
        $"{subject} has no value, so Sentinel shows nothing there. Name a column of the result, or remove it.");

    public static Finding NoSuppressionDuration(SourceSpan span) => Finding.Error("CSK0814", span,
        "Suppression is enabled without \"suppressionDuration\". Say how long the rule stays silent, such as 5h, or disable it.");

    public static Finding NotUtf8(SourceSpan span) => Finding.Warning("CSK0815", span,
        "The file is not UTF-8, so this character is lost when it is read. Save the file with the encoding UTF-8.");

    public static Finding FileTooLarge(SourceSpan span, int limit) => Finding.Warning("CSK0816", span,
        Invariant($"The file has more than {limit} bytes, the most that is read, and was passed over. Split it."));

    public static Finding TooManyItems(SourceSpan span, int limit) => Finding.Warning("CSK0824", span,
        Invariant($"The file holds more than {limit} queries, the most that are read of one, and those from here on were passed over. Split it."));

    public static Finding ParameterType(SourceSpan span, string type, IReadOnlyCollection<string> types) => Finding.Error("CSK0817", span,
        $"KQL has no type {Shown(type)}.{Nearest.Hint(type, types)} Use one of: {string.Join(", ", types)}.");

    public static Finding UndeclaredParameters(SourceSpan span, string names) => Finding.Warning("CSK0820", span,
        $"The body takes the parameters {names}, which the file does not declare, so a function made from it has none. List each with \"Name\", \"Type\" and \"Default\" under \"FunctionParams\".");

    public static Finding QuotesNeeded(SourceSpan span, SourceSpan all, string text) => Finding.Error("CSK0821", span,
        $"YAML reads {Shown(text)} as a map of keys and values, and the text is lost. Put it in quotes.") with
    {
        Fix = new("Put it in quotes", [new(all, $"'{text.Replace("'", "''", StringComparison.Ordinal)}'")]),
    };

    public static Finding MetadataShape(SourceSpan span, string subject, string expected) => Finding.Warning("CSK0822", span,
        $"{subject} must be {expected}; tools that read it pass it over as it stands.");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    public static Finding EmptyEntities(SourceSpan span) => Finding.Error("CSK0823", span,
        "Sentinel refuses a list of entity mappings without an entry. Map an entity, or leave the key out.");
}
