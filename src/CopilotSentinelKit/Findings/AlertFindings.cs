using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about custom details and about what alerts show instead of the rule's own texts (CSK0530 to CSK0549).</summary>
internal static class AlertFindings
{
    public static Finding TooManyDetails(SourceSpan span, int count, int limit) => Finding.Error("CSK0530", span,
        Invariant($"There are {count} custom details; Sentinel takes at most {limit}. Keep those that an analyst needs in the alert."));

    public static Finding IllegalDetailKey(SourceSpan span, string key, int limit) => Finding.Error("CSK0531", span,
        Invariant($"\"{key}\" cannot be the key of a custom detail. Start it with a letter, go on with letters, digits and underscores, at most {limit} characters."));

    public static Finding DuplicateDetailKey(SourceSpan span, string key) => Finding.Error("CSK0532", span,
        $"The custom detail \"{key}\" is there twice. Remove one, or give it another key.");

    public static Finding BlankFormat(SourceSpan span, string what) => Finding.Error("CSK0533", span,
        $"The {what} is empty. Write it, or leave the key out to show the rule's own.");

    public static Finding FormatTooLong(SourceSpan span, string what, int length, int limit) => Finding.Error("CSK0534", span,
        Invariant($"The {what} has {length} characters; Sentinel takes at most {limit}. Shorten it."));

    public static Finding TooManyPlaceholders(SourceSpan span, string what, int count, int limit) => Finding.Error("CSK0535", span,
        Invariant($"The {what} has {count} placeholders; Sentinel fills at most {limit}. Show the others as custom details."));

    public static Finding UnbalancedBraces(SourceSpan span, string what) => Finding.Error("CSK0536", span,
        $"The {what} has braces that do not belong together, so a placeholder would show as text. Write each as {{{{Column}}}}.");

    public static Finding EmptyPlaceholder(SourceSpan span) => Finding.Error("CSK0537", span,
        "The placeholder names no column. Write the column between the braces: {{Column}}.");

    public static Finding PlaceholderSpaces(SourceSpan span, string column) => Finding.Warning("CSK0538", span,
        $"Sentinel may not fill a placeholder with spaces in it. Write {{{{{column}}}}}.");

    public static Finding UnknownProperty(SourceSpan span, string property, IEnumerable<string> properties) => Finding.Warning("CSK0539", span,
        $"Sentinel has no alert property \"{property}\" that a column can set.{Nearest.Hint(property, properties)} Use one of: {string.Join(", ", properties)}.");

    public static Finding DuplicateProperty(SourceSpan span, string property) => Finding.Warning("CSK0540", span,
        $"The alert property \"{property}\" is set twice. Remove one of them.");

    public static Finding SeverityColumnType(SourceSpan span, string column, string type) => Finding.Warning("CSK0541", span,
        $"The severity column \"{column}\" is of type {type}, but Sentinel expects the text Informational, Low, Medium or High. Return a string.");

    public static Finding PlaceholdersInSingleAlert(SourceSpan span) => Finding.Warning("CSK0542", span,
        "All rows of a run share one alert, so placeholders and columns give the first row's values only. Group events by AlertPerResult (\"events: perResult\" in a spec) for an alert a row.");
}
