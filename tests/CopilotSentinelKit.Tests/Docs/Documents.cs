using System.Text.RegularExpressions;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>A file that the documents tell a reader to write: its path in a project, and its text.</summary>
internal sealed record DocumentedFile(string Path, string Code);

/// <summary>README.md and the documents of src/docs, and what can be checked of them.</summary>
internal static partial class Documents
{
    public const string FrontPage = "README.md";

    /// <summary>Path from the root of the repository to text with LF; the front page first.</summary>
    public static IReadOnlyList<(string Path, string Text)> All { get; } =
    [
        (FrontPage, Read(FrontPage)),
        .. Directory.EnumerateFiles(Repository.PathOf("src", "docs"), "*.md").Order(StringComparer.Ordinal).Select(path => "src/docs/" + Path.GetFileName(path)).Select(path => (path, Read(path))),
    ];

    public static string Front => All[0].Text;

    public static string Of(string name) => All.Single(document => document.Path == "src/docs/" + name).Text;

    /// <summary>Code blocks: language, and lines joined by LF, with a final one.</summary>
    public static IEnumerable<(string Language, string Code)> Blocks(string text) =>
        Block().Matches(text).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>Files of a project in all documents: YAML blocks that say in their first line what they are, "# detection: file-name.yaml" or
    /// "# kit.yaml", and blocks right behind a comment "file: path".</summary>
    public static IEnumerable<DocumentedFile> Files() => All.SelectMany(document => Files(document.Text));

    public static IEnumerable<DocumentedFile> Files(string text) =>
        (from block in Blocks(text)
         where block.Language == "yaml"
         let heading = Heading().Match(block.Code)
         where heading.Success
         select new DocumentedFile(PathOf(heading.Groups[1].Value, heading.Groups[2].Value), block.Code))
        .Concat(NamedBlock().Matches(text).Select(match => new DocumentedFile(match.Groups[1].Value, match.Groups[2].Value)));

    /// <summary>Blocks that quote code, right behind a comment "from: path": the path from the root, and the text.</summary>
    public static IEnumerable<DocumentedFile> Quotes() =>
        All.SelectMany(document => QuotedBlock().Matches(document.Text)).Select(match => new DocumentedFile(match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>Text between backticks, outside of blocks.</summary>
    public static IEnumerable<string> Spans(string text) => Span().Matches(Block().Replace(text, "")).Select(match => match.Groups[1].Value);

    public static IEnumerable<string> Spans() => All.SelectMany(document => Spans(document.Text));

    /// <summary>Targets of links that are no web address: a path from the document, a heading of it behind #.</summary>
    public static IEnumerable<(string From, string Target)> Links() =>
        from document in All
        from match in Link().Matches(Block().Replace(document.Text, ""))
        where !match.Groups[1].Value.Contains("://", StringComparison.Ordinal)
        select (document.Path, match.Groups[1].Value);

    /// <summary>Lines that call csk, in blocks and spans, without comments.</summary>
    public static IEnumerable<string> Calls() =>
        All.SelectMany(document => Blocks(document.Text)).SelectMany(block => block.Code.Split('\n')).Concat(Spans())
            .Select(line => line.Trim().TrimStart('-', ' ').Replace("run: ", "", StringComparison.Ordinal).Split(" #")[0])
            .Where(line => line.StartsWith("csk ", StringComparison.Ordinal));

    /// <summary>The one command of the bash block that directly follows a comment.</summary>
    public static string Command(string comment)
    {
        var matches = Regex.Matches(Front, $"^<!-- {Regex.Escape(comment)} -->\n```bash\n(.+)\n```$", RegexOptions.Multiline);
        Assert.That(matches, Has.Count.EqualTo(1), $"One comment {comment}, directly before a bash block of one line.");
        return matches[0].Groups[1].Value;
    }

    private static string Read(string path) => Repository.Read(path).ReplaceLineEndings("\n");

    private static string PathOf(string kind, string name) => kind switch
    {
        "kit.yaml" => "kit.yaml",
        "mapping" => "rules/mapping.yaml",
        _ => $"rules/{kind}s/{(name.Length > 0 ? name : "readme.yaml")}",
    };

    [GeneratedRegex("^```(\\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^<!-- file: ([^ ]+) -->\n```\\w+\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex NamedBlock();

    [GeneratedRegex("^<!-- from: ([^ ]+) -->\n```\\w+\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex QuotedBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^# (detection|hunt|test|mapping|kit\.yaml|watchlist|workbook)(?:: *(?:[\w/-]*/)?([\w.-]+))?\s*\n")]
    private static partial Regex Heading();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();
}
