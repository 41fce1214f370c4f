
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>An audit record as the Office 365 Management Activity API gives it, whatever it was wrapped in.</summary>
/// <param name="Members">Its members, CreationTime as a text among them.</param>
/// <param name="Span">Where it was written.</param>
public sealed record AuditRecord(DynamicBag Members, SourceSpan Span);
