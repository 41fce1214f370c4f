namespace CopilotSentinelKit.Kql.Language;

/// <summary>The language service is missing, too old, died, hung or answered nonsense: a fault of the machine, not of any spec.</summary>
/// <param name="code">The finding's code, CSK09xx.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="inner">The cause, if another exception is.</param>
public sealed class LanguageServiceException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The finding's code.</summary>
    public string Code { get; } = code;
}
