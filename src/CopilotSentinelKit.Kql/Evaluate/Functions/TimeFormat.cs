using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>The formats of format_datetime() and format_timespan().</summary>
internal static class TimeFormat
{
    private const string Delimiters = " /-:,._[]";
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Writes ticks in a format; null when an element of it is documented nowhere.</summary>
    public static Func<long, string>? Read(string format, bool isTimespan)
    {
        var parts = new List<Func<DateTime, long, string>>();
        for (var i = 0; i < format.Length;)
        {
            // Of letters in a row as many as make an element: dddd is dd twice.
            var length = 1;
            while (i + length < format.Length && format[i + length] == format[i])
            {
                length++;
            }

            while (length > 0 && Part(format.Substring(i, length), isTimespan) is null)
            {
                length--;
            }

            if (length == 0)
            {
                return null;
            }

            parts.Add(Part(format.Substring(i, length), isTimespan)!);
            i += length;
        }

        return ticks =>
        {
            var length = ticks == long.MinValue ? long.MaxValue : Math.Abs(ticks);
            var time = new DateTime(isTimespan ? length % TimeSpan.TicksPerDay : ticks);
            return parts.Aggregate(new StringBuilder(isTimespan && ticks < 0 ? "-" : ""), (text, part) => text.Append(part(time, length))).ToString();
        };
    }

    private static Func<DateTime, long, string>? Part(string element, bool isTimespan) =>
        Delimiters.Contains(element[0], StringComparison.Ordinal) ? (_, _) => element
        : Fraction(element[0], element.Length) ?? (isTimespan ? OfTimespan(element) : OfDateTime(element));

    private static Func<DateTime, long, string>? Fraction(char letter, int length) => letter is 'f' or 'F' && length <= 7
        ? (time, _) => (time.Ticks % TimeSpan.TicksPerSecond).ToString("D7", Culture)[..length] is var digits && letter == 'F' ? digits.TrimEnd('0') : digits
        : null;

    private static Func<DateTime, long, string>? OfDateTime(string element) => element switch
    {
        "d" or "dd" => (time, _) => Number(time.Day, element),
        "h" or "hh" => (time, _) => Number(time.Hour % 12 == 0 ? 12 : time.Hour % 12, element),
        "M" or "MM" => (time, _) => Number(time.Month, element),
        "y" or "yy" => (time, _) => Number(time.Year % 100, element),
        "yyyy" => (time, _) => Number(time.Year, element),
        "tt" => (time, _) => time.Hour < 12 ? "AM" : "PM",
        _ => OfClock(element),
    };

    private static Func<DateTime, long, string>? OfTimespan(string element) =>
        element.Trim('d').Length == 0 && element.Length <= 8 ? (_, ticks) => Number((int)(ticks / TimeSpan.TicksPerDay), element)
        : element is "h" or "hh" ? (time, _) => Number(time.Hour, element)
        : OfClock(element);

    private static Func<DateTime, long, string>? OfClock(string element) => element switch
    {
        "H" or "HH" => (time, _) => Number(time.Hour, element),
        "m" or "mm" => (time, _) => Number(time.Minute, element),
        "s" or "ss" => (time, _) => Number(time.Second, element),
        _ => null,
    };

    private static string Number(int number, string element) => number.ToString(Culture).PadLeft(element.Length, '0');
}
