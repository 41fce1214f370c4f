namespace CopilotSentinelKit.Kql.Text;

/// <summary>Where a finding was suppressed; SARIF's words.</summary>
public enum SuppressionKind
{
    /// <summary>By a comment beside what the finding is about.</summary>
    InSource,

    /// <summary>By an entry of kit.yaml.</summary>
    External,

    /// <summary>By a baseline.</summary>
    Baseline,
}

/// <summary>Why a finding does not count.</summary>
/// <param name="Kind">By a comment, kit.yaml or a baseline.</param>
/// <param name="Reason">The reason as written.</param>
/// <param name="Expires">The last day on which it holds.</param>
/// <param name="Place">The comment, or the code in kit.yaml.</param>
public sealed record Suppression(SuppressionKind Kind, string Reason, DateOnly Expires, SourceSpan Place);
