using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>Finds the comments that speak to the kit: behind <c>#</c> in YAML, behind <c>//</c> in KQL wherever it stands.</summary>
internal static partial class SuppressionComments
{
    /// <summary>What such a comment starts with.</summary>
    public const string Mark = "csk:";

    /// <summary>The comments of a file, in order. A comment behind something is for its line; one that stands alone is for the next line that is no comment.</summary>
    public static ImmutableArray<SuppressionComment> Read(SourceFile file)
    {
        if (!file.Text.Contains(Mark, StringComparison.Ordinal))
        {
            return [];
        }

        var comments = ImmutableArray.CreateBuilder<SuppressionComment>();
        var lines = LogicalLines.Of(file);
        for (var i = 0; i < lines.Length; i++)
        {
            var (start, end) = lines[i];
            var line = file.Text[start..end];
            if (Comment().Match(line) is { Success: true } match && (match.Groups["sign"].Value == "//" || IsYaml(file)))
            {
                var alone = string.IsNullOrWhiteSpace(line[..match.Groups["sign"].Index]);
                var to = alone ? EndOfNext(file, lines, i) : end;
                comments.Add(Parse(file, start + match.Groups["body"].Index, Body(file, match.Groups["body"].Value), start, to));
            }
        }

        return comments.ToImmutable();
    }

    private static SuppressionComment Parse(SourceFile file, int at, string body, int from, int to)
    {
        var span = new SourceSpan(file, at, body.Length);
        if (Order().Match(body) is not { Success: true } order)
        {
            var verb = FirstWord().Match(body[Mark.Length..]).Value;
            return new(span, verb, [], null, "", from, to);
        }

        var codes = order.Groups["codes"];
        var date = order.Groups["date"];
        return new(
            span,
            "ignore",
            [.. Word().Matches(codes.Value).Select(code => new Spanned<string>(code.Value, new(file, at + codes.Index + code.Index, code.Length)))],
            date.Success ? new Spanned<string>(date.Value, new(file, at + date.Index, date.Length)) : null,
            order.Groups["reason"].Value.Trim(),
            from,
            to);
    }

    private static int EndOfNext(SourceFile file, ImmutableArray<(int Start, int End)> lines, int index)
    {
        for (var i = index + 1; i < lines.Length; i++)
        {
            var line = file.Text.AsSpan(lines[i].Start, lines[i].End - lines[i].Start).Trim();
            if (!line.IsEmpty && !line.StartsWith("//") && !(line.StartsWith("#") && IsYaml(file)))
            {
                return lines[i].End;
            }
        }

        return lines[index].End;
    }

    /// <summary>In JSON, the quote that ends the string ends the comment.</summary>
    private static string Body(SourceFile file, string body) =>
        LogicalLines.IsJson(file) && body.IndexOf('"', StringComparison.Ordinal) is >= 0 and var quote ? body[..quote] : body.TrimEnd();

    private static bool IsYaml(SourceFile file) =>
        file.Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<=^|\s)(?<sign>#|//)[ \t]*(?<body>csk:.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^csk:\s*ignore\b(?<codes>[^:]*?)(?:\buntil\b\s*(?<date>[^\s:]*)\s*)?(?::(?<reason>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Order();

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"[^\s,]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
