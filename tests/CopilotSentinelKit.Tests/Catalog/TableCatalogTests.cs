using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Catalog;

internal sealed class TableCatalogTests
{
    private static readonly TableCatalog Catalog = KitData.LoadTables();

    private static readonly string[] KustoTypes = ["bool", "datetime", "decimal", "dynamic", "guid", "int", "long", "real", "string", "timespan"];

    [Test]
    public void All_tables_are_there_in_ordinal_order()
    {
        Assert.That(Catalog.Names, Has.Length.EqualTo(930));
        Assert.That(Catalog.DefenderNames, Has.Length.EqualTo(62));
        Assert.That(Catalog.Names, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(Catalog.DefenderNames, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [Test]
    public void Every_table_has_columns_of_kusto_types()
    {
        Assert.That(Catalog.Names.Sum(table => Catalog.Find(table)!.Value.Length), Is.EqualTo(31_500));
        Assert.That(Catalog.DefenderNames.Sum(table => Catalog.FindDefender(table)!.Value.Length), Is.EqualTo(1_578));
        var columns = Catalog.Names.SelectMany(table => Catalog.Find(table)!.Value).Concat(Catalog.DefenderNames.SelectMany(table => Catalog.FindDefender(table)!.Value));
        Assert.That(columns.Select(column => column.Type).Distinct().Except(KustoTypes), Is.Empty);
    }

    [Test]
    public void CopilotActivity_has_its_columns_in_order_and_then_those_of_every_table()
    {
        var columns = Catalog.Find("CopilotActivity")!.Value;
        Assert.That(columns, Has.Length.EqualTo(30));
        Assert.That(columns[1], Is.EqualTo(new Column("TimeGenerated", "datetime")));
        Assert.That(columns[14], Is.EqualTo(new Column("LLMEventData", "dynamic")));
        Assert.That(columns[23], Is.EqualTo(new Column("_BilledSize", "real")));
        Assert.That(columns.Select(column => column.Name), Does.Contain("_ItemId").And.Contain("_TimeReceived").And.Unique);
    }

    [TestCase("IdentityInfo", "AccountUPN", "AccountUpn")]
    [TestCase("CloudAppEvents", "ISP", "Isp")]
    [TestCase("AgentsInfo", "EntraAgentID", "EntraAgentId")]
    public void Sentinel_and_defender_spell_a_column_differently(string table, string sentinel, string defender)
    {
        Assert.That(Names(Catalog.Find(table)), Does.Contain(sentinel).And.Not.Contain(defender));
        Assert.That(Names(Catalog.FindDefender(table)), Does.Contain(defender).And.Not.Contain(sentinel));
    }

    [TestCase("SigninLogs", "IPAddress")]
    [TestCase("AADUserRiskEvents", "IpAddress")]
    public void Tables_spell_the_same_thing_differently(string table, string column) =>
        Assert.That(Names(Catalog.Find(table)), Does.Contain(column));

    [Test]
    public void A_table_of_one_side_is_not_on_the_other()
    {
        Assert.That(Catalog.Find("AIAgentsInfo"), Is.Null);
        Assert.That(Catalog.FindDefender("AIAgentsInfo"), Is.Not.Null);
        Assert.That(Catalog.FindDefender("CopilotActivity"), Is.Null);
        Assert.That(Catalog.Find("PurviewDataSensitivityLogs")!.Value, Has.Length.EqualTo(37));
    }

    [TestCase("copilotactivity")]
    [TestCase("")]
    [TestCase("# Azure")]
    public void A_name_that_is_no_table(string name) => Assert.That(Catalog.Find(name), Is.Null);

    [Test]
    public void Loading_twice_gives_the_same_hash()
    {
        Assert.That(KitData.LoadTables().Hash, Is.EqualTo(Catalog.Hash));
        Assert.That(Catalog.Hash, Does.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public void Many_threads_get_the_same_columns()
    {
        var catalog = KitData.LoadTables();
        var counts = new int[64];
        Parallel.For(0, counts.Length, i => counts[i] = catalog.Names.Sum(table => catalog.Find(table)!.Value.Length));
        Assert.That(counts, Is.All.EqualTo(31_500));
    }

    private static IEnumerable<string> Names(ImmutableArray<Column>? columns) => columns!.Value.Select(column => column.Name);
}
