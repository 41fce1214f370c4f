using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CopilotSentinelKit.Tests.Backtest;

/// <summary>A server on a real socket that speaks the query protocols of Kusto (version 2) and of Log Analytics, and runs what it is asked with
/// Kusto.Language and the kit's own evaluator over its workspace.</summary>
internal sealed class QueryServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly KqlSchema _schema;
    private readonly EvaluationWorkspace _workspace;
    private readonly WebApplication _server;

    private QueryServer(KqlSchema? schema, EvaluationWorkspace? workspace)
    {
        _schema = schema ?? new(SharedHost.Catalog, [], [], []);
        _workspace = workspace ?? Scripted.Nothing;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    /// <summary>Nobody listens there: no program but the superuser's may.</summary>
    public static string Nobody => "http://127.0.0.1:1";

    public Uri Address => new(_server.Urls.Single());

    /// <summary>What was asked for.</summary>
    public ConcurrentQueue<Received> Requests { get; } = [];

    /// <summary>Answers to give before anything is run.</summary>
    public ConcurrentQueue<Answer> Answers { get; } = [];

    /// <summary>Chooses an answer for a query; null runs it.</summary>
    public Func<string, Answer?> Judge { get; set; } = _ => null;

    /// <summary>Answers what is read with GET.</summary>
    public Func<string, Answer> Lists { get; set; } = path => new(404, ProtocolJson.Error("NotFound", path));

    public static async Task<QueryServer> StartAsync(KqlSchema? schema = null, EvaluationWorkspace? workspace = null)
    {
        var server = new QueryServer(schema, workspace);
        await server._server.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var received = new Received(context.Request.Path + context.Request.QueryString, body, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        Requests.Enqueue(received);
        var answer = context.Request.Method == "GET" ? Lists(received.Path)
            : Answers.TryDequeue(out var canned) ? canned : await RunOrTellAsync(received);
        if (answer.Never)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers ?? [])
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    // A fault of the server must fail the test that waits for it, not keep it waiting.
    private async Task<Answer> RunOrTellAsync(Received received)
    {
        try
        {
            return await RunAsync(received);
        }
        catch (Exception fault)
        {
            return new(400, ProtocolJson.Error("TestServer", fault.ToString()));
        }
    }

    private async Task<Answer> RunAsync(Received received)
    {
        var isKusto = received.Path == "/v2/rest/query";
        var query = received.Member(isKusto ? "csl" : "query");
        if (Judge(query) is { } chosen)
        {
            return chosen;
        }

        var analysis = (await SharedHost.Analyzer.AnalyzeAsync(_schema, [new(query, [], WithTree: true)], null, CancellationToken.None)).Single();
        var outcome = await new LocalEngine().RunAsync(new(query, analysis), _workspace, CancellationToken.None);
        return outcome.Problem is { } problem ? new(400, ProtocolJson.Error("BadRequest", problem.Message))
            : new(200, isKusto ? ProtocolJson.Kusto(outcome.Result!).ToJsonString() : ProtocolJson.LogAnalytics(outcome.Result!).ToJsonString());
    }
}

/// <summary>What a client sent.</summary>
internal sealed record Received(string Path, string Body, Dictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Member(string name) => Json.GetProperty(name).GetString()!;
}

/// <summary>What a server says.</summary>
internal sealed record Answer(int Status, string Body, Dictionary<string, string>? Headers = null, bool Never = false)
{
    public static Answer Retry(int status, string? after = null) => new(status, "", after is null ? null : new() { ["Retry-After"] = after });
}
