using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>Names that specs of different files must not share.</summary>
internal static class SpecIds
{
    /// <summary>The detections whose id none before them has; GUIDs are compared too.</summary>
    public static ImmutableArray<DetectionSpec> Distinct(ImmutableArray<DetectionSpec> detections, ICollection<Finding> findings)
    {
        var ids = new Dictionary<string, SourceSpan>();
        var guids = new Dictionary<Guid, SourceSpan>();
        var distinct = ImmutableArray.CreateBuilder<DetectionSpec>();
        foreach (var detection in detections)
        {
            if (!ids.TryAdd(detection.Id.Value, detection.Id.Span))
            {
                findings.Add(SpecFindings.DuplicateId(detection.Id.Span, "detection", detection.Id.Value, ids[detection.Id.Value]));
                continue;
            }

            if (detection.Guid is { } guid && !guids.TryAdd(guid.Value, guid.Span))
            {
                findings.Add(SpecFindings.DuplicateGuid(guid.Span, guid.Value.ToString(), guids[guid.Value]));
            }

            distinct.Add(detection);
        }

        return distinct.DrainToImmutable();
    }

    /// <summary>The watchlists whose alias none before them has. Azure compares resource names without regard to case.</summary>
    public static ImmutableArray<WatchlistSpec> Distinct(ImmutableArray<WatchlistSpec> watchlists, ICollection<Finding> findings)
    {
        var aliases = new Dictionary<string, SourceSpan>(StringComparer.OrdinalIgnoreCase);
        var distinct = ImmutableArray.CreateBuilder<WatchlistSpec>();
        foreach (var watchlist in watchlists)
        {
            var alias = watchlist.Alias;
            if (aliases.TryAdd(alias.Value, alias.Span))
            {
                distinct.Add(watchlist);
            }
            else
            {
                findings.Add(SpecFindings.DuplicateId(alias.Span, "watchlist", alias.Value, aliases[alias.Value]));
            }
        }

        return distinct.DrainToImmutable();
    }

    /// <summary>The workbooks whose id none before them has.</summary>
    public static ImmutableArray<WorkbookSpec> Distinct(ImmutableArray<WorkbookSpec> workbooks, ICollection<Finding> findings)
    {
        var ids = new Dictionary<string, SourceSpan>();
        var distinct = ImmutableArray.CreateBuilder<WorkbookSpec>();
        foreach (var workbook in workbooks)
        {
            if (ids.TryAdd(workbook.Id.Value, workbook.Id.Span))
            {
                distinct.Add(workbook);
            }
            else
            {
                findings.Add(SpecFindings.DuplicateId(workbook.Id.Span, "workbook", workbook.Id.Value, ids[workbook.Id.Value]));
            }
        }

        return distinct.DrainToImmutable();
    }
}
