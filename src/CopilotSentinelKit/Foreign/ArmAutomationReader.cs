using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Automation rules of templates. A condition or action of which not all is known is left out.</summary>
internal static class ArmAutomationReader
{
    private const string Owner = "an automation rule";

    private static readonly string[] Changes = ["severity", "status", "classification", "classificationReason", "owner", "labels"];

    private enum TriggersOn
    {
        Incidents,
        Alerts,
    }

    private enum TriggersWhen
    {
        Created,
        Updated,
    }

    private enum ConditionType
    {
        Property,
        PropertyChanged,
        PropertyArrayChanged,
        PropertyArray,
        Boolean,
    }

    private enum ActionType
    {
        ModifyProperties,
        AddIncidentTask,
        RunPlaybook,
    }

    /// <summary>The automation rule, or null when only the deployment knows what starts it.</summary>
    public static AutomationRule? Read(ArmResource resource)
    {
        resource.Keys.Require(Owner, "properties");
        if (resource.Properties is not { } keys)
        {
            return null;
        }

        keys.Require(Owner, "displayName", "order", "triggeringLogic", "actions");
        if (keys.Object("triggeringLogic") is not { } logic)
        {
            return null;
        }

        logic.Require(Owner, "isEnabled", "triggersOn", "triggersWhen");
        if (logic.Choice<TriggersOn>("triggersOn") is not { } on || logic.Choice<TriggersWhen>("triggersWhen") is not { } when)
        {
            return null;
        }

        return new()
        {
            Origin = ContentOrigin.Arm,
            FileName = "",
            Guid = resource.Guid,
            Id = resource.Name,
            Version = new("", resource.Name.Span),
            Name = keys.TextOrEmpty("displayName"),
            Description = new("", resource.Name.Span),
            Trigger = when.Select(_ => on.Value == TriggersOn.Alerts ? AutomationTrigger.AlertCreated
                : when.Value == TriggersWhen.Updated ? AutomationTrigger.IncidentUpdated : AutomationTrigger.IncidentCreated),
            Enabled = logic.Flag("isEnabled")?.Value ?? true,
            Order = keys.Integer("order") ?? new(1, keys.Subject),
            Expires = logic.TextOrNull("expirationTimeUtc"),
            Targets = [],
            Conditions = [.. logic.Objects("conditions").Select(ReadCondition).OfType<AutomationCondition>()],
            Actions = [.. keys.Objects("actions").Select(ReadAction).OfType<AutomationAction>()],
        };
    }

    private static AutomationCondition? ReadCondition(ArmMap condition)
    {
        condition.Require("a condition", "conditionType", "conditionProperties");
        if (condition.Choice<ConditionType>("conditionType") is not { } type || condition.Object("conditionProperties") is not { } keys)
        {
            return null;
        }

        var values = keys.Texts("propertyValues");
        return type.Value switch
        {
            ConditionType.Property when Word(keys, "propertyName", AutomationTerms.Properties) is { } name && Word(keys, "operator", AutomationTerms.Operators) is { } how && !keys.IsUnknown("propertyValues") =>
                new PropertyCondition(condition.Subject, name, how, values),
            ConditionType.PropertyChanged when Word(keys, "propertyName", AutomationTerms.Changing) is { } name && !keys.IsUnknown("propertyValues") =>
                new ChangeCondition(condition.Subject, name, Word(keys, "changeType", AutomationTerms.Directions) ?? new("", keys.Subject), values),
            ConditionType.PropertyArrayChanged when Word(keys, "arrayType", AutomationTerms.Growing) is { } added => new AdditionCondition(condition.Subject, added),
            ConditionType.Boolean => ReadAlternatives(condition, keys),
            _ => null,
        };
    }

    // Of those joined by And, each must hold, which is not what alternatives are.
    private static AnyCondition? ReadAlternatives(ArmMap condition, ArmMap keys)
    {
        var inner = keys.Objects("innerConditions").Select(ReadCondition).ToImmutableArray();
        return keys.TextOrNull("operator")?.Value == "Or" ? new(condition.Subject, [.. inner.OfType<PropertyCondition>()]) : null;
    }

    private static AutomationAction? ReadAction(ArmMap action)
    {
        action.Require("an action", "order", "actionType", "actionConfiguration");
        if (action.Choice<ActionType>("actionType") is not { } type || action.Object("actionConfiguration") is not { } keys)
        {
            return null;
        }

        switch (type.Value)
        {
            case ActionType.AddIncidentTask:
                keys.Require("a task", "title");
                return new TaskAction(action.Subject, keys.TextOrEmpty("title"), keys.TextOrNull("description"));
            case ActionType.RunPlaybook:
                keys.Require("a playbook run", "logicAppResourceId");
                return new PlaybookAction(action.Subject, new("", action.Subject), keys.TextOrNull("logicAppResourceId"));
            default:
                return Changes.Any(keys.IsUnknown) ? null : new ChangeAction(
                    action.Subject,
                    Word(keys, "severity", AutomationTerms.Values["IncidentSeverity"]),
                    Word(keys, "status", AutomationTerms.Statuses),
                    Word(keys, "classification", AutomationTerms.Classifications),
                    Word(keys, "classificationReason", AutomationTerms.Reasons),
                    keys.TextOrNull("classificationComment"),
                    keys.Object("owner") is { } owner ? owner.TextOrNull("userPrincipalName") ?? owner.TextOrNull("objectId") ?? owner.TextOrNull("email") ?? new("", owner.Subject) : null,
                    [.. keys.Objects("labels").Select(label => label.TextOrEmpty("labelName"))]);
        }
    }

    private static Spanned<string>? Word(ArmMap keys, string key, ImmutableArray<string> words)
    {
        if (keys.TextOrNull(key) is not { } text)
        {
            return null;
        }

        if (!words.Contains(text.Value, StringComparer.OrdinalIgnoreCase))
        {
            keys.Findings.Add(ArmFindings.UnknownChoice(text.Span, key, text.Value, words));
            return null;
        }

        return text.Select(word => words.First(known => known.Equals(word, StringComparison.OrdinalIgnoreCase)));
    }
}
