namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>A mistake in a template, of one of the kinds that RenderError documents.</summary>
/// <param name="kind">What sort.</param>
/// <param name="message">A sentence.</param>
internal sealed class TemplateMistake(string kind, string message) : Exception(message)
{
    public string Kind { get; } = kind;

    /// <summary>What is unknown, for "did you mean".</summary>
    public string? Unknown { get; init; }

    /// <summary>Where, or null when the tag or output around it is the place.</summary>
    public TextPlace? Place { get; init; }

    public static TemplateMistake Syntax(string message, TextPlace? place = null) =>
        new("syntax", $"The template is not correct: {message.TrimEnd('.')}.") { Place = place };

    public static TemplateMistake NoTag(string name, TextPlace place) => new("syntax", $"There is no tag \"{name}\" here.") { Place = place };

    public static TemplateMistake NoFilter(string name, TextPlace place) => new("filter", $"There is no filter \"{name}\".") { Unknown = name, Place = place };

    public static TemplateMistake NoVariable(string path, TextPlace place) => new("variable", $"The name \"{path}\" is not defined here.") { Unknown = path, Place = place };

    public static TemplateMistake Unfiltered(TextPlace place) =>
        new("unfiltered", "This output would write a value into the query as it is. End it in the filter \"kql\", or in \"kql_name\" for the name of a column.") { Place = place };

    public static TemplateMistake Value(string message) => new("value", message);

    public static TemplateMistake Limit(string message) => new("limit", message);

    public static TemplateMistake TooDeep() => Limit("The template is nested too deeply.");
}

/// <summary>A part of a template.</summary>
/// <param name="Start">The offset of its first character.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
internal readonly record struct TextPlace(int Start, int Length)
{
    public int End => Start + Length;

    // Scriban's spans include the last character; those of damaged tags may end before they start.
    public static TextPlace Of(Scriban.Parsing.SourceSpan span) => new(span.Start.Offset, Math.Max(0, span.End.Offset - span.Start.Offset + 1));
}
