using System.Collections;
using System.Numerics;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>Counts work and room instead of time, so that a template ends the same way on every machine.</summary>
internal sealed class RenderLimits
{
    /// <summary>Characters of a template that are read.</summary>
    public const int MaxTemplate = 4 * 1024 * 1024;

    /// <summary>Characters that a template may write, and that a text in it may have.</summary>
    public const int MaxText = 1024 * 1024;

    /// <summary>Rounds of one loop, and numbers of one range.</summary>
    public const int MaxRounds = 100_000;

    /// <summary>Functions in functions.</summary>
    public const int MaxCalls = 50;

    private const long MaxMemory = 8 * 1024 * 1024;
    private const int MaxSteps = 1_000_000;

    private long _used;
    private int _steps;

    /// <summary>Notes that something is done.</summary>
    /// <exception cref="TemplateMistake">It is once too often.</exception>
    public void Step()
    {
        if (++_steps > MaxSteps)
        {
            throw TemplateMistake.TooManySteps();
        }
    }

    /// <summary>Notes that a value was made.</summary>
    /// <exception cref="TemplateMistake">It is too large, or all together are.</exception>
    public void Use(object? made)
    {
        switch (made)
        {
            case string text:
                Use(text.Length);
                break;
            case IList items:
                Use(items.Count);
                break;
            case BigInteger:
                throw TemplateMistake.Limit("A number in the template is too large.");
        }
    }

    /// <summary>Notes that characters or items are kept.</summary>
    /// <exception cref="TemplateMistake">They are too many.</exception>
    public void Use(int count)
    {
        _used += count;
        if (count > MaxText || _used > MaxMemory)
        {
            throw TemplateMistake.TooMuch();
        }
    }
}
