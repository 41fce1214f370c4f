using CopilotSentinelKit.Content;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Generate;

/// <summary>Summary specs to summary rules.</summary>
internal static class SummaryGenerator
{
    /// <summary>The summary rule as a workspace has it.</summary>
    public static SummaryRule Create(PackSummary summary, Query query)
    {
        var spec = summary.Spec;
        return new()
        {
            FileName = ContentItem.FileNameOf(spec.Id.Value),
            Guid = ContentGuid.For(summary.Pack, "SummaryRule", spec.Id.Value),
            Id = spec.Id,
            Version = spec.Version,
            Name = spec.Name,
            Description = spec.Description,
            Query = query,
            Table = spec.Table,
            Bin = spec.Bin,
            Delay = spec.Delay,
            Start = spec.Start,
            Columns = spec.Columns,
        };
    }
}
