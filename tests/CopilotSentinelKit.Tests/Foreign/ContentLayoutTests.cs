using System.Text;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Queries laid out in the files that they stand in.</summary>
internal sealed class ContentLayoutTests
{
    private const string Loose = "SigninLogs|where ResultType=='0' // only these\n|project TimeGenerated,UserPrincipalName";
    private const string Laid = "SigninLogs\n| where ResultType == '0' // only these\n| project TimeGenerated, UserPrincipalName";

    [TestCase("\n", "  "), TestCase("\r\n", "    ")]
    public async Task A_block_of_YAML_keeps_its_indentation_and_line_ends(string lineEnd, string indentation)
    {
        string File(string kql) => $"# kept  as it is\nname:   A hunt\ntactics: [ Execution ]\nquery: |\n{indentation}{kql.Replace("\n", "\n" + indentation, StringComparison.Ordinal)}\nversion: 1.0.0   # kept\n"
            .Replace("\n", lineEnd, StringComparison.Ordinal);
        var result = await FormatAsync("a.yaml", File(Loose));
        Assert.That((result.Text, result.Queries, result.Changed), Is.EqualTo((File(Laid), 1, 1)));
        Assert.That((await FormatAsync("a.yaml", result.Text)).Changed, Is.Zero);
    }

    [TestCase("a.kql"), TestCase("a.txt")]
    public async Task A_file_of_KQL_is_laid_out_query_by_query(string path)
    {
        var result = await FormatAsync(path, $"// About it.\n{Loose}\n\nDeviceEvents|take 10\n");
        Assert.That((result.Text, result.Changed), Is.EqualTo(($"// About it.\n{Laid}\n\nDeviceEvents | take 10\n", 2)));
    }

    [Test]
    public async Task Markdown_around_a_block_stays()
    {
        var result = await FormatAsync("Page.md", $"#  Title\n\n```kql\n{Loose}\n```\n\nText   with blanks.\n");
        Assert.That(result.Text, Is.EqualTo($"#  Title\n\n```kql\n{Laid}\n```\n\nText   with blanks.\n"));
    }

    [Test]
    public async Task An_ARM_template_has_line_breaks_as_escapes()
    {
        const string query = "CopilotActivity\\n| where RecordType == \\\"CopilotInteraction\\\"\\n| project TimeGenerated, ActorName";
        static string File(string kql) => Template.Rule.Replace(query, kql.Replace("\n", "\\n", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.That(File(Loose), Does.Not.Contain(query));
        Assert.That((await FormatAsync("a.json", File(Loose))).Text, Is.EqualTo(File(Laid)));
        const string oneLine = "SigninLogs|where ResultType=='0'|summarize count(),make_set(UserPrincipalName),make_set(IPAddress),make_set(AppDisplayName) by Location,ClientAppUsed";
        Assert.That((await FormatAsync("a.json", File(oneLine))).Text, Does.Contain("\"SigninLogs\\n| where ResultType == '0'\\n| summarize"));
    }

    [Test]
    public async Task A_workbook_has_them_twice_escaped_and_keeps_its_parameters()
    {
        var (text, _, _) = Template.Changed(Template.Workbook, "| where TimeGenerated {TimeRange}", "|where   TimeGenerated {TimeRange} and Actor=='{Other}'");
        var (expected, _, _) = Template.Changed(Template.Workbook, "| where TimeGenerated {TimeRange}", "| where TimeGenerated {TimeRange} and Actor == '{Other}'");
        Assert.That((await FormatAsync("a.json", text)).Text, Is.EqualTo(expected));
    }

    [TestCase("name: A\ntactics: [Execution]\nquery: SigninLogs|where ResultType == '0'|summarize count(), make_set(UserPrincipalName), make_set(IPAddress), make_set(AppDisplayName) by Location, ClientAppUsed\n", "room")]
    [TestCase("name: A\ntactics: [Execution]\nquery: |\n  SigninLogs | where (ResultType == '0'\n", "syntax")]
    public async Task What_cannot_be_laid_out_is_left_and_said(string yaml, string why)
    {
        var result = await FormatAsync("a.yaml", yaml);
        Assert.That((result.Text, result.Changed), Is.EqualTo((yaml, 0)));
        Assert.That(result.Left.Single().Why, Does.Contain(why));
    }

    [Test]
    public async Task Texts_and_comments_keep_their_blanks()
    {
        const string kql = "SigninLogs\n| where UserAgent has 'a   b'   //  two   blanks\n| where AppDisplayName=='c'";
        var result = await FormatAsync("a.kql", kql);
        Assert.That(result.Text, Does.Contain("'a   b'").And.Contain("//  two   blanks\n").And.Contain("AppDisplayName == 'c'"));
    }

    private static async Task<LaidOutFile> FormatAsync(string path, string text) =>
        (await new ContentLayout(SharedHost.Analyzer, new KqlSchema(SharedHost.Catalog, [], [], [])).RunAsync([new(path, path, Encoding.UTF8.GetBytes(text))], CancellationToken.None)).Single();
}
