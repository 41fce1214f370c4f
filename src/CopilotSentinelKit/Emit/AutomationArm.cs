using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The ARM resource of an automation rule, in the nested form that repository connections take.</summary>
internal static class AutomationArm
{
    /// <summary>The version of automation rules.</summary>
    public const string Version = "2025-09-01";

    /// <summary>The parameters of the playbooks that some rules run, each once.</summary>
    public static ImmutableArray<ArmParameter> Parameters(IEnumerable<AutomationRule> rules) =>
    [
        .. from action in rules.SelectMany(rule => rule.Playbooks)
           group action by action.Parameter into playbook
           orderby playbook.Key
           select new ArmParameter(
               playbook.Key, "string", playbook.Select(action => action.ResourceId?.Value).FirstOrDefault(id => id is not null) is { } id ? id : null,
               $"Resource id of the logic app that is the playbook {playbook.First().Playbook.Value}; Microsoft Sentinel must be allowed to run it."),
    ];

    /// <summary>The resource.</summary>
    public static OutputMap Resource(AutomationRule rule) => OutputMap.Of(
        ("type", "Microsoft.OperationalInsights/workspaces/providers/automationRules"),
        ("apiVersion", Version),
        ("name", new ArmExpression($"concat({ArmParameter.Workspace.Value.Code},{ArmExpression.Literal("/Microsoft.SecurityInsights/" + rule.Guid)})")),
        ("properties", OutputMap.Of(
            ("displayName", rule.Name.Value),
            ("order", rule.Order.Value),
            ("triggeringLogic", Logic(rule, RuleId)),
            ("actions", OutputList.Of(Actions(rule).Select(action => (OutputNode)action))))));

    /// <summary>What people read of it; no community has a form for it, so the keys are the resource provider's.</summary>
    public static OutputMap Yaml(AutomationRule rule) => OutputMap.Of(
        ("id", rule.Guid.ToString()),
        ("displayName", rule.Name.Value),
        ("description", rule.Description.Value),
        ("order", rule.Order.Value),
        ("triggeringLogic", Logic(rule, target => target.Guid.ToString())),
        ("actions", OutputList.Of(Actions(rule).Select((action, index) => (OutputNode)(rule.Actions[index] is PlaybookAction playbook
            ? action.With(("actionConfiguration", OutputMap.Of(("playbook", playbook.Playbook.Value), ("logicAppResourceId", playbook.ResourceId?.Value))))
            : action)))),
        ("version", rule.Version.Value));

    /// <summary>The id of an analytics rule, as incidents and alerts name it.</summary>
    public static ArmExpression RuleId(AutomationTarget target) => new(
        $"extensionResourceId(resourceId('Microsoft.OperationalInsights/workspaces', {ArmParameter.Workspace.Value.Code}), 'Microsoft.SecurityInsights/alertRules', {ArmExpression.Literal(target.Guid.ToString())})");

    /// <summary>The conditions beside that on the analytics rules.</summary>
    public static IEnumerable<OutputMap> Conditions(AutomationRule rule) => rule.Conditions.Select(condition => condition switch
    {
        PropertyCondition property => Property(property),
        ChangeCondition change => Condition("PropertyChanged", OutputMap.Of(
            ("propertyName", change.Property.Value), ("changeType", change.Direction.Value), ("operator", "Equals"), ("propertyValues", Texts(change.Values)))),
        AdditionCondition addition => Condition("PropertyArrayChanged", OutputMap.Of(("arrayType", addition.Added.Value), ("changeType", "Added"))),
        AnyCondition any => Condition("Boolean", OutputMap.Of(("operator", "Or"), ("innerConditions", OutputList.Of(any.Any.Select(property => (OutputNode)Property(property)))))),
        _ => throw new ArgumentException($"{condition.GetType().Name} has no output form.", nameof(rule)),
    });

    /// <summary>The actions, in their order. What a playbook's resource id is, a parameter says.</summary>
    public static IEnumerable<OutputMap> Actions(AutomationRule rule) => rule.Actions.Select((action, index) => OutputMap.Of(
        ("order", index + 1),
        ("actionType", action switch { TaskAction => "AddIncidentTask", PlaybookAction => "RunPlaybook", _ => "ModifyProperties" }),
        ("actionConfiguration", action switch
        {
            TaskAction task => OutputMap.Of(("title", task.Title.Value), ("description", task.Description?.Value)),
            PlaybookAction playbook => OutputMap.Of(
                ("logicAppResourceId", new ArmExpression($"parameters('{playbook.Parameter}')")), ("tenantId", new ArmExpression("subscription().tenantId"))),
            ChangeAction change => Changes(change),
            _ => throw new ArgumentException($"{action.GetType().Name} has no output form.", nameof(rule)),
        })));

    private static OutputMap Logic(AutomationRule rule, Func<AutomationTarget, OutputNode> id) => OutputMap.Of(
        ("isEnabled", rule.Enabled),
        ("expirationTimeUtc", rule.Expires?.Value),
        ("triggersOn", rule.IsOfIncidents ? "Incidents" : "Alerts"),
        ("triggersWhen", rule.Trigger.Value == AutomationTrigger.IncidentUpdated ? "Updated" : "Created"),
        ("conditions", OutputList.Of([.. OfTargets(rule, id), .. Conditions(rule)]).OrNull()));

    private static IEnumerable<OutputMap> OfTargets(AutomationRule rule, Func<AutomationTarget, OutputNode> id) => rule.Targets.IsEmpty ? [] :
    [
        Condition("Property", OutputMap.Of(
            ("propertyName", AutomationTerms.RulesProperty(rule)), ("operator", "Contains"), ("propertyValues", OutputList.Of(rule.Targets.Select(id))))),
    ];

    private static OutputMap Property(PropertyCondition property) => Condition("Property", OutputMap.Of(
        ("propertyName", property.Property.Value), ("operator", property.Operator.Value), ("propertyValues", Texts(property.Values))));

    private static OutputMap Condition(string type, OutputMap properties) => OutputMap.Of(("conditionType", type), ("conditionProperties", properties));

    private static OutputMap Changes(ChangeAction change) => OutputMap.Of(
        ("severity", change.Severity?.Value),
        ("status", change.Status?.Value),
        ("classification", change.Classification?.Value),
        ("classificationReason", change.Reason?.Value),
        ("classificationComment", change.Comment?.Value),
        ("owner", change.Owner?.Value is not { } owner ? null
            : Guid.TryParse(owner, out _) ? OutputMap.Of(("objectId", owner))
            : OutputMap.Of(("email", owner), ("userPrincipalName", owner))),
        ("labels", OutputList.Of(change.Tags.Select(tag => (OutputNode)OutputMap.Of(("labelName", tag.Value)))).OrNull()));

    private static OutputList Texts(ImmutableArray<Spanned<string>> texts) => OutputList.Of(texts.Select(text => text.Value));
}
