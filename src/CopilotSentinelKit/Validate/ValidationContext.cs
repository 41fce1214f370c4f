
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Validate;

/// <summary>What checks may look up beside the content itself.</summary>
/// <param name="Schema">What queries can name; the same that they were analysed against.</param>
/// <param name="ForPortal">Whether what changes with the Defender portal is wanted too.</param>
internal sealed record ValidationContext(KqlSchema Schema, bool ForPortal = false);
