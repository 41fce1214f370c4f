namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>A file for a person to go on from.</summary>
/// <param name="Path">Its path in the project, with forward slashes.</param>
/// <param name="Text">Its text, with LF.</param>
internal sealed record ScaffoldFile(string Path, string Text)
{
    /// <summary>Whether it is a script that git must be able to run.</summary>
    public bool IsProgram => Text.StartsWith("#!", StringComparison.Ordinal);
}
