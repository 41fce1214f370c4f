
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Spec;

public class WatchlistReaderTests
{
    private const string Head = "version: 1.0.0\nname: N\ndescription: D\nsearchKey: Upn\ncolumns: { Upn: string }\n";

    [TestCase("CSK0126", "alias: «a b c»")]
    [TestCase("CSK0126", "alias: «users-»")]
    [TestCase("CSK0126", "alias: «../../users»")]
    [TestCase("CSK0121", "alias: users\n«row»: []")]
    [TestCase("CSK0123", "alias: users\nrows: [{ «Upn»: }]")]
    [TestCase("CSK0124", "alias: users\nrows: [{ Upn: «[a]» }]")]
    [TestCase("CSK0124", "alias: users\nrows: [«a»]")]
    [TestCase("CSK0769", "alias: users\nrows: [{ Upn: a, «Upm»: b }]")]
    [TestCase("CSK0769", "alias: users\nexamples: [{ «upn»: a }]")]
    public void Finding(string code, string marked) => Marked.Verify(WatchlistReader.Read, code, Head + marked + "\n");

    [TestCase("alias: users"), TestCase("alias: users\nrows: []"), TestCase("alias: users\nrows: [{ Upn: '' }, { Upn: 5 }, { Upn: \"a,\\\"b\" }, {}]")]
    public void No_finding(string yaml) => Marked.Ok(WatchlistReader.Read, Head + yaml + "\n");

    [Test]
    public void All_values_are_read()
    {
        var findings = new List<Finding>();
        var list = WatchlistReader.Read(YamlReader.Read(new("w.yaml", Samples.Watchlist), findings)!, findings)!;
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        Assert.That(list.Columns.Select(column => column.Value.Name), Is.EqualTo(["UserPrincipalName", "Licence"]));
        Assert.That(list.Rows.Select(row => row[1].Value.Value), Is.EqualTo(["Copilot", "5"]));
        Assert.That(list.SearchKey.Span.Position, Is.EqualTo((5, 12)));
    }
}
