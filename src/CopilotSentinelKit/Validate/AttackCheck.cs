using System.Text.RegularExpressions;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Tactics and techniques exist, and each technique belongs to a tactic that is listed.</summary>
internal static partial class AttackCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        var attack = item.GetAttack();
        var findings = attack.Tactics.SelectMany(tactic => CheckTactic(tactic, attack, item.IsByOthers))
            .Concat(attack.Techniques.SelectMany(technique => CheckTechnique(technique, attack, item.IsByOthers)))
            .Concat(TaxonomyChecks.Repeated(attack.Tactics))
            .Concat(TaxonomyChecks.Repeated(attack.Techniques));
        // A hunt's are tags of a saved search, which takes any text; only the kit's own are held to Sentinel's.
        return item is HuntingQuery && item.IsByOthers ? findings.Select(AsWarning) : findings;
    }

    private static Finding AsWarning(Finding finding) =>
        finding.Severity == FindingSeverity.Error ? finding with { Severity = FindingSeverity.Warning } : finding;

    private static IEnumerable<Finding> CheckTactic(Spanned<string> tactic, Attack attack, bool isForeign)
    {
        var catalog = AttackCatalog.Instance;
        if (catalog.CounterpartOf(tactic.Value) is { } counterpart)
        {
            var later = TaxonomyFindings.LaterTactic(tactic.Span, tactic.Value, counterpart);
            yield return attack.Tactics.Any(other => other.Value == counterpart) ? later : later.FixedBy(Fixes.Replace(tactic.Span, tactic.Value, counterpart));
        }
        else if (catalog.IsOnlyInArm(tactic.Value))
        {
            yield return TaxonomyFindings.UncertainTactic(tactic.Span, tactic.Value);
        }
        else if (!catalog.Tactics.Contains(tactic.Value))
        {
            var unknown = TaxonomyFindings.UnknownTactic(tactic.Span, tactic.Value, catalog.Tactics);

            // What reads community YAML takes the words in any letter case.
            yield return isForeign && catalog.Tactics.Contains(tactic.Value, StringComparer.OrdinalIgnoreCase) ? AsWarning(unknown) : unknown;
        }
        // A technique that the catalog does not know may be the tactic's, and has a finding of its own.
        // Much content of others has no techniques at all, and says so in every tactic.
        else if ((!isForeign || !attack.Techniques.IsEmpty) && attack.Techniques.All(technique => catalog.TacticsOf(technique.Value) is { } tactics && !tactics.Contains(tactic.Value)))
        {
            yield return TaxonomyFindings.TacticWithoutTechnique(tactic.Span, tactic.Value);
        }
    }

    private static IEnumerable<Finding> CheckTechnique(Spanned<string> technique, Attack attack, bool isForeign)
    {
        var catalog = AttackCatalog.Instance;
        var successor = catalog.SuccessorOf(technique.Value);
        if (!Pattern().IsMatch(technique.Value))
        {
            yield return TaxonomyFindings.IllegalTechniqueId(technique.Span, technique.Value).FixedBy(Fixes.LetterCase(technique.Span, technique.Value, catalog.Techniques));
        }
        else if (catalog.LaterName(technique.Value) is { } name)
        {
            yield return TaxonomyFindings.LaterTechnique(technique.Span, technique.Value, name);
        }
        else if (catalog.TacticsOf(technique.Value) is not { } tactics)
        {
            var former = catalog.SuccessorOfFormer(technique.Value);
            var unknown = TaxonomyFindings.UnknownTechnique(technique.Span, technique.Value, former ?? NullWhenUnknown(successor))
                .FixedBy(former is null ? null : Fixes.Replace(technique.Span, technique.Value, former));

            // Azure-Sentinel's own check looks at the part before the dot only.
            yield return isForeign && catalog.TacticsOf(technique.Value.Split('.')[0]) is not null ? AsWarning(unknown) : unknown;
        }
        // Any of its tactics will do: T1078 under InitialAccess alone is legal. A tactic that is misspelt may be the one.
        else if (!attack.Tactics.Any(tactic => tactics.Contains(tactic.Value, StringComparer.OrdinalIgnoreCase) || !catalog.Tactics.Contains(tactic.Value)))
        {
            yield return TaxonomyFindings.TechniqueWithoutTactic(technique.Span, technique.Value, tactics);
        }
        else if (attack.Techniques.FirstOrDefault(other => other.Value.StartsWith(technique.Value + ".", StringComparison.Ordinal)) is { Value: { } sub })
        {
            yield return TaxonomyFindings.ParentAndSub(technique.Span, technique.Value, sub);
        }
    }

    private static string? NullWhenUnknown(string? successor) => successor is "" ? null : successor;

    [GeneratedRegex(@"^T[0-9]{4}(\.[0-9]{3})?\z")]
    private static partial Regex Pattern();
}
