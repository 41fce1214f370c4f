using System.Collections;
using System.Globalization;
using Scriban.Runtime;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>How LiquidJS converts and compares values, which is how JavaScript does.</summary>
internal static class Js
{
    /// <summary>The largest whole number below which all are exact.</summary>
    public const double MaxSafe = 9007199254740991;

    // What JavaScript trims; .NET's own list is another.
    private static readonly char[] White =
        [.. "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"];

    public static string Trim(string text) => text.Trim(White);

    public static string TrimStart(string text) => text.TrimStart(White);

    public static string TrimEnd(string text) => text.TrimEnd(White);

    /// <summary>A typed value as the plain one that it compares as.</summary>
    public static object? Plain(object? value) => value switch
    {
        Typed typed => typed.Value,
        LiquidWord => "",
        _ => ReferenceEquals(value, LiquidPath.Missing) ? null : value,
    };

    public static bool IsTrue(object? value) => Plain(value) is not (null or false);

    public static string Text(object? value) => Plain(value) switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        double number => Text(number),
        ScriptObject => throw NoText(),
        IEnumerable items => string.Concat(items.Cast<object?>().Select(Text)),
        var other => other.ToString() ?? "",
    };

    /// <summary>A value as JavaScript itself writes it in a list.</summary>
    public static string Written(object? value) => Plain(value) is ScriptArray items ? Joined(items) : Text(value);

    /// <summary>A number as JavaScript writes it: the shortest digits that mean it, an exponent from 21 digits or 6 zeros on.</summary>
    public static string Text(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }

        if (number == 0)
        {
            return "0";
        }

        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var whole = parts[0].Split('.')[0];
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var point = whole.Length + exponent - (all.Length - digits.Length);
        digits = digits.TrimEnd('0');
        var text = point switch
        {
            > 21 or < -5 => digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + "e" + (point > 0 ? "+" : "-") + Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture),
            <= 0 => "0." + new string('0', -point) + digits,
            _ when point >= digits.Length => digits + new string('0', point - digits.Length),
            _ => digits[..point] + "." + digits[point..],
        };
        return number < 0 ? "-" + text : text;
    }

    /// <summary>A value as a number; not one where it is none.</summary>
    public static double Number(object? value) => Plain(value) switch
    {
        null => 0,
        double number => number,
        bool truth => truth ? 1 : 0,
        string text when Trim(text).Length == 0 => 0,
        ScriptArray items => Number(Joined(items)),
        ScriptObject => throw NoText(),
        string text => double.TryParse(Trim(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
        _ => double.NaN,
    };

    /// <summary>A value as a condition compares it: a list is its items with commas between.</summary>
    private static object? Primitive(object? value) => Plain(value) switch
    {
        ScriptArray items => Joined(items),
        ScriptObject => throw NoText(),
        var other => other,
    };

    private static string Joined(ScriptArray items) => string.Join(',', items.Select(Written));

    private static TemplateMistake NoText() => TemplateMistake.Syntax("an object is no text and no number");

    public static bool AreEqual(object? left, object? right)
    {
        if (left is LiquidWord word)
        {
            return word.Is(right);
        }

        if (right is LiquidWord other)
        {
            return other.Is(left);
        }

        return (Plain(left), Plain(right)) switch
        {
            (ScriptArray first, ScriptArray second) => first.Count == second.Count && first.Zip(second).All(pair => AreEqual(pair.First, pair.Second)),
            (string first, string second) => first == second,
            (double first, double second) => first == second,
            (bool first, bool second) => first == second,
            var (first, second) => ReferenceEquals(first, second),
        };
    }

    /// <summary>-1, 0 or 1 as the first is less, the same or more; null when they cannot be compared.</summary>
    public static int? Compare(object? left, object? right)
    {
        if (left is LiquidWord || right is LiquidWord)
        {
            return null;
        }

        if (Primitive(left) is string first && Primitive(right) is string second)
        {
            return Math.Sign(string.CompareOrdinal(first, second));
        }

        var (low, high) = (Number(left), Number(right));
        return double.IsNaN(low) || double.IsNaN(high) ? null : low.CompareTo(high);
    }
}

/// <summary>The words <c>empty</c> and <c>blank</c>, which equal more than one value.</summary>
internal sealed record LiquidWord(bool IsBlank)
{
    public bool Is(object? value) => Js.Plain(value) switch
    {
        null or false => IsBlank,
        string text => (IsBlank ? Js.Trim(text) : text).Length == 0,
        ScriptArray items => items.Count == 0,
        ScriptObject members => members.Count == 0,
        _ => false,
    };
}
