using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>Tags of Liquid, which templates were written in: <c>{% for x in y %}</c>. Each is told with its counterpart in Scriban.</summary>
internal static partial class LiquidTag
{
    /// <summary>The first of a template, as the mistake that it is; null when there is none.</summary>
    public static TemplateMistake? Find(string text, TemplateTags tags) =>
        Tag().Matches(text).FirstOrDefault(tag => !tags.Holds(tag.Index)) is { } match
            ? TemplateMistake.Liquid(match.Value, Counterpart(match.Groups["code"].Value), new(match.Index, match.Length))
            : null;

    private static string Counterpart(string liquid)
    {
        var (left, right) = (liquid.StartsWith('-') ? "-" : "", liquid.EndsWith('-') ? "-" : "");
        var words = liquid.Trim('-').Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Advice(words.FirstOrDefault(""), Expression(words.ElementAtOrDefault(1) ?? "")) is { } code
            ? $"write \"{{{{{left} {code} {right}}}}}\""
            : "it has no counterpart there";
    }

    private static string? Advice(string word, string rest) => word switch
    {
        "if" or "for" or "case" or "when" or "capture" => $"{word} {rest}",
        "elsif" => $"else if {rest}",
        "unless" => $"if !({rest})",
        "assign" => rest,
        "else" or "break" or "continue" => word,
        "endif" or "endunless" or "endfor" or "endcase" or "endcapture" => "end",
        "comment" or "#" => "## the comment ##",
        "endcomment" => "##",
        _ => null,
    };

    private static string Expression(string liquid) =>
        Word().Replace(liquid, match => match.Value switch
        {
            "and" => "&&",
            "or" => "||",
            "nil" => "null",
            "forloop.last" => "for.last",
            "forloop.first" => "for.first",
            "forloop.index0" => "for.index",
            "forloop.index" => "for.index + 1",
            "forloop.length" => "for.length",
            var other => other,
        });

    [GeneratedRegex(@"\{%(?!\{)(?<code>[^%\n]*)%\}")]
    private static partial Regex Tag();

    // A text in quotes is one match, so that nothing in it is replaced.
    [GeneratedRegex("\"[^\"]*\"|'[^']*'|[A-Za-z_][A-Za-z0-9_.]*")]
    private static partial Regex Word();
}
