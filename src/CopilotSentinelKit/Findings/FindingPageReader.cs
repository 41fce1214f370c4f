using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Reads a Markdown file of pages: a heading with the subject (else the file's name says it), then for each code a heading, three lines of facts, the text and the examples.</summary>
internal static partial class FindingPageReader
{
    private const string Fence = "```";
    private const string NoExample = "Example: none, because ";

    /// <exception cref="FormatException">The file has not this form.</exception>
    public static IEnumerable<FindingPage> Read(string name, string text)
    {
        var lines = text.Split('\n');
        var group = lines[0].StartsWith("# ", StringComparison.Ordinal) ? lines[0][2..].Trim() : Subject(name);
        var starts = Starts(lines).ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : lines.Length;
            yield return Page(name, lines[starts[i]..end]) with { Group = group };
        }
    }

    // schedule-and-time.md: "Schedule and time".
    private static string Subject(string name) => char.ToUpperInvariant(name[0]) + Path.GetFileNameWithoutExtension(name)[1..].Replace('-', ' ');

    private static IEnumerable<int> Starts(string[] lines)
    {
        var inside = false;
        for (var i = 0; i < lines.Length; i++)
        {
            inside ^= lines[i].StartsWith(Fence, StringComparison.Ordinal);
            if (!inside && lines[i].StartsWith("## ", StringComparison.Ordinal))
            {
                yield return i;
            }
        }
    }

    private static FindingPage Page(string name, string[] lines)
    {
        var heading = Heading().Match(lines[0]);
        if (!heading.Success || lines.Length < 4)
        {
            throw new FormatException($"{name}: \"{lines[0]}\" is not \"## \", a code and a title, followed by its facts.");
        }

        var body = new List<string>();
        var examples = ImmutableArray.CreateBuilder<FindingExample>();
        for (var i = 4; i < lines.Length; i++)
        {
            if (Opening().Match(lines[i]) is not { Success: true } opening)
            {
                body.Add(lines[i]);
                continue;
            }

            var end = Array.FindIndex(lines, i + 1, line => line.StartsWith(Fence, StringComparison.Ordinal));
            if (end < 0)
            {
                throw new FormatException($"{name}: in \"{lines[0]}\", a block is not closed.");
            }

            var code = string.Concat(lines[(i + 1)..end].Select(line => line + "\n"));
            var language = opening.Groups["language"].Value;
            examples.Add(new(language, opening.Groups["sort"].Value == "finding", opening.Groups["kind"] is { Success: true } kind ? kind.Value : language, code));
            i = end;
        }

        var (said, reason) = Split(string.Join('\n', body));
        return new(
            heading.Groups["code"].Value,
            heading.Groups["title"].Value,
            Severity(Fact(1, "Severity")),
            Fact(2, "Protects from"),
            Fact(3, "Also in"),
            said,
            examples.DrainToImmutable())
        {
            NoExample = reason,
        };

        string Fact(int line, string label) => lines[line].StartsWith(label + ": ", StringComparison.Ordinal)
            ? lines[line][(label.Length + 2)..].Trim()
            : throw new FormatException($"{name}: after \"{lines[0]}\", line {line} is not \"{label}: ...\".");
    }

    private static (string Body, string? Reason) Split(string body)
    {
        var said = Blank().Replace(body, "\n\n").Trim();
        var start = said.IndexOf(NoExample, StringComparison.Ordinal);
        return start < 0 ? (said, null) : (said[..start].Trim(), said[(start + NoExample.Length)..].Trim());
    }

    private static FindingSeverity Severity(string word) => word switch
    {
        "error" => FindingSeverity.Error,
        "warning" => FindingSeverity.Warning,
        "note" or "information" => FindingSeverity.Information,
        _ => throw new FormatException($"\"{word}\" is none of error, warning, note."),
    };

    [GeneratedRegex(@"^## (?<code>(CSK\d{4}|KS\d{3})) (?<title>.+?)\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```(?<language>\w+) (?<sort>finding|clean)( (?<kind>\w+))?\s*$")]
    private static partial Regex Opening();

    [GeneratedRegex("\n{3,}")]
    private static partial Regex Blank();
}
