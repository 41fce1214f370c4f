using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Points of time that a query writes out, such as datetime(2026-01-31).</summary>
internal static partial class WrittenTime
{
    /// <summary>What stands between the brackets of a literal, without quotes; null where it is none.</summary>
    public static string? TextOf(SyntaxNode literal) => Content().Match(literal.Source) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The time of a literal in UTC; null where it is none that can be read without doubt.</summary>
    public static DateTime? Of(SyntaxNode literal)
    {
        try
        {
            return literal.Kind == "DateTimeLiteralExpression" && TextOf(literal) is { } text && TimeText.ReadDateTime(text) is { IsNull: false } time ? new DateTime(time.Bits, DateTimeKind.Utc) : null;
        }
        catch (EvaluationException)
        {
            return null;
        }
    }

    /// <summary>Whether a text is surely no time: a name, a month that the year does not have.</summary>
    public static bool IsUnreadable(string text)
    {
        if (text is "" or "null" or "now" || (!Year().IsMatch(text) && !DayFirst().IsMatch(text) && text.Any(char.IsAsciiDigit)))
        {
            return false;
        }

        try
        {
            return TimeText.ReadDateTime(text).IsNull;
        }
        catch (EvaluationException)
        {
            return DayFirst().IsMatch(text);
        }
    }

    [GeneratedRegex(@"^\w+\s*\(\s*['""]?(.*?)['""]?\s*\)\z", RegexOptions.Singleline)]
    private static partial Regex Content();

    [GeneratedRegex("^[0-9]{4}-[0-9]{1,2}")]
    private static partial Regex Year();

    // The first number is no month, and Kusto reads it as one.
    [GeneratedRegex("^(1[3-9]|2[0-9]|3[01])[/.][0-9]{1,2}[/.][0-9]{4}")]
    private static partial Regex DayFirst();
}
