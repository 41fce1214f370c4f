namespace CopilotSentinelKit.Generate.Templates;

/// <summary>A mistake in a template; ends its reading or rendering.</summary>
/// <param name="kind">What sort.</param>
/// <param name="message">A sentence.</param>
internal sealed class TemplateMistake(MistakeKind kind, string message) : Exception(message)
{
    public MistakeKind Kind { get; } = kind;

    /// <summary>Where, or null when the tag around it is the place.</summary>
    public TextPlace? Place { get; init; }

    public static TemplateMistake Syntax(string message, TextPlace? place = null) =>
        new(MistakeKind.Syntax, $"The template is not correct: {message.TrimEnd('.')}.") { Place = place };

    /// <param name="name">The part of Scriban.</param>
    /// <param name="place">Where it is.</param>
    public static TemplateMistake NotOffered(string name, TextPlace place) =>
        new(MistakeKind.Syntax, $"Templates have no \"{name}\".") { Place = place };

    /// <param name="tag">The tag as it is written.</param>
    /// <param name="advice">How the same is written in Scriban: a clause.</param>
    /// <param name="place">Where it is.</param>
    public static TemplateMistake Liquid(string tag, string advice, TextPlace place) =>
        new(MistakeKind.Liquid, $"\"{tag}\" is a tag of Liquid, and templates are written in Scriban: {advice}.") { Place = place };

    public static TemplateMistake NoFilter(string name, string hint, TextPlace place) =>
        new(MistakeKind.Filter, $"There is no filter \"{name}\".{hint}") { Place = place };

    public static TemplateMistake NoVariable(string path, string hint, TextPlace place) =>
        new(MistakeKind.Variable, $"The name \"{path}\" is not defined here.{hint}") { Place = place };

    public static TemplateMistake Unfiltered(TextPlace place) =>
        new(MistakeKind.Unfiltered, "This output would write a value as it is.") { Place = place };

    public static TemplateMistake Value(string message) => new(MistakeKind.Value, message);

    public static TemplateMistake Limit(string message) => new(MistakeKind.Limit, message);

    public static TemplateMistake TooDeep(TextPlace? place = null) => new(MistakeKind.Limit, "The template is nested too deeply.") { Place = place };

    public static TemplateMistake TooManySteps() => Limit("The template takes too many steps; a loop or a range in it is too long.");

    public static TemplateMistake TooManyCalls() => Limit("The functions of the template call each other without end.");

    public static TemplateMistake TooMuch() => Limit("The template needs too much memory.");
}

/// <summary>A part of a template.</summary>
/// <param name="Start">The offset of its first character.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
internal readonly record struct TextPlace(int Start, int Length)
{
    public int End => Start + Length;

    public string In(string text) => text.Substring(Math.Min(Start, text.Length), Math.Min(Length, Math.Max(0, text.Length - Start)));

    /// <summary>Scriban's spans include the last character; one that is damaged may end before it starts.</summary>
    public static TextPlace Of(Scriban.Parsing.SourceSpan span) => new(span.Start.Offset, Math.Max(0, span.End.Offset - span.Start.Offset + 1));
}
