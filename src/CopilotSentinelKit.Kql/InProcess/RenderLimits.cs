namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>Counts work and room instead of time, so that a template ends the same way on every machine; the same numbers as in src/language-host/liquid.js.</summary>
internal sealed class RenderLimits
{
    /// <summary>Characters of a template that are read, and that it may write.</summary>
    public const int MaxTemplate = 4 * 1024 * 1024;

    /// <summary>Characters that a template may write.</summary>
    public const int MaxText = 1024 * 1024;

    private const long MaxMemory = 8 * 1024 * 1024;
    private const int MaxSteps = 200_000;

    private long _used;
    private int _steps;

    /// <summary>Notes that something is done.</summary>
    /// <exception cref="TemplateMistake">It is once too often.</exception>
    public void Step()
    {
        if (++_steps > MaxSteps)
        {
            throw TooManySteps();
        }
    }

    /// <summary>Notes that characters or items are kept.</summary>
    /// <exception cref="TemplateMistake">They are too many.</exception>
    public void Use(long count)
    {
        _used += Math.Max(0, count);
        if (_used > MaxMemory)
        {
            throw TooMuch();
        }
    }

    public static TemplateMistake TooManySteps() => TemplateMistake.Limit("The template takes too many steps; a loop in it is too long.");

    public static TemplateMistake TooMuch() => TemplateMistake.Limit("The template needs too much memory.");
}
