using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class WatchlistTests
{
    [TestCase("ab")]
    [TestCase("_abc")]
    [TestCase("abc-")]
    [TestCase("a/c")]
    [TestCase("'; drop")]
    public void An_alias_that_sentinel_does_not_take(string alias) =>
        Verify("CSK0751", $"alias: «{alias}»", yaml => List(yaml) with { Alias = yaml.Mark });

    [Test]
    public void An_alias_of_65_characters()
    {
        Ok("", yaml => List(yaml) with { Alias = yaml.Any(new string('a', 64)) });
        Verify("CSK0751", "«x»", yaml => List(yaml) with { Alias = yaml.At("x", new string('a', 65)) });
    }

    [Test]
    public void A_name_that_sentinel_does_not_take()
    {
        Verify("CSK0752", "name: «VIP (users)»", yaml => List(yaml) with { Name = yaml.Mark });
        Ok("name: Überwachte Konten", yaml => List(yaml) with { Name = yaml["Überwachte Konten"] });
    }

    [Test]
    public void A_search_key_that_is_no_column()
    {
        var finding = Verify("CSK0753", "searchKey: «upn»", yaml => List(yaml) with { SearchKey = yaml.Mark });
        Assert.That(finding.Message, Does.Contain("Did you mean \"Upn\"?"));
    }

    [Test]
    public void A_column_name_that_kql_would_have_to_quote() =>
        Verify("CSK0754", "«User name»", yaml => List(yaml) with { Columns = [yaml.Any(new Column("Upn", "string")), Column(yaml, "User name")] });

    [Test]
    public void A_column_twice() => Verify("CSK0755", "Upn «Upn»", yaml => List(yaml) with
    {
        Columns = [Column(yaml, "Upn"), yaml.At("Upn", new Column("Upn", "string"), 2)],
    });

    [Test]
    public void A_column_of_sentinels_own() => Assert.That(
        Verify("CSK0756", "Upn «SearchKey»", yaml => List(yaml) with { Columns = [Column(yaml, "Upn"), Column(yaml, "SearchKey")] }).Severity,
        Is.EqualTo(FindingSeverity.Warning));

    [TestCase("bool", "yes")]
    [TestCase("int", "12.5")]
    [TestCase("int", "3000000000")]
    [TestCase("long", "1,000")]
    [TestCase("real", "1,5")]
    [TestCase("datetime", "01/02/2026")]
    [TestCase("datetime", "2026-13-01")]
    [TestCase("timespan", "soon")]
    [TestCase("guid", "1234")]
    [TestCase("dynamic", "{a}")]
    [TestCase("text", "anything")]
    public void A_value_that_is_not_of_its_type(string type, string value)
    {
        var finding = Verify("CSK0757", $"Upn: me@contoso.com, V: «{value}»", yaml => Row(yaml, type, yaml.Mark));
        Assert.That(finding.Message, Does.Contain($"not a {type}"));
    }

    [TestCase("string", "any, \"thing\"")]
    [TestCase("bool", "true")]
    [TestCase("int", "-12")]
    [TestCase("long", "3000000000")]
    [TestCase("real", "1.5e3")]
    [TestCase("datetime", "2026-11-21")]
    [TestCase("datetime", "2026-11-21T08:00:00Z")]
    [TestCase("timespan", "1d")]
    [TestCase("timespan", "1.02:03:04")]
    [TestCase("guid", "5f2d9a4e-1c1b-5f0a-9d57-0a4a4e1c7b11")]
    [TestCase("dynamic", "[1, 2]")]
    [TestCase("int", "")]
    public void A_value_of_its_type(string type, string value) => Ok("", yaml => Row(yaml, type, yaml.Any(value)));

    [Test]
    public void A_row_without_its_search_key() =>
        Verify("CSK0758", "Upn: «''»", yaml => List(yaml) with { Rows = [[yaml.At("''", "")]] });

    [TestCase("=1+1")]
    [TestCase("+cmd|' /C calc'!A0")]
    [TestCase("-2+3")]
    [TestCase("@SUM(1)")]
    [TestCase("\t=1")]
    public void A_cell_that_a_spreadsheet_would_run(string value)
    {
        var finding = Verify("CSK0768", $"Upn: me@contoso.com, V: «{value}»", yaml => Row(yaml, "string", yaml.Mark));
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Information));
    }

    [TestCase("string", "a=b")]
    [TestCase("string", "-1.5")]
    [TestCase("long", "-12")]
    [TestCase("string", "me@contoso.com")]
    public void A_cell_that_a_spreadsheet_takes_as_it_is(string type, string value) => Ok("", yaml => Row(yaml, type, yaml.Any(value)));

    [Test]
    public void A_row_that_makes_a_line_of_10241_characters()
    {
        Ok("", yaml => List(yaml) with { Rows = [[yaml.Any(new string('u', 10_240))]] });
        Verify("CSK0759", "«long»", yaml => List(yaml) with { Rows = [[yaml.At("long", new string('u', 10_241))]] });
        Verify("CSK0759", "«quotes»", yaml => List(yaml) with { Rows = [[yaml.At("quotes", new string('"', 5_120))]] });
    }

    [Test]
    public void A_watchlist_of_more_than_3_8_megabytes()
    {
        Ok("", yaml => List(yaml) with { Rows = [.. Enumerable.Repeat(ImmutableArray.Create(yaml.Any(new string('u', 9_998))), 379)] });
        Verify("CSK0760", "alias: «VipUsers»", yaml => List(yaml) with
        {
            Alias = yaml.Mark,
            Rows = [.. Enumerable.Repeat(ImmutableArray.Create(yaml.Any(new string('ü', 9_998))), 191)],
        });
    }

    [Test]
    public void A_row_with_more_values_than_columns() =>
        Verify("CSK0761", "[«a», b]", yaml => List(yaml) with { Rows = [[yaml["a"], yaml["b"]]] });

    private static Watchlist Row(Yaml yaml, string type, Spanned<string> value) => List(yaml) with
    {
        Columns = [yaml.Any(new Column("Upn", "string")), yaml.Any(new Column("V", type))],
        Rows = [[yaml.Any("me@contoso.com"), value]],
    };

    private static Spanned<Column> Column(Yaml yaml, string name) => yaml.At(name, new Column(name, "string"));
}
