
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Validate;

/// <summary>What checks may look up beside the content itself.</summary>
/// <param name="Schema">What queries can name; the same that they were analysed against.</param>
internal sealed record ValidationContext(KqlSchema Schema);
