using System.Globalization;
using System.Text.RegularExpressions;
using Scriban.Runtime;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>The filters that templates may use. Scriban's own of the same names convert, compare and round in other ways than LiquidJS: these do as it does.</summary>
internal static partial class LiquidFilters
{
    /// <summary>A filter: its input, its arguments, and what counts characters and items.</summary>
    public delegate object? Filter(object? value, IReadOnlyList<object?> arguments, RenderLimits limits);

    private static readonly Dictionary<string, Filter> All = new(StringComparer.Ordinal)
    {
        ["kql"] = (value, _, _) => new KqlValue(KqlText.Literal(value), (value as Typed)?.Origin),
        ["kql_name"] = (value, _, _) => new KqlValue(KqlText.Name(value), (value as Typed)?.Origin),
        ["abs"] = (value, _, _) => Math.Abs(Number(value)),
        ["append"] = (value, arguments, _) => Js.Text(value) + Js.Text(Needed(arguments, "append")),
        ["capitalize"] = (value, _, _) => Js.Text(value) is { Length: > 0 } text ? text[..1].ToUpperInvariant() + text[1..].ToLowerInvariant() : "",
        ["ceil"] = (value, _, _) => Math.Ceiling(Number(value)),
        ["compact"] = (value, _, _) => new ScriptArray(Items(value).Where(item => Js.Plain(item) is not null)),
        ["concat"] = (value, arguments, _) => new ScriptArray(Items(value).Concat(Items(At(arguments, 0)))),
        ["default"] = (value, arguments, _) => Default(value, arguments),
        ["divided_by"] = (value, arguments, _) => arguments.Count > 1 && Number(arguments[1]) != 0
            ? Math.Floor(Number(value) / Number(arguments, 0))
            : Number(value) / Number(arguments, 0),
        ["downcase"] = (value, _, _) => Js.Text(value).ToLowerInvariant(),
        ["first"] = (value, _, _) => Element(value, 0),
        ["floor"] = (value, _, _) => Math.Floor(Number(value)),
        ["join"] = (value, arguments, _) => string.Join(arguments.Count > 0 && Js.Plain(arguments[0]) is { } between ? Js.Text(between) : " ", Items(value).Select(Js.Written)),
        ["last"] = (value, _, _) => Element(value, -1),
        ["lstrip"] = (value, arguments, _) => arguments.Count > 0 ? TrimStart(Js.Text(value), Js.Text(arguments[0])) : Js.TrimStart(Js.Text(value)),
        ["map"] = (value, arguments, _) => new ScriptArray(Items(value).Select(item => LiquidPath.Find(item, Js.Text(At(arguments, 0)).Split('.')))),
        ["minus"] = (value, arguments, _) => Number(value) - Number(arguments, 0),
        ["modulo"] = (value, arguments, _) => ((Number(value) % Number(arguments, 0)) + Number(arguments, 0)) % Number(arguments, 0),
        ["plus"] = (value, arguments, _) => Number(value) + Number(arguments, 0),
        ["prepend"] = (value, arguments, _) => Js.Text(Needed(arguments, "prepend")) + Js.Text(value),
        ["remove"] = (value, arguments, limits) => Replace(Js.Text(value), Js.Text(At(arguments, 0)), "", limits),
        ["remove_first"] = (value, arguments, _) => ReplaceFirst(Js.Text(value), Js.Text(At(arguments, 0)), ""),
        ["replace"] = (value, arguments, limits) => Replace(Js.Text(value), Js.Text(At(arguments, 0)), Js.Text(At(arguments, 1)), limits),
        ["replace_first"] = (value, arguments, _) => ReplaceFirst(Js.Text(value), Js.Text(At(arguments, 0)), Js.Text(At(arguments, 1))),
        ["reverse"] = (value, _, _) => new ScriptArray(Items(value).AsEnumerable().Reverse()),
        ["round"] = (value, arguments, _) => Round(Number(value), arguments.Count > 0 ? (int)Number(arguments[0]) : 0),
        ["rstrip"] = (value, arguments, _) => arguments.Count > 0 ? TrimEnd(Js.Text(value), Js.Text(arguments[0])) : Js.TrimEnd(Js.Text(value)),
        ["size"] = (value, _, _) => value is string text ? text.Length : value is ScriptArray items ? items.Count : 0d,
        ["slice"] = (value, arguments, _) => Slice(Js.Plain(value), Number(arguments, 0), arguments.Count > 1 ? Number(arguments[1]) : 1),
        ["sort"] = (value, arguments, _) => Sort(value, arguments),
        ["split"] = (value, arguments, _) => Split(Js.Text(value), Js.Text(At(arguments, 0))),
        ["strip"] = (value, arguments, _) => arguments.Count > 0 ? TrimEnd(TrimStart(Js.Text(value), Js.Text(arguments[0])), Js.Text(arguments[0])) : Js.Trim(Js.Text(value)),
        ["strip_newlines"] = (value, _, _) => LineEnd().Replace(Js.Text(value), ""),
        ["times"] = (value, arguments, _) => Number(value) * Number(arguments, 0),
        ["truncate"] = (value, arguments, _) => Truncate(value, arguments.Count > 0 ? Number(arguments[0]) : 50, arguments.Count > 1 ? Js.Text(arguments[1]) : "..."),
        ["uniq"] = (value, _, _) => new ScriptArray(Items(value).Distinct()),
        ["upcase"] = (value, _, _) => Js.Text(value).ToUpperInvariant(),
    };

    /// <summary>Those that an output may end in.</summary>
    public static bool Escapes(string name) => name is "kql" or "kql_name";

    public static bool Exists(string name) => All.ContainsKey(name);

    /// <summary>What a filter makes of a value.</summary>
    /// <exception cref="TemplateMistake">The filter takes no such value, or the result is too large.</exception>
    public static object? Apply(string name, object? value, IReadOnlyList<object?> arguments, RenderLimits limits)
    {
        var result = All[name](value, arguments, limits);
        limits.Use(result switch
        {
            string text => text.Length,
            KqlValue kql => kql.Text.Length,
            ScriptArray items => items.Count,
            int => 0,
            _ => 0,
        });
        return result is int number ? (double)number : result;
    }

    private static double Number(object? value) => Js.Number(value) is var number && double.IsNaN(number) ? 0 : number;

    private static double Number(IReadOnlyList<object?> arguments, int index) => index < arguments.Count ? Number(arguments[index]) : double.NaN;

    private static object? At(IReadOnlyList<object?> arguments, int index) => index < arguments.Count ? arguments[index] : null;

    private static object? Needed(IReadOnlyList<object?> arguments, string filter) =>
        arguments.Count == 1 ? arguments[0] : throw TemplateMistake.Syntax($"{filter} expect 2 arguments");

    private static ScriptArray Items(object? value) => Js.Plain(value) switch
    {
        null => [],
        ScriptArray items => items,
        var single => [single],
    };

    private static object? Element(object? value, int index) => Js.Plain(value) switch
    {
        ScriptArray { Count: 0 } => LiquidPath.Missing,
        "" => "",
        ScriptArray items => items[index < 0 ? items.Count - 1 : index],
        string text => text[index < 0 ? ^1 : index].ToString(),
        _ => "",
    };

    private static object? Default(object? value, IReadOnlyList<object?> arguments)
    {
        var isEmpty = Js.Plain(value) is "" or ScriptArray { Count: 0 } || !Js.IsTrue(value);
        return isEmpty ? At(arguments, 0) : Js.Plain(value);
    }

    private static double Round(double number, int digits)
    {
        var scale = Math.Pow(10, digits);
        var scaled = decimal.TryParse(Js.Text(Math.Abs(number)), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && Math.Abs(digits) < 20 && scale * Math.Abs(number) <= Js.MaxSafe
            ? (double)(Math.Floor((exact * (decimal)scale) + 0.5m) / (decimal)scale)
            : Math.Abs(number);
        return number < 0 ? -scaled : scaled;
    }

    private static ScriptArray Sort(object? value, IReadOnlyList<object?> arguments)
    {
        var path = arguments.Count > 0 ? Js.Text(arguments[0]).Split('.') : null;
        return new ScriptArray(Items(value).Order(Comparer<object?>.Create((left, right) => Ordered(Of(left), Of(right)))));

        object? Of(object? item) => path is null ? item : LiquidPath.Find(item, path);
    }

    private static int Ordered(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        _ => Js.Compare(left, right) ?? 0,
    };

    private static string Replace(string text, string pattern, string replacement, RenderLimits limits)
    {
        if (pattern.Length == 0)
        {
            limits.Use((long)text.Length * (replacement.Length + 1));
            return string.Join(replacement, text.AsEnumerable());
        }

        var count = Regex.Count(text, Regex.Escape(pattern));
        limits.Use(text.Length + ((long)count * (replacement.Length - pattern.Length)));
        return text.Replace(pattern, replacement, StringComparison.Ordinal);
    }

    private static string ReplaceFirst(string text, string pattern, string replacement) =>
        text.IndexOf(pattern, StringComparison.Ordinal) is var at and >= 0 ? string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + pattern.Length)) : text;

    private static ScriptArray Split(string text, string separator)
    {
        var parts = separator.Length == 0 ? [.. text.Select(character => character.ToString())] : text.Split(separator).ToList();
        while (parts.Count > 0 && parts[^1].Length == 0)
        {
            parts.RemoveAt(parts.Count - 1);
        }

        return new(parts);
    }

    private static object? Slice(object? value, double begin, double length)
    {
        var items = value as ScriptArray;
        if (value is null)
        {
            return new ScriptArray();
        }

        // Of a text, whole characters: both halves of a surrogate pair or none.
        var characters = items is null ? StringRunes(Js.Text(value)) : [];
        var count = items?.Count ?? characters.Count;
        var from = begin < 0 ? count + begin : begin;
        var (skip, take) = from < 0 || length < 0 ? (0, 0) : ((int)Math.Min(from, count), (int)Math.Min(length, count));
        return items is null ? string.Concat(characters.Skip(skip).Take(take)) : new ScriptArray(items.Skip(skip).Take(take));
    }

    private static object? Truncate(object? value, double length, string end)
    {
        var characters = StringRunes(Js.Text(value));
        return characters.Count <= length ? value : string.Concat(characters.Take((int)Math.Max(length - StringRunes(end).Count, 0))) + end;
    }

    // Not Rune: half a surrogate pair must stay what it is.
    private static List<string> StringRunes(string text)
    {
        var characters = new List<string>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var size = char.IsSurrogatePair(text, i) ? 2 : 1;
            characters.Add(text.Substring(i, size));
            i += size - 1;
        }

        return characters;
    }

    private static string TrimStart(string text, string characters) =>
        string.Concat(StringRunes(text).SkipWhile(StringRunes(characters).Contains));

    private static string TrimEnd(string text, string characters) =>
        string.Concat(Enumerable.Reverse(Enumerable.Reverse(StringRunes(text)).SkipWhile(StringRunes(characters).Contains)));

    [GeneratedRegex(@"\r?\n")]
    private static partial Regex LineEnd();
}
