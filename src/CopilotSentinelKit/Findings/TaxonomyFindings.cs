using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about ATT&amp;CK, ATLAS and OWASP ids (CSK0570 to CSK0581, CSK0587).</summary>
internal static class TaxonomyFindings
{
    public static Finding UnknownTactic(SourceSpan span, string tactic, IEnumerable<string> tactics) => Finding.Error("CSK0570", span,
        $"Sentinel has no tactic \"{tactic}\".{Nearest.Hint(tactic, tactics)} Use one of: {string.Join(", ", tactics)}.").FixedBy(Fixes.LetterCase(span, tactic, tactics));

    public static Finding LaterTactic(SourceSpan span, string tactic, string counterpart) => Finding.Error("CSK0571", span,
        $"The tactic \"{tactic}\" is new in ATT&CK 19 and Sentinel does not take it. Use {counterpart}, its counterpart before.");

    public static Finding UncertainTactic(SourceSpan span, string tactic) => Finding.Warning("CSK0572", span,
        $"The tactic \"{tactic}\" is still in Sentinel's API but no longer in its content checks. Use Reconnaissance or ResourceDevelopment.");

    public static Finding TacticWithoutTechnique(SourceSpan span, string tactic) => new("CSK0573", FindingSeverity.Information, span,
        $"None of the techniques belongs to the tactic \"{tactic}\". Add the technique, or remove the tactic.");

    public static Finding IllegalTechniqueId(SourceSpan span, string technique) => Finding.Error("CSK0574", span,
        $"\"{technique}\" is not a technique id. Write T and four digits, and for a sub-technique a dot and three more: T1078.004.");

    public static Finding UnknownTechnique(SourceSpan span, string technique, string? successor) => Finding.Error("CSK0575", span,
        $"ATT&CK has no technique \"{technique}\".{(successor is null ? "" : $" It was replaced by {successor}.")} Use an id of ATT&CK 17.1, the version Sentinel follows.");

    // CSK0576 is retired: it told of techniques that ATT&CK 19 revoked and Sentinel still takes, with nothing to do about it.
    public static Finding LaterTechnique(SourceSpan span, string technique, string name) => Finding.Warning("CSK0577", span,
        $"\"{technique}\" ({name}) is new since ATT&CK 17.1, and Sentinel may not know it. Use the closest id of 17.1.");

    public static Finding TechniqueWithoutTactic(SourceSpan span, string technique, IEnumerable<string> tactics) => Finding.Error("CSK0578", span,
        $"The technique \"{technique}\" has none of its tactics in \"tactics\", and Sentinel refuses a rule with such. Add one of: {string.Join(", ", tactics)}.");

    public static Finding Repeated(SourceSpan span, string id) => Finding.Warning("CSK0579", span,
        $"\"{id}\" is listed twice. Remove one of them.").FixedBy(Fixes.RemoveItem(span, id));

    public static Finding UnknownAtlas(SourceSpan span, string id, string? meant) => Finding.Warning("CSK0580", span,
        $"MITRE ATLAS 5.6.0 has no technique \"{id}\".{DidYouMean(meant)} Write an id such as AML.T0051 or AML.T0051.001.").FixedBy(meant is null ? null : Fixes.Replace(span, id, meant));

    public static Finding UnknownOwasp(SourceSpan span, string id, string? meant) => Finding.Warning("CSK0581", span,
        $"The OWASP Top 10 for LLM applications of 2025 has no \"{id}\".{DidYouMean(meant)} Write LLM01 to LLM10.").FixedBy(meant is null ? null : Fixes.Replace(span, id, meant));

    public static Finding ParentAndSub(SourceSpan span, string technique, string sub) => Finding.Information("CSK0587", span,
        $"\"{technique}\" says nothing that its sub-technique \"{sub}\" does not say. Remove it, unless the query finds other forms of it too.");

    private static string DidYouMean(string? meant) => meant is null ? "" : $" Did you mean \"{meant}\"?";
}
