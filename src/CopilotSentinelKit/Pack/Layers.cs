using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Pack;

/// <summary>Puts the named things of a project over those of the pack: the same name replaces in place, a new one is added.</summary>
internal static class Layers
{
    /// <param name="kind">What the things are called in findings: field, detection, ...</param>
    /// <param name="below">The pack's.</param>
    /// <param name="above">The project's.</param>
    /// <param name="name">Their name.</param>
    /// <param name="overrides">Whether one says that it replaces another.</param>
    /// <param name="findings">Takes a finding for an override of nothing, and for a name used twice in one layer.</param>
    /// <param name="warnReplaced">Whether a replacement that does not say so is a finding: content that comes with the kit would go unseen.</param>
    public static ImmutableArray<T> Merge<T>(
        string kind,
        ImmutableArray<T> below,
        ImmutableArray<T> above,
        Func<T, Spanned<string>> name,
        Func<T, Spanned<bool>?> overrides,
        List<Finding> findings,
        bool warnReplaced = false)
    {
        var merged = Distinct(kind, below, name, findings).ToList();
        var knownBelow = merged.Select(item => name(item).Value).ToList();
        foreach (var item in below.Concat(above).Where(item => overrides(item) is { Value: true }))
        {
            if (!knownBelow.Contains(name(item).Value) || below.Contains(item))
            {
                findings.Add(ModelFindings.OverridesNothing(kind, name(item).Value, name(item).Span, knownBelow));
            }
        }

        foreach (var item in Distinct(kind, above, name, findings))
        {
            var index = merged.FindIndex(other => name(other).Value == name(item).Value);
            if (index < 0)
            {
                merged.Add(item);
            }
            else
            {
                if (warnReplaced && overrides(item) is not { Value: true })
                {
                    findings.Add(ModelFindings.ReplacesSilently(kind, name(item).Value, name(item).Span));
                }

                merged[index] = item;
            }
        }

        return [.. merged];
    }

    /// <summary>The first of each name; a second one is a finding.</summary>
    private static ImmutableArray<T> Distinct<T>(
        string kind, ImmutableArray<T> items, Func<T, Spanned<string>> name, List<Finding> findings)
    {
        var seen = new Dictionary<string, Spanned<string>>(StringComparer.Ordinal);
        var distinct = ImmutableArray.CreateBuilder<T>();
        foreach (var item in items)
        {
            if (seen.TryGetValue(name(item).Value, out var first))
            {
                findings.Add(ModelFindings.Duplicate(kind, name(item).Value, name(item).Span, first.Span));
            }
            else
            {
                seen.Add(name(item).Value, name(item));
                distinct.Add(item);
            }
        }

        return distinct.ToImmutable();
    }
}
