namespace CopilotSentinelKit.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    /// <summary>No finding at or above --fail-on, nothing stale.</summary>
    public const int Clean = 0;

    /// <summary>Findings at or above --fail-on, or stale output.</summary>
    public const int Findings = 1;

    /// <summary>Wrong usage, unreadable input, or a machine that lacks what the kit needs.</summary>
    public const int Usage = 2;
}
