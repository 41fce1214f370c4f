using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about templates: files in templates/, and the queries of specs.</summary>
public static class TemplateFindings
{
    /// <summary>CSK0301: not Scriban.</summary>
    public static Finding Syntax(string message, SourceSpan span) => Finding.Error(
        "CSK0301", span, $"{message} Correct it; braces of KQL that are no tag go between {{%{{ and }}%}}.");

    /// <summary>CSK0302: a variable that nothing defines.</summary>
    public static Finding UnknownVariable(string message, SourceSpan span) => Finding.Error(
        "CSK0302", span, $"{message} Declare it under \"parameters\", or correct the name.");

    /// <summary>CSK0303: a filter that does not exist.</summary>
    public static Finding UnknownFilter(string message, SourceSpan span) => Finding.Error(
        "CSK0303", span, $"{message} A value is written into KQL with \"kql\" (a literal) or \"kql_name\" (a name).");

    /// <summary>CSK0304: a value that would reach KQL unescaped.</summary>
    public static Finding Unfiltered(string message, SourceSpan span) => Finding.Error(
        "CSK0304", span, $"{message} End the output with \"| kql\" for a literal or \"| kql_name\" for a name, so that no value can change the query.");

    /// <summary>CSK0305: a template that would not end or would fill memory.</summary>
    public static Finding Limit(string message, SourceSpan span) => Finding.Error(
        "CSK0305", span, $"The template was stopped: {message} Shorten its loops.");

    /// <summary>CSK0306: a value that cannot be written as KQL.</summary>
    public static Finding WrongValue(string message, SourceSpan span) => Finding.Error(
        "CSK0306", span, $"{message} Correct the value or its type.");

    /// <summary>CSK0307: a tag of Liquid.</summary>
    public static Finding LiquidTag(string message, SourceSpan span) => Finding.Error("CSK0307", span, message);

    /// <summary>CSK0308: a file whose name says that it is Liquid.</summary>
    public static Finding LiquidFile(SourceSpan span) => Finding.Error(
        "CSK0308", span, "Templates are written in Scriban. Rename the file so that it ends in .scriban, and write its {% tags %} as {{ tags }} of Scriban.");
}
