using System.Text.Json.Nodes;
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Tests.Backtest;

internal sealed class KustoEndpointTests : QueryServerTests
{
    [TestCase("Events_CL | extend At = now() | where TimeGenerated > ago(1d)")]
    [TestCase("Named")]
    [TestCase("print b = true, i = int(3), l = 9223372036854775807, r = real(nan), inf = real(-inf), e = 1e300, c = decimal(1.50), d = now(), t = 1.5h, g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), s = 'x\\n', y = dynamic({\"a\":[1,1.5,null,\"2\"]}), z = dynamic([]), q = long(null), n = dynamic(null)")]
    [TestCase("['Odd name']")]
    public async Task A_query_gives_there_what_it_gives_here(string text)
    {
        var (workspace, query) = (await Scripted.WorkspaceAsync(), await Scripted.QueryAsync(text));
        var direct = await new LocalEngine().RunAsync(query, workspace, CancellationToken.None);
        var there = await Endpoint().RunAsync(query, workspace, CancellationToken.None);
        Assert.That(direct.Problem ?? there.Problem, Is.Null);
        Assert.That(Scripted.Lines(there.Result!), Is.EqualTo(Scripted.Lines(direct.Result!)));
        Assert.That(there.Result!.Stages, Is.Empty);
    }

    [Test]
    public async Task A_shipped_rule_gives_there_what_it_gives_here()
    {
        var pack = await ShippedWorkspace.GetAsync();
        var (_, query) = pack.Queries.Single(entry => entry.Item.FileName == "CopilotJailbreakAttempt");
        var direct = await new LocalEngine().RunAsync(query, pack.Workspace, CancellationToken.None);
        var there = await Endpoint().RunAsync(query, pack.Workspace, CancellationToken.None);
        Assert.That(there.Problem, Is.Null);
        Assert.That(Scripted.Lines(there.Result!), Is.EqualTo(Scripted.Lines(direct.Result!)));
    }

    [Test]
    public async Task The_request_is_as_documented()
    {
        await RunAsync(Endpoint(database: "Samples", token: _ => new("secret")));
        var request = Server.Requests.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Path, Is.EqualTo("/v2/rest/query"));
            Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(request.Headers["Accept"], Is.EqualTo("application/json"));
            Assert.That(request.Headers["Authorization"], Is.EqualTo("Bearer secret"));
            Assert.That(request.Headers["x-ms-app"], Is.EqualTo("CopilotSentinelKit"));
            Assert.That(request.Member("db"), Is.EqualTo("Samples"));
            Assert.That(request.Member("csl"), Is.EqualTo("print x = 1"));
            Assert.That(request.Json.GetProperty("properties").GetProperty("Options").GetRawText(), Is.EqualTo("""{"servertimeout":"00:04:00","results_progressive_enabled":false,"request_readonly":true}"""));
        }
    }

    [TestCase("""[{"FrameType":"DataSetHeader"},TABLE,{"FrameType":"DataSetCompletion","HasErrors":true,"OneApiErrors":[{"error":{"code":"LimitsExceeded","@message":"80DA0003"}}]}]""", "CSK1188", false)]
    [TestCase("""[TABLE,{"FrameType":"DataSetCompletion","HasErrors":true,"OneApiErrors":[{"error":{"code":"General","message":"overflow"}}]}]""", "CSK1187", false)]
    [TestCase("""[TABLE,{"FrameType":"DataSetCompletion","HasErrors":true}]""", "CSK1187", false)]
    [TestCase("""[TABLE,{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":true}]""", "CSK1187", false)]
    [TestCase("""[{"FrameType":"DataTable","TableKind":"QueryCompletionInformation","Columns":[{"ColumnName":"Level"},{"ColumnName":"Payload"}],"Rows":[[4,"fine"],[2,"E_RUNAWAY_QUERY"]]},TABLE,END]""", "CSK1187", false)]
    [TestCase("""[{"FrameType":"DataTable","TableKind":"PrimaryResult","Columns":[{"ColumnName":"x","ColumnType":"long"}],"Rows":[[1],{"OneApiErrors":[{"error":{"code":"LimitsExceeded"}}]}]},END]""", "CSK1188", false)]
    [TestCase("""{"error":{"code":"General_BadRequest","message":"Semantic error"}}""", "CSK1187", false)]
    [TestCase("[TABLE]", "CSK1192", true)]
    [TestCase("[END]", "CSK1192", true)]
    [TestCase("""[{"FrameType":"TableHeader"},END]""", "CSK1192", true)]
    [TestCase("[1]", "CSK1192", true)]
    [TestCase("{}", "CSK1192", true)]
    [TestCase("", "CSK1192", true)]
    [TestCase("<html>Sign in</html>", "CSK1192", true)]
    [TestCase("[TABLE,", "CSK1192", true)]
    [TestCase("""[{"FrameType":"DataTable","TableKind":"PrimaryResult","Columns":[{"ColumnName":"x","ColumnType":"long"}],"Rows":[["1"]]},END]""", "CSK1192", true)]
    [TestCase("""[{"FrameType":"DataTable","TableKind":"PrimaryResult","Columns":[{"ColumnName":"x","ColumnType":"long"}],"Rows":[[99999999999999999999]]},END]""", "CSK1192", true)]
    [TestCase("""[{"FrameType":"DataTable","TableKind":"PrimaryResult","Columns":[{"ColumnName":"x","ColumnType":"long"}],"Rows":[[1,2]]},END]""", "CSK1192", true)]
    [TestCase("""[{"FrameType":"DataTable","TableKind":"PrimaryResult","Columns":[{"ColumnName":"x","ColumnType":"vector"}],"Rows":[]},END]""", "CSK1192", true)]
    [TestCase("""[{"FrameType":"DataTable","TableKind":"PrimaryResult","Columns":[{"ColumnName":"y","ColumnType":"long"}],"Rows":[[1]]},END]""", "CSK1186", true)]
    [TestCase("""[{"FrameType":"DataTable","TableKind":"PrimaryResult","Columns":[{"ColumnName":"x","ColumnType":"int"}],"Rows":[[1]]},END]""", "CSK1186", true)]
    public async Task A_wrong_answer_is_no_result(string body, string code, bool notRunnable)
    {
        Server.Answers.Enqueue(new(200, body
            .Replace("TABLE", ProtocolJson.Frame("PrimaryResult", "PrimaryResult", [new("x", "long")], [new JsonArray(1)]).ToJsonString(), StringComparison.Ordinal)
            .Replace("END", """{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}""", StringComparison.Ordinal)));
        var problem = (await RunAsync(Endpoint())).Problem!;
        Assert.That((problem.Code, problem.NotRunnable), Is.EqualTo((code, notRunnable)), problem.Message);
        Assert.That(Server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(400, "CSK1187", "Inner fault")]
    [TestCase(401, "CSK1191", "Inner fault")]
    [TestCase(403, "CSK1191", "Inner fault")]
    [TestCase(404, "CSK1194", "Inner fault")]
    [TestCase(504, "CSK1193", "240 seconds")]
    [TestCase(302, "CSK1187", "Inner fault")]
    public async Task A_status_of_its_own_is_not_asked_again(int status, string code, string detail)
    {
        Server.Answers.Enqueue(new(status, ProtocolJson.Error("Code", "Inner fault.")));
        var problem = (await RunAsync(Endpoint())).Problem!;
        Assert.That(problem.Code, Is.EqualTo(code));
        Assert.That(problem.Message, Does.Contain(detail));
        Assert.That(Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Waits_are_those_that_the_endpoint_asks_for_and_double_otherwise()
    {
        var time = new FakeTime();
        Server.Answers.Enqueue(Answer.Retry(429, "7"));
        Server.Answers.Enqueue(Answer.Retry(503));
        Server.Answers.Enqueue(Answer.Retry(500));
        Server.Answers.Enqueue(Answer.Retry(429, "Thu, 15 Jan 2026 12:01:00 GMT"));
        Assert.That((await RunAsync(Endpoint(time))).Problem, Is.Null);
        Assert.That(time.Waits, Is.EqualTo([7, 2, 4, 60 - 7 - 2 - 4]));
        Assert.That(Server.Requests, Has.Count.EqualTo(5));
    }

    [TestCase(429, 5, "CSK1190")]
    [TestCase(503, 5, "CSK1190")]
    [TestCase(502, 5, "CSK1187")]
    public async Task Patience_has_an_end(int status, int attempts, string code)
    {
        for (var i = 0; i < attempts + 1; i++)
        {
            Server.Answers.Enqueue(Answer.Retry(status));
        }

        var problem = (await RunAsync(Endpoint())).Problem!;
        Assert.That((problem.Code, problem.NotRunnable), Is.EqualTo((code, true)));
        Assert.That(Server.Requests, Has.Count.EqualTo(attempts));
    }

    [Test]
    public async Task Nobody_waits_for_an_hour_or_for_what_is_permanent()
    {
        Server.Answers.Enqueue(Answer.Retry(429, "3600"));
        Assert.That((await RunAsync(Endpoint())).Problem!.Code, Is.EqualTo("CSK1190"));
        Server.Answers.Enqueue(new(500, """{"error":{"code":"Internal","@message":"For ever.","@permanent":true}}"""));
        Assert.That((await RunAsync(Endpoint())).Problem!.Message, Does.Contain("Internal: For ever."));
        Assert.That(Server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Silence_ends_the_wait()
    {
        Server.Answers.Enqueue(new(200, "", Never: true));
        var problem = (await RunAsync(Endpoint(new FakeTime(losesPatience: true)))).Problem!;
        Assert.That((problem.Code, problem.NotRunnable), Is.EqualTo(("CSK1193", true)));
    }

    [Test]
    public void Who_asked_may_stop()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Server.Answers.Enqueue(new(200, "", Never: true));
        Assert.That(async () => await RunAsync(Endpoint(), stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Nobody_there_and_nobody_signed_in_are_said()
    {
        var address = KustoAddress.TryParse(QueryServer.Nobody)!;
        var nobody = await RunAsync(new(address, Http, new FakeTime()));
        Assert.That((nobody.Problem!.Code, nobody.Problem.NotRunnable), Is.EqualTo(("CSK1189", true)));
        var stranger = await RunAsync(Endpoint(token: _ => throw new SignInException("Run az login.")));
        Assert.That(stranger.Problem!.Code, Is.EqualTo("CSK1191"));
        Assert.That(stranger.Problem.Message, Does.Contain("Run az login."));
    }

    [Test]
    public async Task What_cannot_be_sent_is_not_sent()
    {
        var outcome = await Endpoint().RunAsync(await Scripted.QueryAsync("search 'x'"), await Scripted.WorkspaceAsync(), CancellationToken.None);
        Assert.That((outcome.Problem!.Code, outcome.Problem.NotRunnable), Is.EqualTo(("CSK1180", true)));
        Assert.That(Server.Requests, Is.Empty);
    }

    [TestCase("http://localhost:8080", "http://localhost:8080/", "NetDefaultDB", false)]
    [TestCase("http://kusto.example.com:8080/", "http://kusto.example.com:8080/", "NetDefaultDB", false)]
    [TestCase("https://help.kusto.windows.net/Samples", "https://help.kusto.windows.net/", "Samples", true)]
    [TestCase("https://localhost/My%20DB/", "https://localhost/", "My DB", false)]
    [TestCase("https://kusto.windows.net.example.com/db", "https://kusto.windows.net.example.com/", "db", false)]
    public void An_address_namesServer_and_database(string text, string server, string database, bool needsToken) =>
        Assert.That(KustoAddress.TryParse(text), Is.EqualTo(new KustoAddress(new(server), database)).And.Property("NeedsToken").EqualTo(needsToken));

    [TestCase("localhost:8080")]
    [TestCase("ftp://localhost")]
    [TestCase("https://user.example.com:b@localhost")]
    [TestCase("https://localhost/a/b")]
    [TestCase("https://localhost/?db=x")]
    [TestCase("")]
    public void What_is_no_address_is_none(string text) => Assert.That(KustoAddress.TryParse(text), Is.Null);

    [TestCase("1", "real", "1.0")]
    [TestCase("0", "bool", "false")]
    [TestCase("1e999", "real", "inf")]
    [TestCase("\"12.50\"", "decimal", "12.50")]
    [TestCase("\"-1.00:00:02.5\"", "timespan", "-1.00:00:02.5000000")]
    [TestCase("\"2026-01-01T00:00:00.1234567Z\"", "datetime", "2026-01-01T00:00:00.1234567Z")]
    [TestCase("\"{\\\"a\\\":1}\"", "dynamic", "{\"a\":1}")]
    [TestCase("\"{no json\"", "dynamic", "{no json")]
    [TestCase("\"\"", "dynamic", "")]
    [TestCase("null", "string", "")]
    [TestCase("2147483648", "int", null)]
    [TestCase("2", "bool", null)]
    [TestCase("\"soon\"", "datetime", null)]
    [TestCase("{}", "string", null)]
    [TestCase("\"x\"", "guid", null)]
    [TestCase("\"1\"", "real", null)]
    public void Cells_are_read_by_their_type(string json, string type, string? expected)
    {
        using var cell = System.Text.Json.JsonDocument.Parse(json);
        Assert.That(RemoteValues.Read(cell.RootElement, KqlTypes.Find(type)!.Value)?.ToString(), Is.EqualTo(expected));
    }

    private KustoEndpoint Endpoint(FakeTime? time = null, string database = "NetDefaultDB", TokenSource? token = null) =>
        new(new(Server.Address, database), Http, time ?? new FakeTime(), token);

    private static async Task<QueryOutcome> RunAsync(KustoEndpoint endpoint, CancellationToken cancellation = default) =>
        await endpoint.RunAsync(await Scripted.QueryAsync("print x = 1"), Scripted.Nothing, cancellation);
}
