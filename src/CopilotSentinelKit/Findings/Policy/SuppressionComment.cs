using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>A comment that asks to ignore findings, as written: <c># csk: ignore CSK0451 until 2027-01-31: why</c>.</summary>
/// <param name="Span">The comment from "csk:" on.</param>
/// <param name="Verb">Its first word, which should be "ignore".</param>
/// <param name="Codes">Codes, with their places.</param>
/// <param name="Expires">What stands behind "until", or null.</param>
/// <param name="Reason">What stands behind the colon; may be empty.</param>
/// <param name="From">Offset where what it is for starts.</param>
/// <param name="To">Offset where that ends.</param>
internal sealed record SuppressionComment(
    SourceSpan Span, string Verb, ImmutableArray<Spanned<string>> Codes, Spanned<string>? Expires, string Reason, int From, int To)
{
    /// <summary>Whether a place is what the comment is for.</summary>
    public bool Covers(SourceSpan place) => place.File.Path == Span.File.Path && place.Start >= From && place.Start <= To;
}
