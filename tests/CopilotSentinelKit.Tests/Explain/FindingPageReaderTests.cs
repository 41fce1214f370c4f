
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Explain;

internal sealed class FindingPageReaderTests
{
    private const string Facts = "Severity: warning\nProtects from: Harm.\nAlso in: none known\n";

    [Test]
    public void A_page_with_its_facts_text_and_examples()
    {
        var page = FindingPageReader.Read("a.md", "# A subject\n\n## CSK9999 A title\n" + Facts + """

            First.

            ```kql
            not an example
            ```

            Second.

            ```yaml finding detection
            ## no heading
            name: a
            ```
            ```kql clean
            T
            ```

            """.ReplaceLineEndings("\n")).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((page.Code, page.Title, page.Severity, page.ProtectsFrom, page.Group, page.NoExample), Is.EqualTo(("CSK9999", "A title", FindingSeverity.Warning, "Harm.", "A subject", (string?)null)));
            Assert.That(page.IsAlone);
            Assert.That(page.Body, Is.EqualTo("First.\n\n```kql\nnot an example\n```\n\nSecond."));
            Assert.That(page.Examples, Is.EqualTo(new[]
            {
                new FindingExample("yaml", true, "detection", "## no heading\nname: a\n"),
                new FindingExample("kql", false, "kql", "T\n"),
            }));
        }
    }

    [Test]
    public void Several_pages_under_the_name_of_the_file()
    {
        var pages = FindingPageReader.Read("time-and-again.md", $"## CSK9998 One\n{Facts}\nOne.\n\nExample: none, because it\nis so.\n\n## KS999 Two\n{Facts}\nTwo.\n").ToList();
        Assert.That(pages.Select(page => (page.Code, page.Group, page.Body, page.NoExample)), Is.EqualTo(new (string, string, string, string?)[]
        {
            ("CSK9998", "Time and again", "One.", "it\nis so."), ("KS999", "Time and again", "Two.", null),
        }));
    }

    [TestCase("## CSK99 A title\n" + Facts, "is not \"## \", a code and a title")]
    [TestCase("## CSK9999 A title\n", "followed by its facts")]
    [TestCase("## CSK9999 A title\nSeverity: warning\n\nAlso in: none known\n", "line 2 is not \"Protects from: ...\"")]
    [TestCase("## CSK9999 A title\nSeverity: bad\nProtects from: Harm.\nAlso in: none known\n", "\"bad\" is none of")]
    [TestCase("## CSK9999 A title\n" + Facts + "```kql finding\nT\n", "a block is not closed")]
    public void A_broken_page_says_what_is_wrong(string text, string message) =>
        Assert.That(() => FindingPageReader.Read("a.md", text).ToList(), Throws.TypeOf<FormatException>().With.Message.Contains(message));
}
