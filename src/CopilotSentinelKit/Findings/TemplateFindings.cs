using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about templates: files in templates/, and the queries of specs.</summary>
public static class TemplateFindings
{
    /// <summary>CSK0309: a format that nothing writes.</summary>
    public static Finding UnknownFormat(string name, SourceSpan span, IEnumerable<string> known) => Finding.Error(
        "CSK0309", span,
        $"There is no format \"{name}\".{Nearest.Hint(name, known)} The formats are {string.Join(", ", known)}; each folder of templates/output is one more.");

    /// <summary>CSK0310: a template of output whose name says no place to write to.</summary>
    public static Finding OutputPath(string path, SourceSpan span) => Finding.Error(
        "CSK0310", span,
        $"\"{path}\" is no place for a file of output. Below templates/output/<format>/ a name is letters, digits, \"_\", \"-\" and dots, and may have one of {{rule}}, {{hunt}}, {{parser}}, {{watchlist}}, {{workbook}} and {{item}} in braces: then there is a file for each of them.");

    /// <summary>CSK0301: not Scriban.</summary>
    public static Finding Syntax(string message, SourceSpan span) => Finding.Error(
        "CSK0301", span, $"{message} Correct it; braces of KQL that are no tag go between {{%{{ and }}%}}.");

    /// <summary>CSK0302: a variable that nothing defines.</summary>
    public static Finding UnknownVariable(string message, string advice, SourceSpan span) => Finding.Error("CSK0302", span, $"{message} {advice}");

    /// <summary>CSK0303: a filter that does not exist.</summary>
    public static Finding UnknownFilter(string message, string advice, SourceSpan span) => Finding.Error("CSK0303", span, $"{message} {advice}");

    /// <summary>CSK0304: a value that would be written unescaped.</summary>
    public static Finding Unfiltered(string message, string advice, SourceSpan span) => Finding.Error("CSK0304", span, $"{message} {advice}");

    /// <summary>CSK0305: a template that would not end or would fill memory.</summary>
    public static Finding Limit(string message, SourceSpan span) => Finding.Error(
        "CSK0305", span, $"The template was stopped: {message} Shorten its loops.");

    /// <summary>CSK0306: a value that its filter cannot write.</summary>
    public static Finding WrongValue(string message, SourceSpan span) => Finding.Error(
        "CSK0306", span, $"{message} Correct the value or its type.");

    /// <summary>CSK0307: a tag of Liquid.</summary>
    public static Finding LiquidTag(string message, SourceSpan span) => Finding.Error("CSK0307", span, message);

    /// <summary>CSK0308: a file whose name says that it is Liquid.</summary>
    public static Finding LiquidFile(SourceSpan span) => Finding.Error(
        "CSK0308", span, "Templates are written in Scriban. Rename the file so that it ends in .scriban, and write its {% tags %} as {{ tags }} of Scriban.");
}
