
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

/// <summary>In the portal's editor a blank line ends a query, so no emitted query has one.</summary>
internal sealed class BlankLineTests
{
    [TestCase("a\n\nb", "a\nb")]
    [TestCase("\n \t\na\n\n\n \nb", "a\nb")]
    [TestCase("a\n\n// why\n\nb", "a\n// why\nb")]
    [TestCase("a\n\n", "a\n")]
    [TestCase("x = ```a\n\n b```\n\ny", "x = ```a\n\n b```\ny")]
    [TestCase("x = ~~~\n\n~~~\n\n// ```\n\ny", "x = ~~~\n\n~~~\n// ```\ny")]
    [TestCase("x = \"```\"\n\ny", "x = \"```\"\ny")]
    [TestCase("a b", "a b")]
    public void Lines(string text, string left)
    {
        SourceFile file = new("a.yaml", text);
        Query query = new(text, [new(0, text.Length, (start, length) => new(file, start, length))], file.All);
        var result = QueryBuilder.WithoutBlankLines(query);
        Assert.That(result.Text, Is.EqualTo(left));

        // Each character still knows its place.
        for (var i = 0; i < result.Text.Length; i++)
        {
            Assert.That(result.Locate(i, 1).Text, Is.EqualTo(result.Text.Substring(i, 1)));
        }
    }

    [TestCase("")]
    [TestCase("parsers: inline")]
    public async Task No_content_has_one(string kit)
    {
        var pack = TestPack.Rule("query: |\n  // Why it is so.\n  CopilotEvents()\n\n  | where true\n   \n  {{ if true }}\n\n  | where isnotempty(RecordId)\n  {{ end }}\n").WithKit(kit);
        var queries = (await pack.Ok()).SelectMany(item => item.GetQueries()).Select(query => query.Text).ToList();
        Assert.That(queries, Is.Not.Empty);
        Assert.That(queries.SelectMany(query => query.Split('\n')).Where(string.IsNullOrWhiteSpace), Is.Empty);
        Assert.That(queries, Has.Some.EndsWith("// Why it is so.\nCopilotEvents()\n| where true\n| where isnotempty(RecordId)"));
    }

    [Test]
    public async Task The_shipped_content_explains_itself_and_has_none()
    {
        var items = (await TestPack.Shipped().CompileAsync()).Items;
        Assert.That(items.SelectMany(item => item.GetQueries()).SelectMany(query => query.Text.Split('\n')).Where(string.IsNullOrWhiteSpace), Is.Empty);
        Assert.That(items.OfType<AnalyticsRule>().Single(rule => rule.Id.Value == "copilot-volume-spike").Query.Text, Does.Contain("\n// Sentinel runs a rule five minutes late"));
    }
}
