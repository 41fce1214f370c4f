namespace CopilotSentinelKit.Cli;

/// <summary>Where a command writes, and whether a person watches.</summary>
/// <param name="Data">The standard output as it is, for what programs read: each of their formats has its own way to write any text.</param>
/// <param name="Screen">The standard error as it is, for what moves on it.</param>
/// <param name="Interactive">Whether <paramref name="Screen"/> is a terminal: colour and moving progress only then.</param>
internal sealed record Terminal(TextWriter Data, TextWriter Screen, bool Interactive)
{
    /// <summary>Results for people.</summary>
    public TextWriter Out => new TerminalWriter(Data, OutColour);

    /// <summary>Findings and advice.</summary>
    public TextWriter Error => new TerminalWriter(Screen, Interactive);

    /// <summary>Columns of <see cref="Out"/> where that is a terminal; null in a file or a pipe.</summary>
    public int? OutWidth { get; init; }

    /// <summary>Whether colour is welcome in <see cref="Out"/>.</summary>
    public bool OutColour { get; init; }

    /// <summary>Answers of a person, or null where nobody can be asked.</summary>
    public TextReader? Answers { get; init; }

    /// <summary>Says why a command could not do what was asked, and gives the exit code of that.</summary>
    public async Task<int> FailAsync(string message)
    {
        await Error.WriteLineAsync("csk: error: " + message);
        return ExitCodes.Usage;
    }

    /// <summary>The process's own console; NO_COLOR (no-color.org) and TERM=dumb switch colour and progress off.</summary>
    public static Terminal OfConsole() => new(
        Console.Out,
        Console.Error,
        IsInteractive(Console.IsErrorRedirected))
    {
        OutWidth = Console.IsOutputRedirected ? null : Console.WindowWidth,
        OutColour = IsInteractive(Console.IsOutputRedirected),
        Answers = Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In,
    };

    /// <summary>Whether colour and movement are welcome.</summary>
    internal static bool IsInteractive(bool redirected) =>
        !redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
