using System.Collections.Immutable;

namespace CopilotSentinelKit.Emit;

/// <summary>What became of a piece of content between two states of a project.</summary>
/// <param name="Kind">AnalyticsRule, HuntingQuery, Parser, Workbook, Watchlist, SummaryRule, AutomationRule.</param>
/// <param name="Id">The id in the spec.</param>
/// <param name="Before">Its version before; null when it is new.</param>
/// <param name="Now">Its version now; null when it is gone.</param>
/// <param name="Changes">Each change in a line, such as "severity: Medium to High"; below a changed text its lines, with - or + in front.</param>
public sealed record ContentDifference(string Kind, string Id, string? Before, string? Now, ImmutableArray<string> Changes);
