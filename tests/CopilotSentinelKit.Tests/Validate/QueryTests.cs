using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class QueryTests
{
    [Test]
    public void An_empty_query() =>
        Verify("CSK0402", "query: «''»", yaml => Rule(yaml) with { Query = new(" ", [], yaml["''"].Span) }, Returns() with { Columns = null });

    [Test]
    public void A_query_that_returns_no_table() =>
        Verify("CSK0401", "query: «print»", yaml => Hunt(yaml) with { Query = yaml.Query("print") }, Returns() with { Columns = null });

    [Test]
    public void A_rule_query_of_10001_characters()
    {
        Ok("", yaml => Rule(yaml) with { Query = new(new string('x', 10_000), [], yaml.File.All) });
        Ok("", yaml => Parser(yaml) with { Query = new(new string('x', 10_001), [], yaml.File.All) });
        var finding = Verify("CSK0403", "query: «long»", yaml => Rule(yaml) with { Query = new(new string('x', 10_001), [], yaml["long"].Span) });
        Assert.That(finding.Message, Does.Contain("10001"));
    }

    [Test]
    public void A_finding_of_kusto_language_keeps_its_code_and_place()
    {
        var finding = Verify("KS006", "query: |\n  T | where «)»", yaml => Rule(yaml) with { Query = yaml.Query("T | where )") },
            Fails("KS006", "Error", "T | where )", ")", "Missing expression"));
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Error));
        Assert.That(finding.Message, Is.EqualTo("Missing expression."));
    }

    [Test]
    public void A_warning_of_kusto_language_stays_one() =>
        Assert.That(Verify("KS300", "query: «T»", yaml => Rule(yaml) with { Query = yaml.Query("T") }, Fails("KS300", "Warning", "T", "T", "Odd.")).Severity,
            Is.EqualTo(FindingSeverity.Warning));

    [TestCase("Suggestion")]
    [TestCase("Information")]
    [TestCase("Hidden")]
    public void What_kusto_language_only_suggests_is_left_out(string severity) =>
        Ok("query: T", yaml => Rule(yaml) with { Query = yaml.Query("T") }, Fails("KS300", severity, "T", "T", "Odd."));

    [TestCase("SigninLog", "Did you mean \"SigninLogs\"?")]
    [TestCase("signinlogs", "Did you mean \"SigninLogs\"?")]
    [TestCase("CopilotMesages", "Did you mean \"CopilotMessages\"?")]
    [TestCase("ContosoHR_CL", "Did you mean \"ContosoHr_CL\"?")]
    [TestCase("FabrikamDoors_CL", "declare it with its columns in kit.yaml under \"tables\".")]
    [TestCase("AIAgentsInfo", "table of Defender XDR's advanced hunting")]
    [TestCase("Zzzzzzzzzzzzzz", "declare it in kit.yaml under \"tables\" or \"functions\".")]
    public void An_unknown_table_says_what_to_do(string table, string hint)
    {
        var finding = Verify("KS204", $"query: «{table}»", yaml => Rule(yaml) with { Query = yaml.Query(table) },
            Fails("KS204", "Error", table, table, "The name does not refer to any known table."));
        Assert.That(finding.Message, Does.Contain(hint));
    }

    [TestCase("CopilotMesages", "Did you mean \"CopilotMessages\"?")]
    [TestCase("ContosoScore", "declare it in kit.yaml under \"functions\".")]
    public void An_unknown_function_says_what_to_do(string function, string hint)
    {
        var finding = Verify("KS211", $"query: «{function}»()", yaml => Rule(yaml) with { Query = yaml.Query(function + "()") },
            Fails("KS211", "Error", function, function, "The name does not refer to any known function."));
        Assert.That(finding.Message, Does.Contain(hint));
    }

    [TestCase("CopilotMessages() | where JailbrakeDetected", "JailbrakeDetected", "JailbreakDetected")]
    [TestCase("SigninLogs | where IpAddress == ''", "IpAddress", "IPAddress")]
    [TestCase("ContosoHr_CL | where UPN == ''", "UPN", "Upn")]
    [TestCase("CopilotMessages() | extend Attempts = 1 | where Atempts > 1", "Atempts", "Attempts")]
    [TestCase("_GetWatchlist('VipUsers') | where ['upn'] == ''", "['upn']", "Upn")]
    public void An_unknown_column_names_the_nearest_of_what_the_query_reads(string kql, string wrong, string near)
    {
        var analysis = Fails("KS142", "Error", kql, wrong, "The name does not refer to any known column.");
        analysis = analysis with { Tables = ["SigninLogs", "ContosoHr_CL"], Watchlists = kql[0] == '_' ? ["VipUsers"] : [] };
        var finding = Verify("KS142", $"query: {kql.Replace(wrong, $"«{wrong}»", StringComparison.Ordinal)}",
            yaml => Rule(yaml) with { Query = yaml.Query(kql) }, analysis);
        Assert.That(finding.Message, Does.EndWith($"Did you mean \"{near}\"?"));
    }

    [Test]
    public void A_watchlist_that_nobody_declares()
    {
        const string Query = "_GetWatchlist('VipUser')";
        var finding = Verify("CSK0405", "query: _GetWatchlist('«VipUser»')", yaml => Rule(yaml) with { Query = yaml.Query(Query) },
            Returns("Upn") with { Watchlists = ["VipUser"] });
        Assert.That(finding.Message, Does.Contain("Did you mean \"VipUsers\"?"));
        Ok(Query.Replace("VipUser", "VipUsers", StringComparison.Ordinal), yaml => Rule(yaml), Returns("Upn") with { Watchlists = ["VipUsers"] });
    }

    [Test]
    public void A_finding_that_a_loop_makes_twice_is_there_once()
    {
        var analysis = Fails("KS006", "Error", "T", "T", "Missing.");
        Verify("KS006", "query: «T»", yaml => Rule(yaml) with { Query = yaml.Query("T") },
            analysis with { Diagnostics = [.. analysis.Diagnostics, new KqlDiagnostic("KS006", "Error", 0, 1, "Missing.")] });
    }
}
