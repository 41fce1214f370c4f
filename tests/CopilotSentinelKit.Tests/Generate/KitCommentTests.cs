
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

/// <summary>Comments to the kit are no part of what Sentinel gets.</summary>
internal sealed class KitCommentTests
{
    private const string Mark = "csk: ignore KS142 until 2999-12-31: It comes next week.";

    [TestCase("CopilotEvents()\n| where a // " + Mark + "\n| take 1", "CopilotEvents()\n| where a\n| take 1")]
    [TestCase("CopilotEvents()\n  // " + Mark + "\n| take 1 // mine", "CopilotEvents()\n| take 1 // mine")]
    [TestCase("CopilotEvents()\n| take 1\n// " + Mark, "CopilotEvents()\n| take 1")]
    [TestCase("// " + Mark + "\nCopilotEvents()", "CopilotEvents()")]
    [TestCase("CopilotEvents()\n| where a == \"// " + Mark + "\"", "CopilotEvents()\n| where a == \"// " + Mark + "\"")]
    [TestCase("CopilotEvents() // csk without its colon", "CopilotEvents() // csk without its colon")]
    public async Task Taken_out(string query, string expected)
    {
        var compilation = await Rule(query).CompileAsync();
        Assert.That(compilation.Items.OfType<AnalyticsRule>().Single().Query.Text, Is.EqualTo(expected));
    }

    [Test]
    public async Task What_comes_behind_one_keeps_its_place() =>
        await Rule("CopilotEvents() // " + Mark.Replace("KS142", "KS204", StringComparison.Ordinal) + "\n// " + Mark.Replace("KS142", "KS205", StringComparison.Ordinal) + "\n| extend «Missing»\n| where true").Verify("KS142");

    private static TestPack Rule(string query) =>
        TestPack.Rule("query: |\n" + string.Concat(query.Split('\n').Select(line => "  " + line + "\n")).TrimEnd('\n'));
}
