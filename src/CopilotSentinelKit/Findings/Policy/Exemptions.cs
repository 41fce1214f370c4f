using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>Reads comments and entries of kit.yaml into exemptions; what is wrong with one is a finding, and then it counts for nothing.</summary>
/// <param name="codes">The codes that there are.</param>
/// <param name="today">The day on which expiry is judged.</param>
/// <param name="findings">Takes what is wrong.</param>
internal sealed class Exemptions(IReadOnlyCollection<string> codes, DateOnly today, ICollection<Finding> findings)
{
    /// <summary>What a comment asks for, an exemption for each of its codes.</summary>
    public IEnumerable<Exemption> Of(SuppressionComment comment)
    {
        if (comment.Codes.IsEmpty)
        {
            findings.Add(SuppressionFindings.Unreadable(comment.Span, comment.Verb == "ignore" ? "" : Nearest.Hint(comment.Verb, ["ignore"])));
            return [];
        }

        var known = comment.Codes.Where(IsKnown).ToList();
        return known.Count > 0
            && Exemption.Justify(SuppressionKind.InSource, comment.Span, comment.Reason, comment.Expires, today, findings) is { } reason
            ? known.Select(code => new Exemption(code, null, reason with { Place = code.Span }, true, comment.Covers))
            : [];
    }

    /// <summary>What an entry of kit.yaml asks for.</summary>
    public Exemption? Of(FindingRule rule, ImmutableArray<JudgedFile> files)
    {
        if (!IsKnown(rule.Code))
        {
            return null;
        }

        if (rule.Ignore == (rule.Severity is not null))
        {
            findings.Add(SuppressionFindings.NoEffect(rule.Code.Span, rule.Code.Value));
            return null;
        }

        var paths = rule.In.IsEmpty ? null : rule.In.SelectMany(place => FilesAt(place, files)).ToHashSet(StringComparer.Ordinal);
        if (paths is { Count: 0 })
        {
            return null;
        }

        // Nothing is more severe than an error, so such an entry hides nothing and may last for ever.
        var isFree = rule is { Severity: FindingSeverity.Error, Expires: null };
        var reason = isFree ? null : Exemption.Justify(SuppressionKind.External, rule.Code.Span, rule.Reason?.Value ?? "", rule.Expires, today, findings);
        return isFree || reason is not null
            ? new(rule.Code, rule.Severity, reason, paths is not null, span => paths?.Contains(span.File.Path) ?? true)
            : null;
    }

    private List<string> FilesAt(Spanned<string> place, ImmutableArray<JudgedFile> files)
    {
        var pattern = PathPattern.IsPath(place.Value) ? new PathPattern(place.Value) : null;
        var paths = files.Where(file => pattern?.Matches(file.Path) ?? file.Id == place.Value).Select(file => file.Text.Path).ToList();
        if (paths.Count == 0)
        {
            findings.Add(SuppressionFindings.UnknownPlace(place.Span, place.Value, files.Select(file => file.Id).OfType<string>()));
        }

        return paths;
    }

    private bool IsKnown(Spanned<string> code)
    {
        // Kusto.Language has hundreds of its own, which no list of the kit's holds.
        var known = code.Value is ['K', 'S', >= '0' and <= '9', ..] || codes.Contains(code.Value);
        if (!known)
        {
            findings.Add(SuppressionFindings.UnknownCode(code.Span, code.Value, codes));
        }

        return known;
    }
}
