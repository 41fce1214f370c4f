using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about JSON files and ARM templates (CSK0850 to CSK0879).</summary>
internal static class ArmFindings
{
    /// <summary>What is said of the JSON of a template.</summary>
    public static JsonWording Json { get; } = new(Syntax, TooDeep, DuplicateKey);

    public static Finding Syntax(SourceSpan span, string reason) => Finding.Error("CSK0850", span,
        $"The file is no JSON: {reason.TrimEnd('.')}. Correct it from this place on.");

    public static Finding TooDeep(SourceSpan span, int limit) => Finding.Error("CSK0851", span,
        Invariant($"Lists and objects nest more than {limit} levels deep here, so the file is not read. Make it flatter."));

    public static Finding DuplicateKey(SourceSpan span, string key, SourceSpan first) => Finding.Warning("CSK0852", span,
        $"The key {UserText.Shown(key)} is there twice, and only this one counts. Remove one of the two.").With(first, "the first one");

    public static Finding MissingTemplateKey(SourceSpan span, string key, string example) => Finding.Error("CSK0854", span,
        $"The template has no \"{key}\", and Azure Resource Manager refuses it. Write {example}.");

    public static Finding ContentVersionForm(SourceSpan span, string value) => Finding.Warning("CSK0855", span,
        $"The content version must be four numbers with dots, such as \"1.0.0.0\", but is {UserText.Shown(value)}.");

    public static Finding MissingApiVersion(SourceSpan span, string type) => Finding.Error("CSK0856", span,
        $"The resource of type \"{type}\" has no \"apiVersion\", and Azure Resource Manager refuses it. Write one, such as the version that your other templates use.");

    public static Finding UnknownApiVersion(SourceSpan span, string version, string provider, string newest) => Finding.Warning("CSK0857", span,
        $"The API version {UserText.Shown(version)} is none of those that {provider} is known to have. Use \"{newest}\", or check that yours exists.");

    public static Finding PreviewOnly(SourceSpan span, string feature, string version, string preview) => Finding.Warning("CSK0858", span,
        $"{feature} is known to preview API versions only, not to {UserText.Shown(version)}. Use a preview version such as \"{preview}\", or leave it out.");

    public static Finding SubTechniquePlace(SourceSpan span, string technique) => Finding.Error("CSK0859", span,
        $"\"techniques\" takes techniques without their sub-techniques. Write \"{technique[..Math.Min(5, technique.Length)]}\" there, and {UserText.Shown(technique)} under \"subTechniques\" with a preview API version.");

    public static Finding MixedApiVersions(SourceSpan span, string type, string version, string other) => Finding.Information("CSK0860", span,
        $"The file uses the API versions {UserText.Shown(version)} and {UserText.Shown(other)} for the type \"{type}\". Use one, so that all resources behave alike.");

    public static Finding TemplateVersionAlone(SourceSpan span) => Finding.Error("CSK0861", span,
        "\"templateVersion\" is there without \"alertRuleTemplateName\", and Sentinel refuses the rule. Remove it, or name the rule's template.");

    public static Finding MissingProperty(SourceSpan span, string property, string owner) => Finding.Error("CSK0862", span,
        $"{char.ToUpperInvariant(owner[0])}{owner[1..]} needs the property \"{property}\". Write it, or the deployment fails.");

    public static Finding UnknownChoice(SourceSpan span, string property, string value, IEnumerable<string> choices) => Finding.Error("CSK0863", span,
        $"\"{property}\" must be one of {string.Join(", ", choices)}, but is {UserText.Shown(value)}.{Nearest.Hint(value, choices)}");

    public static Finding NotIsoDuration(SourceSpan span, string property, string value) => Finding.Error("CSK0864", span,
        $"\"{property}\" must be a duration of ISO 8601, such as PT5M, PT1H or P14D, but is {UserText.Shown(value)}.");

    public static Finding NoDefault(SourceSpan span, string parameter) => Finding.Information("CSK0865", span,
        $"The parameter {UserText.Shown(parameter)} has no default. Sentinel's repositories deployment tests templates without their parameter files; give it one if you deploy that way.");

    public static Finding WorkspaceParameter(SourceSpan span, string parameter) => Finding.Warning("CSK0866", span,
        $"Sentinel's repositories deployment fills a parameter named \"workspace\" and no other. Rename {UserText.Shown(parameter)} if you deploy that way.");

    public static Finding SeveralKinds(SourceSpan span, string type, string other) => Finding.Warning("CSK0867", span,
        $"The file holds the types \"{other}\" and \"{type}\". Sentinel's repositories deployment passes over a file with any type that the connection does not select, and says so in its log only; write one kind a file.");

    public static Finding ExtensionForm(SourceSpan span, string type, string nested) => Finding.Information("CSK0868", span,
        $"Sentinel's repositories deployment passes over the type \"{type}\". Use \"{nested}\" if you deploy that way.");

    public static Finding FileNameEnd(SourceSpan span, string name, string stripped) => Finding.Warning("CSK0869", span,
        $"For {UserText.Shown(name)}, Sentinel's repositories deployment looks for parameters in {UserText.Shown(stripped + ".parameters.json")}. Choose a name that does not end in j, s, o or n before \".json\".");

    public static Finding RandomName(SourceSpan span, string function) => Finding.Warning("CSK0870", span,
        $"The name comes from \"{function}()\", so each deployment makes another resource. Write a fixed GUID, or make one with \"guid()\" of fixed texts.");

    public static Finding HuntCategory(SourceSpan span, string category) => Finding.Warning("CSK0871", span,
        $"Sentinel shows a saved search as a hunting query only where its category is exactly \"Hunting Queries\", not {UserText.Shown(category)}. Write it so.");

    public static Finding NoEtag(SourceSpan span) => Finding.Warning("CSK0877", span,
        "A saved search without an etag can be deployed once; the service refuses to replace it by a later deployment. Write \"etag\": \"*\" beside \"name\".");

    public static Finding FunctionParameters(SourceSpan span, string value) => Finding.Warning("CSK0873", span,
        $"The function's parameters cannot be read: {UserText.Shown(value)}. Write \"name:type = default\", with commas between them.");

    public static Finding Secret(SourceSpan span, string what) => Finding.Warning("CSK0874", span,
        $"This text looks like {what}. Revoke it, and pass it as a secure parameter.");

    public static Finding SecureDefault(SourceSpan span, string parameter) => Finding.Warning("CSK0875", span,
        $"The secure parameter {UserText.Shown(parameter)} has its value in the template, where everybody can read it. Remove the default.");

    public static Finding WrongShape(SourceSpan span, string property, string expected) => Finding.Error("CSK0876", span,
        $"\"{property}\" must be {expected}. Correct it, or the deployment fails.");

    public static Finding Undeclared(SourceSpan span, string sort, string name, string hint) => Finding.Error("CSK0878", span,
        $"The template declares no {sort} \"{name}\", and Azure refuses it.{hint}");

    public static Finding EmptySegment(SourceSpan span) => Finding.Error("CSK0879", span,
        "The last part of the resource's name is empty, and Azure refuses a name with fewer parts than its type has. Write the name behind the last \"/\".");
}
