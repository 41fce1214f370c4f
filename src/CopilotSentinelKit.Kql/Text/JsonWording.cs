

namespace CopilotSentinelKit.Kql.Text;

/// <summary>The findings about a JSON text, which say what it is a part of.</summary>
/// <param name="Syntax">What is no JSON: its place and why.</param>
/// <param name="TooDeep">What nests too deep: its place and the limit.</param>
/// <param name="DuplicateKey">A key that is there twice: its place, the key, and the first one's place.</param>
internal sealed record JsonWording(
    Func<SourceSpan, string, Finding> Syntax, Func<SourceSpan, int, Finding> TooDeep, Func<SourceSpan, string, SourceSpan, Finding> DuplicateKey);
