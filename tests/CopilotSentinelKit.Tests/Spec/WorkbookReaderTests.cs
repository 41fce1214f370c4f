
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Spec;

public class WorkbookReaderTests
{
    private const string Head = "id: a-book\nversion: 1.0.0\nname: N\ndescription: D\n";
    private const string Parameters = "parameters: { T: { timeRange: [1d], default: 1d } }\n";
    private const string Items = "items: [{ text: a }]\n";

    [TestCase("CSK0137", "items: [{ «texts»: a }]\n")]
    [TestCase("CSK0137", "items: [«{ title: a }»]\n")]
    [TestCase("CSK0121", "items: [{ text: a, «title»: b }]\n")]
    [TestCase("CSK0121", "items: [{ text: a, «query»: b }]\n")]
    [TestCase("CSK0121", "items: [{ query: a, «titel»: b }]\n")]
    [TestCase("CSK0127", "items: [{ query: a, show: «tabel» }]\n")]
    [TestCase("CSK0127", "items: [{ query: a, size: «1» }]\n")]
    [TestCase("CSK0127", "items: [{ query: a, columns: { A: { as: «heat» } } }]\n")]
    [TestCase("CSK0127", "items: [{ query: a, columns: { A: { colour: «pink» } } }]\n")]
    [TestCase("CSK0130", "items: [{ query: a, width: «101» }]\n")]
    [TestCase("CSK0130", "items: [{ query: a, rows: «10001» }]\n")]
    [TestCase("CSK0126", "items: [{ query: a, export: { «A b»: C } }]\n")]
    [TestCase("CSK0137", "items: [{ group: a, items: [«{ tabs: { A: [] } }»] }]\n")]
    [TestCase("CSK0137", "items: [{ group: a, items: [«{ group: b, items: [{ text: c }] }»] }]\n")]
    [TestCase("CSK0136", "items: [{ tabs: { A: «[]» } }]\n")]
    [TestCase("CSK0771", "items: [{ query: a, «tiles»: { title: A, value: B } }]\n")]
    [TestCase("CSK0771", "items: [{ query: a, show: piechart, «columns»: { A: { label: B } } }]\n")]
    [TestCase("CSK0771", "items: [{ query: a, show: barchart, «rows»: 5 }]\n")]
    [TestCase("CSK0771", "items: [{ tabs: { A: [{ group: g, items: [{ query: a, «chart»: { x: A } }] }] } }]\n")]
    [TestCase("CSK0772", "items: [{ query: a, «show»: tiles }]\n")]
    [TestCase("CSK0771", "items: [{ query: a, show: piechart, «brush»: B }]\n")]
    [TestCase("CSK0771", "items: [{ query: a, «map»: { country: A, size: B } }]\n")]
    [TestCase("CSK0792", "items: [{ query: a, «parameters»: { by: [A] } }]\n")]
    [TestCase("CSK0793", "items: [{ query: a, «show»: map }]\n")]
    [TestCase("CSK0124", "items: [«a»]\n")]
    [TestCase("CSK0124", "define: { A: «[b]» }\nitems: [{ text: a }]\n")]
    public void Finding(string code, string marked) => Marked.Verify(WorkbookReader.Read, code, Head + Parameters + marked);

    [Test]
    public void A_workbook_with_more_queries_than_anybody_looks_at_is_not_read()
    {
        var group = "[" + string.Join(", ", Enumerable.Repeat("{ query: a }", 1000)) + "]";
        Marked.Verify(WorkbookReader.Read, "CSK0139", Head + Parameters + "«items»: [{ query: b }, { group: g, items: " + group + " }]\n");
        Marked.Ok(WorkbookReader.Read, Head + Parameters + "items: [{ text: b }, { group: g, items: " + group + " }]\n");
    }

    [TestCase("CSK0137", "parameters: { T: «{ label: a }» }\n")]
    [TestCase("CSK0137", "parameters: { T: { «timeRanges»: [1d] } }\n")]
    [TestCase("CSK0126", "parameters: { «a b»: { text: a } }\n")]
    [TestCase("CSK0121", "parameters: { T: { text: a, «multiple»: true } }\n")]
    [TestCase("CSK0131", "parameters: { T: { timeRange: [«1w»], default: 1d } }\n")]
    [TestCase("CSK0770", "parameters: { T: { timeRange: [1d, 7d], default: «2d» } }\n")]
    [TestCase("CSK0770", "parameters: { T: { values: { a: A, b: B }, default: «c» } }\n")]
    [TestCase("CSK0122", "parameters: { «T»: { timeRange: [1d] } }\n")]
    public void Parameter_finding(string code, string marked) => Marked.Verify(WorkbookReader.Read, code, Head + marked + Items);

    [TestCase("parameters: { T: { timeRange: [24h, 7d], default: 1d } }\n"), TestCase("parameters: { T: { values: { 5: A, b: B }, default: 5 } }\n")]
    [TestCase("parameters: { T: { text: '' } }\n"), TestCase("parameters: { T: { text: 5 } }\n")]
    public void Parameter_without_finding(string parameters) => Marked.Ok(WorkbookReader.Read, Head + parameters + Items);

    [Test]
    public void All_keys_are_read()
    {
        var findings = new List<Finding>();
        var book = WorkbookReader.Read(YamlReader.Read(new("w.yaml", Samples.Workbook), findings)!, findings)!;
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));

        var user = (DropdownParameter<YamlText>)book.Parameters[1];
        var kind = (DropdownParameter<YamlText>)book.Parameters[2];
        var group = (GroupItem<PanelQuery>)book.Items[2];
        var table = ((QueryItem<PanelQuery>)group.Items[0]).View;
        var tabs = (TabsItem<PanelQuery>)book.Items[3];
        var panel = (QueryItem<PanelQuery>)book.Items[4];
        var map = ((QueryItem<PanelQuery>)book.Items[5]).View.Map!;
        var chart = ((QueryItem<PanelQuery>)tabs.Tabs[1].Items[0]).View;
        Assert.Multiple(() =>
        {
            Assert.That(((TimeRangeParameter<YamlText>)book.Parameters[0]).Ranges.Select(range => range.Value.TotalHours), Is.EqualTo([1, 168]));
            Assert.That((user.Label, user.Multiple, user.All, user.Query!.Value), Is.EqualTo(("Who", true, true, "Users({TimeRange:start})")));
            Assert.That(kind.Values.Select(value => (value.Value.Value, value.Label.Value)), Is.EqualTo([("a", "Everything"), ("5", "Five")]));
            Assert.That((kind.Label, kind.Default?.Value), Is.EqualTo(("Kind", "5")));
            Assert.That(book.Definitions.Select(definition => (definition.Name.Value, definition.Kql.Value)), Is.EqualTo([("Own", "Table | take 5")]));
            Assert.That(book.Items.Select(item => item.Width), Is.EqualTo([50, 25, 75, null, null, (int?)null]));
            Assert.That(((QueryItem<PanelQuery>)book.Items[1]).View.Tiles!.Value.Value, Is.EqualTo("B"));
            Assert.That((table.Rows, table.Columns[0].Look, table.Columns[0].Colour, table.Columns[1].Look), Is.EqualTo((5, ColumnLook.Heatmap, "red", ColumnLook.Automatic)));
            Assert.That((table.Exports[0].Parameter.Value, table.Exports[0].Column.Value), Is.EqualTo(("P", "A")));
            Assert.That(tabs.Tabs.Select(tab => tab.Label.Value), Is.EqualTo(["First", "Second one"]));
            Assert.That(chart.Chart!.Y.Select(y => y.Value), Is.EqualTo(["B", "C"]));
            Assert.That((panel.Query.Template?.Value, panel.View.Brush?.Value), Is.EqualTo(("few", "Span")));
            Assert.That(panel.Query.Values.Select(value => (value.Name.Value, value.Value.Span.Text)), Is.EqualTo([("by", "[A]"), ("most", "5")]));
            Assert.That((map.Country.Value, map.Size.Value, map.Label?.Value), Is.EqualTo(("A", "B", "C")));
            Assert.That(book.Items.SelectMany(item => item.WithInner()).Count(), Is.EqualTo(12));
        });
    }

    [Test]
    public void Two_workbooks_with_one_id_are_shown_both()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(Head + Parameters + Items);
        var set = SpecReader.Read([new("rules/workbooks/a.yaml", "a.yaml", bytes), new("rules/workbooks/b.yaml", "b.yaml", bytes)]);
        Assert.That(set.Workbooks.Select(book => book.Span.File.Path), Is.EqualTo(["a.yaml"]));
        Assert.That(set.Findings.Select(finding => (finding.Code, finding.Span.ToString(), finding.Related[0].Span.ToString())), Is.EqualTo([("CSK0150", "b.yaml:1:5", "a.yaml:1:5")]));
    }
}
