namespace CopilotSentinelKit.Emit;

/// <summary>What a version did while content changed, or did not.</summary>
internal enum VersionStep
{
    /// <summary>As it should: one step up with a change, or none without; or a version that is no version, which is reported elsewhere.</summary>
    Right,

    /// <summary>It fell.</summary>
    Down,

    /// <summary>It stayed although the content changed.</summary>
    Missing,

    /// <summary>It rose by more than one step.</summary>
    Jump,

    /// <summary>It rose although nothing changed.</summary>
    Needless,
}

/// <summary>Compares versions.</summary>
internal static class VersionSteps
{
    /// <summary>What happened from one entry to the next.</summary>
    public static VersionStep Between(LockEntry before, LockEntry now)
    {
        if (!Version.TryParse(before.Version, out var from) || !Version.TryParse(now.Version, out var to))
        {
            return VersionStep.Right;
        }

        var changed = before.Hash != now.Hash;
        return to.CompareTo(from) switch
        {
            < 0 => VersionStep.Down,
            0 => changed ? VersionStep.Missing : VersionStep.Right,
            _ => !changed ? VersionStep.Needless : IsJump(from, to) ? VersionStep.Jump : VersionStep.Right,
        };
    }

    // The first number that differs is the one that was meant to rise; those after it start anew.
    private static bool IsJump(Version from, Version to) =>
        to.Major != from.Major ? to.Major - from.Major > 1
        : to.Minor != from.Minor ? to.Minor - from.Minor > 1
        : to.Build - Math.Max(from.Build, 0) > 1;
}
