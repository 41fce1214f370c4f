namespace CopilotSentinelKit.Cli;

/// <summary>Where a command writes, and whether a person watches.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Findings, progress and advice.</param>
/// <param name="Interactive">Whether <paramref name="Error"/> is a terminal: colour and moving progress only then.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool Interactive)
{
    /// <summary>The process's own console; NO_COLOR (no-color.org) and TERM=dumb switch colour and progress off.</summary>
    public static Terminal OfConsole() => new(
        Console.Out,
        Console.Error,
        IsInteractive(Console.IsErrorRedirected));

    /// <summary>Whether colour and movement are welcome.</summary>
    internal static bool IsInteractive(bool redirected) =>
        !redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
