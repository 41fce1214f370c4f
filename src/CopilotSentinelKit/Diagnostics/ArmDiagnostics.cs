using static System.FormattableString;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings about JSON files and ARM templates (CSK0850 to CSK0879).</summary>
internal static class ArmDiagnostics
{
    public static Diagnostic Syntax(SourceSpan span, string reason) => Diagnostic.Error("CSK0850", span,
        $"The file is no JSON: {reason.TrimEnd('.')}. Correct it from this place on.");

    public static Diagnostic TooDeep(SourceSpan span, int limit) => Diagnostic.Error("CSK0851", span,
        Invariant($"Lists and objects nest more than {limit} levels deep here, so the file is not read. Make it flatter."));

    public static Diagnostic DuplicateKey(SourceSpan span, string key, SourceSpan first) => Diagnostic.Warning("CSK0852", span,
        $"The key {SpecDiagnostics.Shown(key)} is there twice, and only this one counts. Remove one of the two.").With(first, "the first one");

    public static Diagnostic MissingTemplateKey(SourceSpan span, string key, string example) => Diagnostic.Error("CSK0854", span,
        $"The template has no \"{key}\", and Azure Resource Manager refuses it. Write {example}.");

    public static Diagnostic ContentVersionForm(SourceSpan span, string value) => Diagnostic.Warning("CSK0855", span,
        $"The content version must be four numbers with dots, such as \"1.0.0.0\", but is {SpecDiagnostics.Shown(value)}.");

    public static Diagnostic MissingApiVersion(SourceSpan span, string type) => Diagnostic.Error("CSK0856", span,
        $"The resource of type \"{type}\" has no \"apiVersion\", and Azure Resource Manager refuses it. Write one, such as the version that your other templates use.");

    public static Diagnostic UnknownApiVersion(SourceSpan span, string version, string provider, string newest) => Diagnostic.Warning("CSK0857", span,
        $"The API version {SpecDiagnostics.Shown(version)} is none of those that {provider} is known to have. Use \"{newest}\", or check that yours exists.");

    public static Diagnostic PreviewOnly(SourceSpan span, string feature, string version, string preview) => Diagnostic.Warning("CSK0858", span,
        $"{feature} is known to preview API versions only, not to {SpecDiagnostics.Shown(version)}. Use a preview version such as \"{preview}\", or leave it out.");

    public static Diagnostic SubTechniquePlace(SourceSpan span, string technique) => Diagnostic.Warning("CSK0859", span,
        $"\"techniques\" takes techniques without their sub-techniques. Write \"{technique[..Math.Min(5, technique.Length)]}\" there, and {SpecDiagnostics.Shown(technique)} under \"subTechniques\" with a preview API version.");

    public static Diagnostic MixedApiVersions(SourceSpan span, string type, string version, string other) => Diagnostic.Information("CSK0860", span,
        $"The file uses the API versions {SpecDiagnostics.Shown(version)} and {SpecDiagnostics.Shown(other)} for the type \"{type}\". Use one, so that all resources behave alike.");

    public static Diagnostic TemplateVersionAlone(SourceSpan span) => Diagnostic.Error("CSK0861", span,
        "\"templateVersion\" is there without \"alertRuleTemplateName\", and Sentinel refuses the rule. Remove it, or name the rule's template.");

    public static Diagnostic MissingProperty(SourceSpan span, string property, string owner) => Diagnostic.Error("CSK0862", span,
        $"{char.ToUpperInvariant(owner[0])}{owner[1..]} needs the property \"{property}\". Write it, or the deployment fails.");

    public static Diagnostic UnknownChoice(SourceSpan span, string property, string value, IEnumerable<string> choices) => Diagnostic.Error("CSK0863", span,
        $"\"{property}\" must be one of {string.Join(", ", choices)}, but is {SpecDiagnostics.Shown(value)}.{Nearest.Hint(value, choices)}");

    public static Diagnostic NotIsoDuration(SourceSpan span, string property, string value) => Diagnostic.Error("CSK0864", span,
        $"\"{property}\" must be a duration of ISO 8601, such as PT5M, PT1H or P14D, but is {SpecDiagnostics.Shown(value)}.");

    public static Diagnostic NoDefault(SourceSpan span, string parameter) => Diagnostic.Information("CSK0865", span,
        $"The parameter {SpecDiagnostics.Shown(parameter)} has no default. Sentinel's repositories deployment tests templates without their parameter files; give it one if you deploy that way.");

    public static Diagnostic WorkspaceParameter(SourceSpan span, string parameter) => Diagnostic.Warning("CSK0866", span,
        $"Sentinel's repositories deployment fills a parameter named \"workspace\" and no other. Rename {SpecDiagnostics.Shown(parameter)} if you deploy that way.");

    public static Diagnostic SeveralKinds(SourceSpan span, string type, string other) => Diagnostic.Warning("CSK0867", span,
        $"The file holds the types \"{other}\" and \"{type}\". Sentinel's repositories deployment passes over a file with any type that the connection does not select, and says so in its log only; write one kind a file.");

    public static Diagnostic ExtensionForm(SourceSpan span, string type, string nested) => Diagnostic.Information("CSK0868", span,
        $"Sentinel's repositories deployment passes over the type \"{type}\". Use \"{nested}\" if you deploy that way.");

    public static Diagnostic FileNameEnd(SourceSpan span, string name, string stripped) => Diagnostic.Warning("CSK0869", span,
        $"For {SpecDiagnostics.Shown(name)}, Sentinel's repositories deployment looks for parameters in {SpecDiagnostics.Shown(stripped + ".parameters.json")}. Choose a name that does not end in j, s, o or n before \".json\".");

    public static Diagnostic RandomName(SourceSpan span, string function) => Diagnostic.Warning("CSK0870", span,
        $"The name comes from \"{function}()\", so each deployment makes another resource. Write a fixed GUID, or make one with \"guid()\" of fixed texts.");

    public static Diagnostic HuntCategory(SourceSpan span, string category) => Diagnostic.Warning("CSK0871", span,
        $"Sentinel shows a saved search as a hunting query only where its category is exactly \"Hunting Queries\", not {SpecDiagnostics.Shown(category)}. Write it so.");

    public static Diagnostic EtagPlace(SourceSpan span) => Diagnostic.Information("CSK0872", span,
        "\"etag\" is a key of the resource and has no effect under \"properties\". Move it beside \"name\", so that a saved search that is already there can be replaced.");

    public static Diagnostic FunctionParameters(SourceSpan span, string value) => Diagnostic.Warning("CSK0873", span,
        $"The function's parameters cannot be read: {SpecDiagnostics.Shown(value)}. Write \"name:type = default\", with commas between them.");

    public static Diagnostic Secret(SourceSpan span, string what) => Diagnostic.Warning("CSK0874", span,
        $"This text looks like {what}. Revoke it, and pass it as a secure parameter.");

    public static Diagnostic SecureDefault(SourceSpan span, string parameter) => Diagnostic.Warning("CSK0875", span,
        $"The secure parameter {SpecDiagnostics.Shown(parameter)} has its value in the template, where everybody can read it. Remove the default.");

    public static Diagnostic WrongShape(SourceSpan span, string property, string expected) => Diagnostic.Error("CSK0876", span,
        $"\"{property}\" must be {expected}. Correct it, or the deployment fails.");
}
