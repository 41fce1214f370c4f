using CopilotSentinelKit.Content;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Workbooks;

/// <summary>Archetypes of panels and the workbooks that name them.</summary>
internal sealed class PanelTests
{
    private const string ArchetypePath = "templates/workbooks/few.yaml";
    private const string BookPath = "rules/workbooks/a-book.yaml";

    private const string Archetype = """
        description: The rarest.
        parameters:
          by: { type: columns, description: What is counted. }
          most: { type: int, default: 5, description: How many. }
        query: |
          {{ query }}
          | summarize Number = count(), LastSeen = max(TimeGenerated) by {{ by | kql }}
          | top {{ most | kql }} by Number asc
        rows: 10
        columns:
          Number: { as: bar, colour: red }
          LastSeen: { as: date }

        """;

    private const string Book = """
        id: a-book
        version: 1.0.0
        name: A book
        description: What it shows.
        parameters: { TimeRange: { timeRange: [1d, 7d], default: 7d } }
        items:
          - query: CopilotEvents({TimeRange:start})
            template: few
            parameters: { by: [ActorUpn] }
            title: Few
            columns: { Number: { label: Records } }

        """;

    private static readonly TestPack Pack = TestPack.Small.With(ArchetypePath, Archetype).With(BookPath, Book);

    [Test]
    public async Task A_panel_is_the_archetype_with_its_query_and_values_and_its_own_keys_over_it()
    {
        var panel = await PanelAsync(Pack);
        Assert.That(panel.Query.Kql.Text, Is.EqualTo("""
            CopilotEvents({TimeRange:start})
            | summarize Number = count(), LastSeen = max(TimeGenerated) by ActorUpn
            | top 5 by Number asc
            """));
        Assert.That((panel.View.Title?.Value, panel.View.Rows), Is.EqualTo(("Few", 10)));
        Assert.That(panel.View.Columns.Select(column => (column.Column.Value, column.Look, column.Label, column.Colour)), Is.EquivalentTo(
            [("LastSeen", ColumnLook.Date, null, null), ("Number", ColumnLook.Bar, "Records", (string?)"red")]));
    }

    [Test]
    public async Task A_panel_of_another_form_leaves_out_what_has_no_meaning_there()
    {
        var panel = await PanelAsync(Pack.Replace(BookPath, "    columns: { Number: { label: Records } }\n", "    show: categoricalbar\n"));
        Assert.That((panel.View.Form.Value, panel.View.Columns.Length, panel.View.Rows), Is.EqualTo((QueryForm.CategoricalBar, 0, (int?)null)));
    }

    [Test]
    public async Task A_projects_archetype_stands_in_for_the_shipped_one()
    {
        var panel = await PanelAsync(Pack.Project(ArchetypePath, "description: All.\nparameters: { by: { type: columns, description: What. } }\nquery: |\n  {{ query }}\n  | distinct {{ by | kql }}\nsize: small\n").Replace(BookPath, "    columns: { Number: { label: Records } }\n", ""));
        Assert.That(panel.Query.Kql.Text, Is.EqualTo("CopilotEvents({TimeRange:start})\n| distinct ActorUpn"));
        Assert.That(panel.View.Size, Is.EqualTo(QuerySize.Small));
    }

    [TestCase("CSK0208", "template: few", "template: «fewer»")]
    [TestCase("CSK0790", "by: [ActorUpn]", "by: [ActorUpn], «mostly»: 3")]
    [TestCase("CSK0791", "    template: few\n    parameters: { by: [ActorUpn] }", "    template: «few»")]
    [TestCase("CSK0143", "by: [ActorUpn]", "by: [ActorUpn], most: «many»")]
    [TestCase("CSK0771", "    columns: { Number: { label: Records } }", "    show: piechart\n    «columns»: { Number: { label: Records } }")]
    [TestCase("KS142", "by: [ActorUpn]", "by: «[ActorUpm]»")]
    [TestCase("KS142", "CopilotEvents({TimeRange:start})", "CopilotEvents({TimeRange:start}) | where «ActorUpm» == 'a'")]
    [TestCase("CSK0404", "Number: {", "«Numbers»: {")]
    public async Task Finding_in_a_panel(string code, string part, string marked) => await Pack.Replace(BookPath, part, marked).Verify(code, beside: "CSK0219");

    [TestCase("CSK0122", "description: The rarest.\n", "")]
    [TestCase("CSK0121", "rows: 10", "«row»: 10")]
    [TestCase("CSK0771", "rows: 10", "tiles: { title: A, value: B }")]
    [TestCase("CSK0220", "  most: {", "  «other»: { type: int, default: 1, description: None. }\n  most: {")]
    [TestCase("CSK0302", "{{ most | kql }}", "{{ «mostly» | kql }}")]
    [TestCase("CSK0404", "LastSeen: {", "«LatestSeen»: {")]
    public async Task Finding_in_an_archetype(string code, string part, string marked)
    {
        var compilation = await Pack.Replace(ArchetypePath, part, marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal)).CompileAsync();
        Assert.That(compilation.Findings.Select(finding => finding.Code), Does.Contain(code));
        var place = compilation.Findings.First(finding => finding.Code == code).Span;
        Assert.That(place.File.Path, Does.EndWith(ArchetypePath));
        if (marked.Split('«', '»') is [_, var underlined, _])
        {
            Assert.That(place.Text, Is.EqualTo(underlined));
        }
    }

    [Test]
    public void An_archetype_that_no_workbook_uses() => Assert.That(
        Codes(TestPack.Small.With(ArchetypePath, Archetype)), Is.EqualTo(["CSK0219"]));

    [Test]
    public void An_archetype_that_is_not_YAML() => Assert.That(
        Codes(Pack.With("templates/workbooks/other.scriban", "{{ query }}")), Is.EqualTo(["CSK0794"]));

    private static IEnumerable<string> Codes(TestPack pack) => pack.CompileAsync().GetAwaiter().GetResult().Findings.Select(finding => finding.Code);

    private static async Task<QueryItem<WorkbookQuery>> PanelAsync(TestPack pack) =>
        (await pack.Ok()).OfType<Workbook>().Single().AllItems.OfType<QueryItem<WorkbookQuery>>().Single();
}
