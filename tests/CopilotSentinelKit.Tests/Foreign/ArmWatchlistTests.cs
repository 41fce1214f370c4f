using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Foreign;

public class ArmWatchlistTests
{
    private static readonly ValidationContext Context = new(new(KitData.LoadTables(), [], [], []));

    [Test]
    public void Rows_have_their_places()
    {
        var watchlist = Template.Only<Watchlist>(Template.Watchlist);
        Assert.That(watchlist.Alias.Value, Is.EqualTo("VipUsers"));
        Assert.That(watchlist.Columns.Select(column => column.Value.Name), Is.EqualTo(["User Name", "Team"]));
        Assert.That(watchlist.Rows.Select(row => string.Join('|', row.Select(cell => cell.Value))), Is.EqualTo(["ann@contoso.com|Sales, West", "bob@example.org|IT"]));
        Assert.That(watchlist.Rows[0][1].Span.Text, Is.EqualTo("\\\"Sales, West\\\""));
        Assert.That(Validate(watchlist), Is.Empty);
    }

    [Test]
    public void The_search_key_is_in_the_header()
    {
        var (text, start, length) = Template.Changed(Template.Watchlist, "\"itemsSearchKey\": \"User Name\"", "\"itemsSearchKey\": «\"Name\"»");
        var findings = Validate(Template.Only<Watchlist>(text));
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(["CSK0753"]));
        Template.AssertAt(findings[0], text, start, length);
        Assert.That(Validate(Template.Only<Watchlist>(Template.Changed(Template.Watchlist, "\"itemsSearchKey\": \"User Name\"", "\"itemsSearchKey\": \"user name\"").Text)), Is.Empty);
    }

    [Test]
    public void What_the_deployment_knows_is_no_finding() =>
        Assert.That(Validate(Template.Only<Watchlist>(Template.Changed(Template.Watchlist, "\"rawContent\": \"", "\"rawContent\": \"[parameters('csv')]\", \"x\": \"").Text)), Is.Empty);

    [Test]
    public void Rows_are_as_long_as_the_header() => Template.Verify("CSK0762", Template.Watchlist, "\\r\\nbob@example.org,IT", "\\r\\n«bob@example.org»");

    [Test]
    public void Quotes_are_closed() => Template.Verify("CSK0763", Template.Watchlist, "\\\"Sales, West\\\"", "«\\\"»Sales, West");

    [Test]
    public void Samples_name_nobody()
    {
        Template.Verify("CSK0764", Template.Watchlist, "ann@contoso.com", "«ann@some-hospital.org»");
        Template.Ok(Template.Watchlist, "ann@contoso.com", "ann@mail.fabrikam.co.uk");
    }

    [Test]
    public void The_alias_is_the_name() => Template.Verify("CSK0766", Template.Watchlist, "\"watchlistAlias\": \"VipUsers\"", "\"watchlistAlias\": «\"Vips\"»");

    [TestCase("a,b", "a|b"), TestCase("a,\"b\"\"c\"\n", "a|b\"c"), TestCase("a\n\nb\r\nc\rd", "a/b/c/d"), TestCase("a,\n,b", "a|/|b"), TestCase("\"x\ny\",z", "x\ny|z"), TestCase("", ""), TestCase("a,", "a|")]
    public void Csv_is_read(string text, string expected) => Assert.That(
        string.Join('/', CsvText.Read(text, ',').Rows.Select(row => string.Join('|', row.Select(cell => cell.Value)))), Is.EqualTo(expected));

    private static List<Finding> Validate(Watchlist watchlist) =>
        [.. WatchlistCheck.Run(watchlist, null, Context), .. WatchlistRowsCheck.Run(watchlist, null, Context)];
}
