using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Generate.Templates;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Writes values into HTML: https://html.spec.whatwg.org/multipage/syntax.html.</summary>
internal static partial class HtmlText
{
    // For colours only: a word that is missing here is black.
    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
        [
            "and", "as", "asc", "between", "by", "contains", "count", "datatable", "desc", "distinct", "endswith", "evaluate", "extend", "externaldata", "false", "find", "has", "has_all",
            "has_any", "has_cs", "hint", "in", "invoke", "join", "kind", "let", "limit", "lookup", "make-series", "materialize", "matches", "mv-apply", "mv-expand", "not", "null", "of", "on", "or", "order",
            "parse", "partition", "print", "project", "project-away", "project-rename", "project-reorder", "regex", "render", "scan", "search", "serialize", "sort", "startswith", "summarize", "take", "to", "top",
            "true", "typeof", "union", "where", "with",
        ],
        StringComparer.Ordinal);

    /// <summary>Text in an element or in an attribute that is quoted. Characters that HTML has no form for become U+FFFD.</summary>
    public static string Text(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\'' => text.Append("&#39;"),
                '\n' or '\t' => text.Append((char)rune.Value),
                < 0x20 or (>= 0x7f and < 0xa0) => text.Append('\uFFFD'),
                _ => text.Append(rune.ToString()),
            };
        }

        return text.ToString();
    }

    /// <summary>An address of the web, for an attribute that is quoted.</summary>
    /// <exception cref="TemplateMistake">It is none: one of another scheme could run a script.</exception>
    public static string Url(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? Text(value)
            : throw TemplateMistake.Value("Only addresses that begin with https:// or http:// can be followed.");

    /// <summary>KQL with its words coloured, and links behind names.</summary>
    /// <param name="query">The KQL.</param>
    /// <param name="links">Addresses by name.</param>
    public static string Kql(string query, ImmutableDictionary<string, string> links)
    {
        var html = new StringBuilder();
        var end = 0;
        foreach (Match token in Token().Matches(query))
        {
            html.Append(Text(query[end..token.Index]));
            var text = Text(token.Value);
            if (links.TryGetValue(token.Value, out var link))
            {
                html.Append(CultureInfo.InvariantCulture, $"<a href=\"{Text(link)}\">{text}</a>");
            }
            else if (ClassOf(token, query) is { } name)
            {
                html.Append(CultureInfo.InvariantCulture, $"<span class=\"{name}\">{text}</span>");
            }
            else
            {
                html.Append(text);
            }

            end = token.Index + token.Length;
        }

        return html.Append(Text(query[end..])).ToString();
    }

    private static string? ClassOf(Match token, string query) => token.Value[0] switch
    {
        '/' => "c",
        '"' or '\'' or '@' => "s",
        >= '0' and <= '9' => "n",
        '|' => "p",
        _ when Keywords.Contains(token.Value) => "k",
        _ when query.AsSpan(token.Index + token.Length).StartsWith("(") => "f",
        _ => null,
    };

    [GeneratedRegex("""//[^\n]*|@"(?:""|[^"])*"|@'(?:''|[^'])*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\b[0-9][0-9A-Za-z.]*|(?:make-series|mv-apply|mv-expand|project-away|project-rename|project-reorder)\b|[A-Za-z_]\w*|\|""")]
    private static partial Regex Token();
}
