using System.Globalization;
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Tests.Backtest;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>csk plan --workspace: reads what a workspace has through Azure Resource Manager, here a server of the tests.</summary>
internal sealed class PlanWorkspaceTests
{
    private const string Workspace = "/subscriptions/74be27de-1e4e-49d9-b579-fe0b331d3642/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/sentinel";
    private const string Theirs = """{"name":"0f8fad5b-d9cb-469f-a165-70867728950e","properties":{"displayName":"Theirs","query":"SigninLogs"}}""";
    private const string List = """{"properties":{"watchlistAlias":"Contoso","displayName":"Contoso","description":"Theirs by now.","provider":"x","itemsSearchKey":"Upn"},"name":"Contoso"}""";

    private TemporaryFolder _project = null!;
    private QueryServer _server = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _project = new();
        _project.Write("kit.yaml", "name: contoso-copilot\npublisher: Contoso\nshipped: false\nformats: [arm]\n");
        _project.Write("rules/mapping.yaml", TestPack.Mapping);
        _project.Write("rules/watchlists/contoso.yaml", "alias: Contoso\nversion: 1.0.0\nname: Contoso\ndescription: Ours.\nsearchKey: Upn\ncolumns: { Upn: string }\n");
        _server = await QueryServer.StartAsync();
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await _server.DisposeAsync();
        _project.Dispose();
    }

    [Test]
    public async Task Every_page_of_every_list_is_read_and_nothing_is_sent()
    {
        _server.Lists = path => new(200, path switch
        {
            _ when path.Contains("/watchlists?", StringComparison.Ordinal) => $"{{\"value\":[{List}],\"nextLink\":null}}",
            _ when path.Contains("/alertRules?", StringComparison.Ordinal) && !path.Contains("skip", StringComparison.Ordinal) => $"{{\"value\":[],\"nextLink\":\"{_server.Address}{Workspace[1..]}/providers/Microsoft.SecurityInsights/alertRules?api-version=2025-09-01&$skipToken=2\"}}",
            _ when path.Contains("skip", StringComparison.Ordinal) => $"{{\"value\":[{Theirs}]}}",
            _ => "{\"value\":[]}",
        });
        var result = await PlanAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Out, Does.Contain("Watchlist Contoso: changed").And.Contain("description: Theirs by now. to Ours."));
            Assert.That(result.Out, Does.Contain("1 of the workspace are none of this project's"));
            Assert.That((result.Code, result.Error), Is.EqualTo((0, "")));
            Assert.That(_server.Requests.Select(request => request.Body), Is.All.Empty);
            Assert.That(_server.Requests.Select(request => request.Headers.ContainsKey("Authorization")), Is.All.False, "nobody signs in to a server on this machine");
            Assert.That(_server.Requests.Select(request => request.Path.Split('?')[0].Split('/')[^1]), Is.EqualTo(["alertRules", "alertRules", "automationRules", "watchlists", "savedSearches", "summaryLogs", "workbooks"]));
        }
    }

    [TestCase("{\"value\":[],\"nextLink\":\"https://evil.example.com/more\"}", "CSK1192", TestName = "A list that goes on elsewhere")]
    [TestCase("{\"value\":[],\"nextLink\":5}", "CSK1192", TestName = "A list that goes on nowhere")]
    [TestCase("<html>", "CSK1192", TestName = "No JSON")]
    public async Task What_is_no_list_ends_it(string answer, string code)
    {
        _server.Lists = _ => new(200, answer);
        var result = await PlanAsync();
        Assert.That((result.Code, result.Out), Is.EqualTo((2, "")));
        Assert.That(result.Error, Does.Contain($"csk: error: {code}: ").And.Contain("sentinel/alertRules-1.json"));
    }

    [Test]
    public async Task Who_may_not_read_is_told_so()
    {
        _server.Lists = _ => new(403, ProtocolJson.Error("AuthorizationFailed", "You may not read rules."));
        Assert.That((await PlanAsync()).Error, Does.Contain("CSK1191").And.Contain("You may not read rules"));
    }

    [TestCase("--workspace", "sentinel", "no resource id of a workspace")]
    [TestCase("--workspace", Workspace + "/../../x", "no resource id of a workspace")]
    [TestCase("--workspace", Workspace + "?x=1", "no resource id of a workspace")]
    [TestCase("--endpoint", "https://example.com", "one of the two")]
    public async Task What_names_no_workspace_is_wrong_usage(string option, string value, string message)
    {
        var result = await Csk.RunAsync("plan", "--project", _project.Root, option, value);
        Assert.That((result.Code, result.Out), Is.EqualTo((2, "")));
        Assert.That(result.Error, Does.Contain(message));
    }

    [Test]
    public async Task A_token_is_for_hosts_of_the_cloud_alone()
    {
        var result = await Csk.RunAsync("plan", "--project", _project.Root, "--workspace", Workspace, "--endpoint", "https://management.azure.com.example.com");
        Assert.That((result.Code, result.Error), Is.EqualTo((2, "csk: error: --endpoint: \"management.azure.com.example.com\" is no host of Azure's cloud \"public\", and your token is for nobody else. Name management.azure.com or a host below it, or the right --cloud.\n")));
    }

    [Test]
    public void A_resource_id_is_read_in_any_letter_case() => Assert.That(
        WorkspaceResource.Parse(Workspace.ToUpper(CultureInfo.InvariantCulture) + "/"),
        Is.EqualTo(new WorkspaceResource(Workspace.ToUpper(CultureInfo.InvariantCulture), "/SUBSCRIPTIONS/74BE27DE-1E4E-49D9-B579-FE0B331D3642/RESOURCEGROUPS/SOC", "SENTINEL")));

    private Task<CskResult> PlanAsync() => Csk.RunAsync("plan", "--project", _project.Root, "--workspace", Workspace, "--endpoint", _server.Address.ToString());
}
