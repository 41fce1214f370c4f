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

    /// <summary>The specs whose id none before them has.</summary>
    /// <param name="what">What they are called in findings.</param>
    /// <param name="specs">The specs, in order of their files.</param>
    /// <param name="id">The id of one.</param>
    /// <param name="findings">Takes a finding for each that is left out.</param>
    public static ImmutableArray<T> Distinct<T>(string what, ImmutableArray<T> specs, Func<T, Spanned<string>> id, ICollection<Finding> findings)
    {
        var ids = new Dictionary<string, SourceSpan>();
        var distinct = ImmutableArray.CreateBuilder<T>();
        foreach (var spec in specs)
        {
            if (ids.TryAdd(id(spec).Value, id(spec).Span))
            {
                distinct.Add(spec);
            }
            else
            {
                findings.Add(SpecFindings.DuplicateId(id(spec).Span, what, id(spec).Value, ids[id(spec).Value]));
            }
        }

        return distinct.DrainToImmutable();
    }
}
