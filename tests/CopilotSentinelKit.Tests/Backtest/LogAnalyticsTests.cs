
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Backtest;

internal sealed class LogAnalyticsTests : QueryServerTests
{
    private const string Workspace = "74be27de-1e4e-49d9-b579-fe0b331d3642";

    [Test]
    public async Task A_query_is_sent_as_documented_and_its_rows_are_typed()
    {
        var reply = await Client(token: _ => new("secret")).QueryAsync("print a = 1, b = datetime(2026-01-01), c = dynamic([1]), d = real(nan)", CancellationToken.None);
        Assert.That(reply.Fault, Is.Null);
        Assert.That(reply.Result!.Rows.Single().Select(value => value.Kind), Is.EqualTo([ValueKind.Long, ValueKind.DateTime, ValueKind.Array, ValueKind.Real]));
        var request = Server.Requests.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Path, Is.EqualTo($"/v1/workspaces/{Workspace}/query"));
            Assert.That(request.Headers["Prefer"], Is.EqualTo("wait=600"));
            Assert.That(request.Headers["Authorization"], Is.EqualTo("Bearer secret"));
            Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(request.Body, Is.EqualTo("""{"query":"print a = 1, b = datetime(2026-01-01), c = dynamic([1]), d = real(nan)"}"""));
        }
    }

    [Test]
    public async Task A_partial_result_is_a_result_with_a_fault()
    {
        Server.Answers.Enqueue(new(200, """{"tables":[{"name":"PrimaryResult","columns":[{"name":"x","type":"long"}],"rows":[[1]]}],"error":{"code":"PartialError","message":"There were some errors.","details":[]}}"""));
        var reply = await Client().QueryAsync("print x = 1", CancellationToken.None);
        Assert.That(reply.Result!.Rows, Has.Length.EqualTo(1));
        Assert.That((Finding(reply).Code, Finding(reply).Message), Is.EqualTo(
            ("CSK1188", "The endpoint gave a part of the result only: PartialError: There were some errors. Ask for less: fewer days, or a query that returns fewer rows.")));
    }

    [TestCase(400, """{"error":{"message":"The request had some invalid properties","code":"BadArgumentError","innererror":{"code":"SemanticError","message":"A semantic error occurred.","innererror":{"code":"SEM0100","message":"'where' operator: Failed to resolve table"}}}}""", "CSK1187", FaultKind.Query, "BadArgumentError: The request had some invalid properties: A semantic error occurred: 'where' operator: Failed to resolve table")]
    [TestCase(403, """{"error":{"message":"The provided credentials have insufficient access","code":"InsufficientAccessError"}}""", "CSK1191", FaultKind.Access, "InsufficientAccessError")]
    [TestCase(404, """{"error":{"message":"The workspace could not be found","code":"WorkspaceNotFoundError"}}""", "CSK1194", FaultKind.Access, "WorkspaceNotFoundError")]
    [TestCase(504, "", "CSK1193", FaultKind.Service, "600 seconds")]
    [TestCase(200, """{"tables":[]}""", "CSK1192", FaultKind.Service, "no tables")]
    [TestCase(200, """{"error":"sorry"}""", "CSK1187", FaultKind.Query, "sorry")]
    [TestCase(200, """{"tables":[{"name":"PrimaryResult","columns":[{"name":"x","type":"long"}],"rows":[["many"]]}]}""", "CSK1192", FaultKind.Service, "\"x\" is of the type long, and has the value \"many\"")]
    [TestCase(200, """{"tables":[1]}""", "CSK1192", FaultKind.Service, "no columns")]
    [TestCase(418, "teapot", "CSK1192", FaultKind.Service, "HTTP 418")]
    public async Task A_fault_says_what_is_wrong(int status, string body, string code, object kind, string detail)
    {
        Server.Answers.Enqueue(new(status, body));
        var reply = await Client().QueryAsync("print x = 1", CancellationToken.None);
        Assert.That(reply.Result, Is.Null);
        Assert.That((Finding(reply).Code, reply.Fault!.Kind), Is.EqualTo((code, kind)));
        Assert.That(Finding(reply).Message, Does.Contain(detail));
    }

    [TestCase(@"\ud800", "\uFFFD")]
    [TestCase(@"\udc00x", "\uFFFDx")]
    [TestCase(@"\ud83d\ud83d\ude00", "\uFFFD\U0001F600")]
    [TestCase(@"\\ud800", @"\ud800")]
    [TestCase(@"\\\ud800", "\\\uFFFD")]
    public async Task Text_that_is_no_Unicode_is_data(string json, string value)
    {
        Server.Answers.Enqueue(new(200, $$"""{"tables":[{"name":"PrimaryResult","columns":[{"name":"x","type":"string"}],"rows":[["{{json}}"]]}]}"""));
        var reply = await Client().QueryAsync("print x = 1", CancellationToken.None);
        Assert.That(reply.Result!.Rows.Single().Single().Text, Is.EqualTo(value));

        Server.Answers.Enqueue(new(400, $$$"""{"error":{"code":"x","message":"{{{json}}}"}}"""));
        Assert.That(Finding(await Client().QueryAsync("print x = 1", CancellationToken.None)).Message, Does.Contain(value));
    }

    [Test]
    public async Task An_answer_without_end_is_not_read_to_it()
    {
        Server.Answers.Enqueue(new(200, new string(' ', 2_000_000)));
        var reply = await Client(options: new() { MostBytes = 1024 * 1024 }).QueryAsync("print x = 1", CancellationToken.None);
        Assert.That((Finding(reply).Code, reply.Fault!.Kind), Is.EqualTo(("CSK1195", FaultKind.Service)));
    }

    [Test]
    public async Task Throttling_is_waited_for()
    {
        var time = new FakeTime();
        Server.Answers.Enqueue(Answer.Retry(429, "30"));
        Assert.That((await Client(time).QueryAsync("print x = 1", CancellationToken.None)).Fault, Is.Null);
        Assert.That(time.Waits[0], Is.EqualTo(30));
    }

    private LogAnalytics Client(FakeTime? time = null, TokenSource? token = null, RemoteOptions? options = null) => new(Server.Address, Workspace, Http, time ?? new FakeTime(), token, options);

    private static Finding Finding(LogAnalyticsReply reply) => reply.Fault!.At(new SourceFile("query", "print x = 1").All);
}
