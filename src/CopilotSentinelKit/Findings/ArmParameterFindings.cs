using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about the parameters of templates and what names them in workbooks (CSK0895 to CSK0899).</summary>
internal static class ArmParameterFindings
{
    public static Finding DefaultRefused(SourceSpan span, string parameter, string constraint) => Finding.Error("CSK0895", span,
        $"The default of \"{parameter}\" breaks the parameter's own rule {constraint}, so Azure refuses a deployment without another value. Change the default or the rule.");

    public static Finding UnknownParameterOfFile(SourceSpan span, string parameter, string hint) => Finding.Warning("CSK0896", span,
        $"No template here declares the parameter {Shown(parameter)}, and Azure refuses a value for one that the template does not have.{hint}");

    public static Finding UnknownInWorkbook(SourceSpan span, string key, string name) => Finding.Warning("CSK0897", span,
        $"\"{key}\" names {Shown(name)}, which no parameter of the workbook is, so this part never gets a value. Declare the parameter, or name one that is there.");

    public static Finding WorkbookJson(SourceSpan span, string parameter) => Finding.Error("CSK0898", span,
        $"The choices of {Shown(parameter)} are no JSON from here on, so the list stays empty. Correct the commas, quotes and brackets.");

    public static Finding UnusedInWorkbook(SourceSpan span, string name) => Finding.Information("CSK0899", span,
        $"Nothing in the workbook uses the parameter {Shown(name)}. Use it, or remove it.");
}
