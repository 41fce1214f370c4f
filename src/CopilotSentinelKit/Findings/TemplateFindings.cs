
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Kql.Templates;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about Liquid, in templates/ and in the queries of specs.</summary>
public static class TemplateFindings
{
    /// <summary>The finding for an error of the template engine.</summary>
    public static Finding For(RenderError error, SourceSpan span) => error.Kind switch
    {
        "variable" => UnknownVariable(error.Message, span),
        "filter" => UnknownFilter(error.Message, span),
        "unfiltered" => Unfiltered(error.Message, span),
        "limit" => Limit(error.Message, span),
        "value" => WrongValue(error.Message, span),
        "language" => NoScriban(error.Message, span),
        _ => Syntax(error.Message, span),
    };

    /// <summary>CSK0301: not Liquid.</summary>
    public static Finding Syntax(string message, SourceSpan span) => Finding.Error(
        "CSK0301", span, $"This is not valid Liquid: {message} Correct the tag; text that Liquid should leave alone goes between {{% raw %}} and {{% endraw %}}.");

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

    /// <summary>CSK0310: a template in a language that this kit's host does not have.</summary>
    public static Finding NoScriban(string message, SourceSpan span) => Finding.Error(
        "CSK0310", span, $"{message} Write the template in Liquid, in a file that ends in .liquid, or build the kit with -p:LanguageHost=InProcess.");

    /// <summary>CSK0311: two files of one template.</summary>
    public static Finding TwoLanguages(SourceSpan span) => Finding.Error(
        "CSK0311", span, "This template is there twice, as .liquid and as .scriban, and only one of them can be used. Remove the one that is not meant.");
}
