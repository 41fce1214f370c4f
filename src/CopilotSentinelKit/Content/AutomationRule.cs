using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>What starts an automation rule.</summary>
public enum AutomationTrigger
{
    /// <summary>A new incident.</summary>
    IncidentCreated,

    /// <summary>A change of an incident.</summary>
    IncidentUpdated,

    /// <summary>A new alert, whether it makes an incident or not.</summary>
    AlertCreated,
}

/// <summary>An automation rule: what Sentinel does by itself with a new or changed incident, or a new alert.</summary>
public sealed record AutomationRule : ContentItem
{
    /// <summary>What starts it.</summary>
    public required Spanned<AutomationTrigger> Trigger { get; init; }

    /// <summary>Whether it runs once it is deployed.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Its place among the workspace's automation rules, 1 to 1000; the lowest runs first.</summary>
    public required Spanned<int> Order { get; init; }

    /// <summary>When it stops, as ISO 8601 writes it; null for never.</summary>
    public required Spanned<string>? Expires { get; init; }

    /// <summary>The analytics rules that it is for; any when empty.</summary>
    public required ImmutableArray<AutomationTarget> Targets { get; init; }

    /// <summary>Further conditions, which must all hold.</summary>
    public required ImmutableArray<AutomationCondition> Conditions { get; init; }

    /// <summary>What it does, in this order.</summary>
    public required ImmutableArray<AutomationAction> Actions { get; init; }

    /// <summary>Whether it starts with an incident.</summary>
    public bool IsOfIncidents => Trigger.Value != AutomationTrigger.AlertCreated;

    /// <summary>The playbooks that it runs, each once.</summary>
    public IEnumerable<PlaybookAction> Playbooks => Actions.OfType<PlaybookAction>().DistinctBy(action => action.Playbook.Value, StringComparer.Ordinal);
}

/// <summary>An analytics rule that an automation rule is for.</summary>
/// <param name="Id">Its id in the spec, where the automation rule names it.</param>
/// <param name="Guid">Its GUID in Sentinel.</param>
/// <param name="FileName">Its file name.</param>
/// <param name="MakesIncidents">Whether its alerts make incidents.</param>
public sealed record AutomationTarget(Spanned<string> Id, Guid Guid, string FileName, bool MakesIncidents);

/// <summary>A condition of an automation rule.</summary>
/// <param name="Span">Where it was written.</param>
public abstract record AutomationCondition(SourceSpan Span);

/// <summary>A property has one of some values.</summary>
/// <param name="Span">Where it was written.</param>
/// <param name="Property">Sentinel's name of it, such as IncidentSeverity.</param>
/// <param name="Operator">Equals, Contains, StartsWith, EndsWith, or one of them with Not before.</param>
/// <param name="Values">The values; one of them will do.</param>
public sealed record PropertyCondition(SourceSpan Span, Spanned<string> Property, Spanned<string> Operator, ImmutableArray<Spanned<string>> Values) : AutomationCondition(Span)
{
    /// <summary>Whether the values are those that it must not have.</summary>
    public bool IsNegative => Operator.Value.StartsWith("Not", StringComparison.Ordinal);
}

/// <summary>A property was changed.</summary>
/// <param name="Span">Where it was written.</param>
/// <param name="Property">IncidentSeverity, IncidentStatus or IncidentOwner.</param>
/// <param name="Direction">ChangedFrom or ChangedTo.</param>
/// <param name="Values">The values that it had or has.</param>
public sealed record ChangeCondition(SourceSpan Span, Spanned<string> Property, Spanned<string> Direction, ImmutableArray<Spanned<string>> Values) : AutomationCondition(Span);

/// <summary>Something was added to an incident.</summary>
/// <param name="Span">Where it was written.</param>
/// <param name="Added">Alerts, Labels, Tactics or Comments.</param>
public sealed record AdditionCondition(SourceSpan Span, Spanned<string> Added) : AutomationCondition(Span);

/// <summary>One of several conditions holds.</summary>
/// <param name="Span">Where it was written.</param>
/// <param name="Any">The conditions.</param>
public sealed record AnyCondition(SourceSpan Span, ImmutableArray<PropertyCondition> Any) : AutomationCondition(Span);

/// <summary>Something that an automation rule does.</summary>
/// <param name="Span">Where it was written.</param>
public abstract record AutomationAction(SourceSpan Span);

/// <summary>Changes of an incident; what is null stays as it is.</summary>
/// <param name="Span">Where it was written.</param>
/// <param name="Severity">Informational, Low, Medium or High.</param>
/// <param name="Status">New, Active or Closed.</param>
/// <param name="Classification">Why it is closed.</param>
/// <param name="Reason">The reason beside the classification.</param>
/// <param name="Comment">A comment on the classification.</param>
/// <param name="Owner">The user principal name or object id of who shall look at it.</param>
/// <param name="Tags">Tags to add.</param>
public sealed record ChangeAction(
    SourceSpan Span,
    Spanned<string>? Severity,
    Spanned<string>? Status,
    Spanned<string>? Classification,
    Spanned<string>? Reason,
    Spanned<string>? Comment,
    Spanned<string>? Owner,
    ImmutableArray<Spanned<string>> Tags) : AutomationAction(Span);

/// <summary>A task on an incident.</summary>
/// <param name="Span">Where it was written.</param>
/// <param name="Title">What to do, in a line.</param>
/// <param name="Description">How to do it, or null.</param>
public sealed record TaskAction(SourceSpan Span, Spanned<string> Title, Spanned<string>? Description) : AutomationAction(Span);

/// <summary>A run of a playbook.</summary>
/// <param name="Span">Where it was written.</param>
/// <param name="Playbook">A name for it, as ids are written.</param>
/// <param name="ResourceId">The resource id of its workflow, or null where only the deployment knows it.</param>
public sealed record PlaybookAction(SourceSpan Span, Spanned<string> Playbook, Spanned<string>? ResourceId) : AutomationAction(Span)
{
    /// <summary>The name of the parameter that gives the resource id: blockUserPlaybook of block-user.</summary>
    public string Parameter => ContentItem.FileNameOf(Playbook.Value) is [var first, .. var rest] ? $"{char.ToLowerInvariant(first)}{rest}Playbook" : "Playbook";
}
