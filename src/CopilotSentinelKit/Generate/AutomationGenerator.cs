using CopilotSentinelKit.Content;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Generate;

/// <summary>Automation specs to automation rules.</summary>
internal static class AutomationGenerator
{
    /// <summary>The automation rule as Sentinel content.</summary>
    public static AutomationRule Create(PackAutomation automation)
    {
        var spec = automation.Spec;
        return new()
        {
            FileName = ContentItem.FileNameOf(spec.Id.Value),
            Guid = ContentGuid.For(automation.Pack, "AutomationRule", spec.Id.Value),
            Id = spec.Id,
            Version = spec.Version,
            Name = spec.Name,
            Description = spec.Description,
            Trigger = spec.Trigger,
            Enabled = spec.Enabled,
            Order = spec.Order,
            Expires = spec.Expires,
            Targets =
            [
                .. from id in spec.Detections
                   join detection in automation.Detections.Distinct() on id.Value equals detection.Spec.Id.Value
                   select new AutomationTarget(
                       id, DetectionGenerator.RuleGuid(detection), ContentItem.FileNameOf(id.Value), detection.Spec.Incident?.Create ?? true),
            ],
            Conditions = spec.Conditions,
            Actions = spec.Actions,
        };
    }
}
