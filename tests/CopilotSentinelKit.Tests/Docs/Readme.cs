using System.Text.RegularExpressions;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>README.md and what can be checked of it.</summary>
internal static partial class Readme
{
    public static string Text { get; } = Repository.Read("README.md").ReplaceLineEndings("\n");

    /// <summary>Code blocks: language, and lines joined by LF, with a final one.</summary>
    public static IEnumerable<(string Language, string Code)> Blocks() =>
        Block().Matches(Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>YAML blocks that say in their first line what they are, "# detection: file-name.yaml" or "# kit.yaml": the path in a project, and the text.</summary>
    public static IEnumerable<(string Path, string Code)> Specs() =>
        from block in Blocks()
        where block.Language == "yaml"
        let heading = Heading().Match(block.Code)
        where heading.Success
        select (PathOf(heading.Groups[1].Value, heading.Groups[2].Value), block.Code);

    /// <summary>Text between backticks, outside of blocks.</summary>
    public static IEnumerable<string> Spans() => Span().Matches(Block().Replace(Text, "")).Select(match => match.Groups[1].Value);

    /// <summary>Lines that call csk, in blocks and spans, without comments.</summary>
    public static IEnumerable<string> Calls() =>
        Blocks().SelectMany(block => block.Code.Split('\n')).Concat(Spans())
            .Select(line => line.Trim().Split(" #")[0])
            .Where(line => line.StartsWith("csk ", StringComparison.Ordinal));

    /// <summary>The one command of the bash block that directly follows a comment.</summary>
    public static string Command(string comment)
    {
        var matches = Regex.Matches(Text, $"^<!-- {Regex.Escape(comment)} -->\n```bash\n(.+)\n```$", RegexOptions.Multiline);
        Assert.That(matches, Has.Count.EqualTo(1), $"One comment {comment}, directly before a bash block of one line.");
        return matches[0].Groups[1].Value;
    }

    private static string PathOf(string kind, string name) => kind switch
    {
        "kit.yaml" => "kit.yaml",
        "mapping" => "rules/mapping.yaml",
        _ => $"rules/{kind}s/{(name.Length > 0 ? name : "readme.yaml")}",
    };

    [GeneratedRegex("^```(\\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^# (detection|hunt|test|mapping|kit\.yaml|watchlist|workbook)(?:: *(?:[\w/-]*/)?([\w.-]+))?\s*\n")]
    private static partial Regex Heading();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();
}
