using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>A comment's or an entry's word about one code, sound enough to be followed.</summary>
/// <param name="Code">The code and where it is written.</param>
/// <param name="Severity">Another severity, or null when the finding does not count.</param>
/// <param name="Suppression">Why; null for an entry that makes an error of a finding, which needs no reason.</param>
/// <param name="IsNarrow">Whether it is for some places only, and so goes before one that is for all.</param>
/// <param name="Covers">Whether it is for a finding at a place.</param>
internal sealed record Exemption(
    Spanned<string> Code, FindingSeverity? Severity, Suppression? Suppression, bool IsNarrow, Func<SourceSpan, bool> Covers)
{
    /// <summary>The reason and the day, or null and what is wrong with them.</summary>
    /// <param name="kind">Where it stands.</param>
    /// <param name="span">Where findings point when there is nothing to underline.</param>
    /// <param name="reason">The reason, or an empty text.</param>
    /// <param name="expires">The day as written, or null.</param>
    /// <param name="today">The day on which it is judged.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static Suppression? Justify(
        SuppressionKind kind, SourceSpan span, string reason, Spanned<string>? expires, DateOnly today, ICollection<Finding> findings)
    {
        var day = default(DateOnly);
        var wrong = expires is not { Value.Length: > 0 } written ? SuppressionFindings.NoExpiry(span)
            : !DateOnly.TryParseExact(written.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
                ? SuppressionFindings.UnreadableDate(written.Span, written.Value)
            : day < today ? SuppressionFindings.Expired(written.Span, day)
            : null;
        var unreasoned = string.IsNullOrWhiteSpace(reason) ? SuppressionFindings.NoReason(span) : null;
        if (unreasoned is null && wrong is null)
        {
            return new(kind, reason, day, span);
        }

        foreach (var finding in new[] { unreasoned, wrong }.OfType<Finding>())
        {
            findings.Add(finding);
        }

        return null;
    }
}
