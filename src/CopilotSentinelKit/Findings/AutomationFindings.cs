using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about automation rules (CSK0960 to CSK0985).</summary>
internal static class AutomationFindings
{
    public static Finding UnknownTarget(SourceSpan span, string id, IEnumerable<string> known) => Finding.Error("CSK0960", span,
        $"No detection has the id {Shown(id)}, so the automation rule would never run for it.{Nearest.Hint(id, known)} \"csk list\" shows the ids there are.");

    public static Finding TargetIsHunt(SourceSpan span, string id) => Finding.Error("CSK0961", span,
        $"{Shown(id)} is a hunting query, which raises no alerts. Name an analytics rule.");

    public static Finding DisabledTarget(SourceSpan span, string id) => Finding.Warning("CSK0962", span,
        $"The detection {Shown(id)} is disabled in kit.yaml, so it is left out of this automation rule. Remove the id here, or the entry there.");

    public static Finding TargetMakesNoIncidents(SourceSpan span, string id) => Finding.Error("CSK0963", span,
        $"Alerts of {Shown(id)} make no incident (\"incident: {{ create: false }}\"), and this rule starts with one. Write \"trigger: alertCreated\" in a rule of its own, or remove the id.");

    public static Finding TooManyConditions(SourceSpan span, int count, int limit) => Finding.Error("CSK0964", span,
        Invariant($"An automation rule has {count} conditions; Sentinel takes at most {limit}. Split it."));

    public static Finding TooManyActions(SourceSpan span, int count, int limit) => Finding.Error("CSK0965", span,
        Invariant($"An automation rule has {count} actions; Sentinel takes at most {limit}. Split it, or leave more to a playbook."));

    public static Finding ActionNotOnAlerts(SourceSpan span) => Finding.Error("CSK0966", span,
        "A rule that starts with an alert can run playbooks and nothing else: changes and tasks are of incidents. Start it with incidentCreated, or run a playbook.");

    public static Finding ConditionNotOnAlerts(SourceSpan span, string property) => Finding.Error("CSK0967", span,
        $"{Shown(property)} is a property of incidents, and this rule starts with an alert. Start it with incidentCreated, or remove the condition.");

    public static Finding ConditionNeedsUpdate(SourceSpan span) => Finding.Error("CSK0968", span,
        "A new incident has not been changed yet: conditions on changes and additions need the trigger incidentUpdated. Use it, or compare the property itself.");

    public static Finding NeverHolds(SourceSpan span, string property) => Finding.Error("CSK0969", span,
        $"The conditions on {Shown(property)} leave no value that meets all of them, so the rule never runs. Conditions of a list must all hold: put alternatives into one condition, or under \"anyOf\".");

    public static Finding UnknownValue(SourceSpan span, string value, string property, IEnumerable<string> values) => Finding.Error("CSK0970", span,
        $"{Shown(value)} is no value of {property}, so the condition never holds.{Nearest.Hint(value, values)} It has {string.Join(", ", values)}.");

    public static Finding ReasonOfAnother(SourceSpan span, string reason, string? classification, ImmutableArray<string> reasons) => Finding.Error("CSK0971", span,
        classification is null ? $"The reason {Shown(reason)} needs a classification. Add it, or remove the reason."
        : reasons.IsEmpty ? $"{Shown(classification)} has no reasons. Remove {Shown(reason)}."
        : $"{Shown(reason)} is no reason of {Shown(classification)}. Write {string.Join(" or ", reasons)}.");

    public static Finding ClosedWithout(SourceSpan span) => Finding.Error("CSK0972", span,
        "Sentinel closes an incident only with a classification. Add \"classification\", such as BenignPositive.");

    public static Finding ClassifiedOpen(SourceSpan span) => Finding.Error("CSK0973", span,
        "A classification belongs to a closed incident. Add \"status: Closed\", or remove it.");

    public static Finding ChangesNothing(SourceSpan span) => Finding.Error("CSK0974", span,
        "This action changes nothing. Say what the incident gets: severity, status, classification, owner or tags.");

    public static Finding NameTooLong(SourceSpan span, int length, int limit) => Finding.Error("CSK0975", span,
        Invariant($"The name of an automation rule has {length} characters; Sentinel takes at most {limit}. Shorten it."));

    public static Finding TitleDecides(SourceSpan span) => Finding.Warning("CSK0976", span,
        "In the Defender portal its correlation gives incidents their titles, and changes them as alerts join, so a condition on the title may not hold. Name the analytics rules instead.");

    public static Finding ProviderIsDefender(SourceSpan span) => Finding.Warning("CSK0977", span,
        "In the Defender portal every incident has the provider Microsoft XDR, so a condition on the provider holds for all or for none. Remove it; rules are told apart by name.");

    public static Finding PlaybookOfTwo(SourceSpan span, string playbook) => Finding.Error("CSK0978", span,
        $"The playbook {Shown(playbook)} has another resource id elsewhere, and one parameter gives both. Make them the same, or give one another name.");

    public static Finding PlaybooksOfOneParameter(SourceSpan span, string playbook, string other, string parameter) => Finding.Error("CSK0985", span,
        $"The playbooks {Shown(playbook)} and {Shown(other)} would have one parameter in the templates, {Shown(parameter)}, in which letter case does not count. Rename one of them, in more than hyphens.");

    public static Finding NotInSolution(SourceSpan span, string name) => Finding.Information("CSK0979", span,
        $"A package of Content Hub has no automation rules, so {Shown(name)} is not in the solution. ARM, Bicep and Terraform have it.");

    public static Finding TooManyRules(SourceSpan span, int count, int limit) => Finding.Warning("CSK0980", span,
        Invariant($"There are {count} automation rules; a workspace takes at most {limit}. Join those that do the same."));

    public static Finding OrderRange(SourceSpan span, int order) => Finding.Error("CSK0981", span,
        Invariant($"The order of an automation rule is from 1 to 1000, and {order} is none of that. Correct it."));
}
