using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>An automation rule as a person wrote it (rules/automation/*.yaml).</summary>
public sealed record AutomationSpec
{
    /// <summary>The file it was read from, all of it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>kebab-case, unique among the automation rules of the pack.</summary>
    public required Spanned<string> Id { get; init; }

    /// <summary>Says that it replaces an automation rule of the pack below it.</summary>
    public required Spanned<bool>? Override { get; init; }

    /// <summary>X.Y.Z.</summary>
    public required Spanned<string> Version { get; init; }

    /// <summary>Name shown in Sentinel.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>What it does and what for; Sentinel has no field for it.</summary>
    public required Spanned<string> Description { get; init; }

    /// <summary>Whether it runs once it is deployed.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What starts it.</summary>
    public required Spanned<AutomationTrigger> Trigger { get; init; }

    /// <summary>Its place among the workspace's automation rules.</summary>
    public required Spanned<int> Order { get; init; }

    /// <summary>When it stops, or null.</summary>
    public required Spanned<string>? Expires { get; init; }

    /// <summary>Ids of the detections that it is for; any rule when empty.</summary>
    public required ImmutableArray<Spanned<string>> Detections { get; init; }

    /// <summary>Further conditions.</summary>
    public required ImmutableArray<AutomationCondition> Conditions { get; init; }

    /// <summary>What it does.</summary>
    public required ImmutableArray<AutomationAction> Actions { get; init; }
}
