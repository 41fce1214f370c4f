using System.Globalization;
using System.Text.RegularExpressions;
using Kusto.Language.Parsing;
using Kusto.Language.Syntax;
using Scriban.Runtime;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>The filters <c>kql</c> and <c>kql_name</c>: values as KQL, by the rules of src/language-host/filters.js.</summary>
internal static partial class KqlText
{
    /// <summary>A value as a literal.</summary>
    /// <exception cref="TemplateMistake">It has none.</exception>
    public static string Literal(object? value) => value switch
    {
        string text => String(text),
        double number => Number(number),
        bool truth => truth ? "true" : "false",
        Typed typed => TypedLiteral(typed),
        ScriptArray items => List(items),
        KqlValue => throw TemplateMistake.Value("This is KQL already; a filter would change its meaning."),
        _ => throw TemplateMistake.Value("A value that is null, empty or an object has no KQL literal."),
    };

    /// <summary>A value as a name: plain, or <c>['quoted']</c> when it is no identifier or is a keyword.</summary>
    /// <exception cref="TemplateMistake">It is none.</exception>
    public static string Name(object? value) => value switch
    {
        Typed { Type: not ("column" or "name") } => throw TemplateMistake.Value("A name must be a text or a column."),
        Typed typed => Name(typed.Value),
        string { Length: 0 } => throw TemplateMistake.Value("A name must not be empty."),
        string name when Identifier().IsMatch(name) && TokenParser.ParseToken(name) is { Kind: SyntaxKind.IdentifierToken } token && token.Text == name => name,
        string name => $"['{String(name)[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']",
        _ => throw TemplateMistake.Value("A name must be a text or a column."),
    };

    // Also valid JSON, so that it may stand inside dynamic().
    private static string String(string text) => $"\"{Special().Replace(text, match => match.Value switch
    {
        "\\" => "\\\\",
        "\"" => "\\\"",
        "\n" => "\\n",
        "\r" => "\\r",
        "\t" => "\\t",
        var other => FormattableString.Invariant($"\\u{(int)other[0]:X4}"),
    })}\"";

    private static string Number(double number)
    {
        if (!double.IsFinite(number))
        {
            throw TemplateMistake.Value("A number is not finite.");
        }

        if (!double.IsInteger(number))
        {
            return $"real({Js.Text(number)})";
        }

        return Math.Abs(number) <= Js.MaxSafe ? Js.Text(number) : throw TemplateMistake.Value($"The number {Js.Text(number)} is too large to be exact; give it the type long.");
    }

    private static string TypedLiteral(Typed typed)
    {
        var text = typed.ToString();
        return typed.Type switch
        {
            "timespan" when Span().IsMatch(text) => text,
            "timespan" when Clock().IsMatch(text) => $"timespan({text})",
            "timespan" => throw TemplateMistake.Value($"\"{text}\" is no timespan such as 14d or 1.06:30:00."),
            "datetime" when Date().IsMatch(text) => $"datetime({text})",
            "datetime" => throw TemplateMistake.Value($"\"{text}\" is no datetime such as 2024-05-01T12:00:00Z."),
            "real" when Real().IsMatch(text) => $"real({text})",
            "real" => throw TemplateMistake.Value($"\"{text}\" is no real number."),
            "long" when Whole().IsMatch(text) && long.TryParse(text, CultureInfo.InvariantCulture, out _) => text,
            "long" => throw TemplateMistake.Value($"\"{text}\" is no long."),

            // KQL that the mapping's author or the generator wrote: it means what it says, as the query of a detection does.
            "expression" => text,
            _ => Name(typed.Value),
        };
    }

    private static string List(ScriptArray items)
    {
        if (items is ColumnList || (items.Count > 0 && items.All(item => item is Typed { Type: "column" })))
        {
            return items.Count > 0 ? string.Join(", ", items.Select(Name)) : throw TemplateMistake.Value("A list of columns must not be empty.");
        }

        return $"dynamic([{string.Join(", ", items.Select(item => item switch
        {
            string text => String(text),
            bool truth => truth ? "true" : "false",
            double number when double.IsInteger(number) && Math.Abs(number) <= Js.MaxSafe => Js.Text(number),
            _ => throw TemplateMistake.Value("A list may hold texts, whole numbers and booleans only."),
        }))}])";
    }

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
    private static partial Regex Real();

    [GeneratedRegex(@"\A-?[0-9]{1,19}\z")]
    private static partial Regex Whole();
}
