using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Writes literals and names of KQL, so that a value means itself and nothing else.</summary>
internal static partial class KqlWriter
{
    private const string WordList = "reserved-words.txt";
    private static readonly Lazy<ImmutableHashSet<string>> _reserved = new(() => [.. DataFile.ReadRows(typeof(KqlWriter).Assembly, WordList).Select(row => row[0])]);

    /// <summary>Words that Kusto.Language takes for keywords or literals: as a name, each stands in brackets.</summary>
    public static ImmutableHashSet<string> ReservedWords => _reserved.Value;

    /// <summary>A text in double quotes. Also valid JSON, so that it may stand inside <c>dynamic()</c>.</summary>
    public static string Text(string text) => $"\"{Special().Replace(text, match => match.Value switch
    {
        "\\" => "\\\\",
        "\"" => "\\\"",
        "\n" => "\\n",
        "\r" => "\\r",
        "\t" => "\\t",
        var other => FormattableString.Invariant($"\\u{(int)other[0]:X4}"),
    })}\"";

    /// <summary>A name: plain, or <c>['quoted']</c> when it is no identifier or is reserved.</summary>
    /// <exception cref="FormatException">It is empty.</exception>
    public static string Name(string name) => name switch
    {
        "" => throw new FormatException("A name must not be empty."),
        _ when Identifier().IsMatch(name) && !ReservedWords.Contains(name) => name,
        _ => $"['{Text(name)[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']",
    };

    /// <summary>true or false.</summary>
    public static string Bool(bool value) => value ? "true" : "false";

    /// <summary>A whole number.</summary>
    public static string Long(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number that may have a fraction: <c>real(0.5)</c>.</summary>
    /// <exception cref="FormatException">It is not finite.</exception>
    public static string Real(double number) => double.IsFinite(number)
        ? $"real({number.ToString("R", CultureInfo.InvariantCulture)})"
        : throw new FormatException("A number is not finite.");

    /// <summary>The same of a number as a person wrote it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string Real(string text) => Number().IsMatch(text) ? $"real({text})" : throw new FormatException($"\"{text}\" is no real number.");

    /// <summary>A time span: 14d as it is, else <c>timespan(1.06:30:00)</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string Timespan(string text) => Span().IsMatch(text) ? text
        : Clock().IsMatch(text) ? $"timespan({text})"
        : throw new FormatException($"\"{text}\" is no timespan such as 14d or 1.06:30:00.");

    /// <summary>A time: <c>datetime(2024-05-01T12:00:00Z)</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string Datetime(string text) =>
        Date().IsMatch(text) ? $"datetime({text})" : throw new FormatException($"\"{text}\" is no datetime such as 2024-05-01T12:00:00Z.");

    /// <summary>A list of literals that JSON has too: <c>dynamic(["a", 1, true])</c>.</summary>
    public static string List(IEnumerable<string> literals) => $"dynamic([{string.Join(", ", literals)}])";

    // What a lexer or an editor could take for the end of the line or the text, and halves of surrogate pairs.
    [GeneratedRegex(@"[\\""\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")]
    private static partial Regex Special();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\A[0-9]{1,10}(d|h|m|s|ms)\z")]
    private static partial Regex Span();

    [GeneratedRegex(@"\A([0-9]{1,8}\.)?([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?\z")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?\z")]
    private static partial Regex Date();

    [GeneratedRegex(@"\A-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?\z")]
    private static partial Regex Number();
}
