using System.Collections.Immutable;
using System.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>The documentation of findings as Markdown: a table of all of them, and a document for each.</summary>
public static class FindingDocuments
{
    /// <summary>The first line of every document: what has it was written by the kit.</summary>
    public const string Mark = "<!-- Written by \"csk explain --out\". Changes are lost with the next run. -->";

    /// <summary>The file name of the document that lists the others.</summary>
    public const string Index = "README.md";

    /// <summary>The documents by file name: one for each page, and <see cref="Index"/>.</summary>
    public static ImmutableSortedDictionary<string, string> All(ImmutableArray<FindingPage> pages) =>
        pages.ToImmutableSortedDictionary(FileName, Document, StringComparer.Ordinal).Add(Index, IndexOf(pages));

    /// <summary>A table a group: code, severity, finding, what it protects from, and which other tools make the check.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="code">How a page's code is written, such as a link to its document.</param>
    public static string Tables(ImmutableArray<FindingPage> pages, Func<FindingPage, string> code)
    {
        var text = new StringBuilder();
        foreach (var group in Groups(pages))
        {
            text.Append(Invariant($"**{group.Key}**\n\n| code | severity | finding | protects from | also in |\n|---|---|---|---|---|\n"));
            foreach (var page in group)
            {
                text.Append(Invariant($"| {code(page)} | {page.SeverityWord} | {Cell(page.Title)} | {Cell(page.ProtectsFrom)} | {Cell(page.AlsoIn)} |\n"));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Sentences with how many findings there are, and how many come of checks that no other tool is known to make.</summary>
    public static string Count(ImmutableArray<FindingPage> pages) => Invariant(
        $"{pages.Length} findings, {pages.Count(page => page.Code.StartsWith("KS", StringComparison.Ordinal))} of them Kusto.Language's own. {pages.Count(page => page.IsAlone)} come of checks that no other tool is known to make; \"{FindingPage.DoesNotApply}\" marks what is about the kit's own files.");

    /// <summary>Pages by subject: the subject with the lowest code first.</summary>
    public static IEnumerable<IGrouping<string, FindingPage>> Groups(ImmutableArray<FindingPage> pages) =>
        pages.OrderBy(page => page.Code, StringComparer.Ordinal).GroupBy(page => page.Group, StringComparer.Ordinal);

    private static string FileName(FindingPage page) => page.Code + ".md";

    private static string IndexOf(ImmutableArray<FindingPage> pages) =>
        $"{Mark}\n# Findings\n\n{Count(pages)}\n\n{Tables(pages, page => $"[{page.Code}]({FileName(page)})").TrimEnd('\n')}\n";

    private static string Document(FindingPage page)
    {
        var text = new StringBuilder();
        text.Append(Invariant($"{Mark}\n# {page.Code} {page.Title}\n\n"));
        text.Append(Invariant($"| | |\n|---|---|\n| Severity | {page.SeverityWord} |\n| Protects from | {Cell(page.ProtectsFrom)} |\n| Also in | {Cell(page.AlsoIn)} |\n\n{page.Body}\n"));
        foreach (var example in page.Examples)
        {
            text.Append(Invariant($"\n{Caption(example)}\n\n```{example.Language}\n{example.Text}```\n"));
        }

        if (page.NoExample is { } reason)
        {
            text.Append(Invariant($"\nThere is no example, because {reason}\n"));
        }

        return text.Append(Invariant($"\n[All findings]({Index})\n")).ToString();
    }

    /// <summary>What an example is, in words: "In a detection, this gives the finding:".</summary>
    public static string Caption(FindingExample example)
    {
        var where = example.Kind switch
        {
            "kql" => "As the query of a rule",
            "rule" => "In an analytics rule (community YAML)",
            "huntingRule" => "In a hunting query (community YAML)",
            "parser" => "In a parser (community YAML)",
            "arm" => "In an ARM template",
            "kit" => "In kit.yaml",
            _ => "In a " + example.Kind,
        };
        return where + (example.GivesFinding ? ", this gives the finding:" : ", this does not:");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
