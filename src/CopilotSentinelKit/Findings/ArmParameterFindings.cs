using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about the parameters of templates and what names them in workbooks (CSK0492 to CSK0498, CSK0895 to CSK0899).</summary>
internal static class ArmParameterFindings
{
    public static Finding DefaultRefused(SourceSpan span, string parameter, string constraint) => Finding.Error("CSK0895", span,
        $"The default of \"{parameter}\" breaks the parameter's own rule {constraint}, so Azure refuses a deployment without another value. Change the default or the rule.");

    /// <summary><paramref name="isCertain"/>: whether the template of the file's own name is there to compare with.</summary>
    public static Finding UnknownParameterOfFile(SourceSpan span, string parameter, string hint, bool isCertain) => new("CSK0896", isCertain ? FindingSeverity.Error : FindingSeverity.Warning, span,
        $"No template here declares the parameter {Shown(parameter)}, and Azure refuses a value for one that the template does not have.{hint}");

    public static Finding ValueRefused(SourceSpan span, string parameter, string constraint) => Finding.Error("CSK0492", span,
        $"The template's rule {constraint} for {Shown(parameter)} does not allow this value, so Azure refuses the deployment. Change the value.");

    public static Finding ValueMissing(SourceSpan span, string parameter, string template) => Finding.Warning("CSK0493", span,
        $"The file gives no value for {Shown(parameter)}, which {Shown(template)} declares without a default, so Azure refuses a deployment with this file alone. Add the value.");

    public static Finding NoTemplateToCompare(SourceSpan span, string template) => Finding.Information("CSK0497", span,
        $"No template was read with this file of parameters, so its names and values are not compared with one.{(template.Length == 0 ? "" : $" By its name it is for {Shown(template)}.")} Check the folder that holds both.");

    public static Finding NotUnderValue(SourceSpan span, string parameter) => Finding.Error("CSK0498", span,
        $"What {Shown(parameter)} is to be has to stand under \"value\", or \"reference\" for a secret of a vault, and Azure refuses the file. Write {{ \"value\": ... }}.");

    public static Finding UnknownKeyOfConfig(SourceSpan span, string key, string hint) => Finding.Warning("CSK0494", span,
        $"Sentinel's repositories deployment knows no {Shown(key)} in its configuration and passes over it.{hint}");

    public static Finding NoSuchFile(SourceSpan span, string path) => Finding.Warning("CSK0495", span,
        $"There is no file {Shown(path)}, seen from the folder of this configuration, so the entry does nothing. Correct the path; letter case counts.");

    public static Finding NameParts(SourceSpan span, int parts, string type, int expected) => Finding.Error("CSK0496", span,
        Invariant($"The name has {parts} parts between slashes, and the type \"{type}\" asks for {expected}: one for each part of the type behind the provider. Azure refuses it; correct the name."));

    public static Finding UnknownInWorkbook(SourceSpan span, string key, string name) => Finding.Warning("CSK0897", span,
        $"\"{key}\" names {Shown(name)}, which no parameter of the workbook is, so this part never gets a value. Declare the parameter, or name one that is there.");

    public static Finding WorkbookJson(SourceSpan span, string parameter) => Finding.Error("CSK0898", span,
        $"The choices of {Shown(parameter)} are no JSON from here on, so the list stays empty. Correct the commas, quotes and brackets.");

    public static Finding UnusedInWorkbook(SourceSpan span, string name) => Finding.Information("CSK0899", span,
        $"Nothing in the workbook uses the parameter {Shown(name)}. Use it, or remove it.");
}
