using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Backtest;

/// <summary>A server on a real socket that speaks the query protocols of Kusto (version 2) and of Log Analytics, and runs what it is asked with
/// Kusto.Language and the kit's own evaluator over its workspace.</summary>
internal sealed class QueryServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly KqlSchema _schema;
    private readonly EvaluationWorkspace _workspace;

    public QueryServer(KqlSchema? schema = null, EvaluationWorkspace? workspace = null)
    {
        _schema = schema ?? new(SharedHost.Catalog, [], [], []);
        _workspace = workspace ?? Scripted.Nothing;
        Address = new($"http://127.0.0.1:{FreePort()}");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>What was asked for.</summary>
    public ConcurrentQueue<Received> Requests { get; } = [];

    /// <summary>Answers to give before anything is run.</summary>
    public ConcurrentQueue<Answer> Answers { get; } = [];

    /// <summary>Chooses an answer for a query; null runs it.</summary>
    public Func<string, Answer?> Judge { get; set; } = _ => null;

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var received = new Received(context.Request.Url!.AbsolutePath, body, context.Request.Headers.AllKeys.ToDictionary(key => key!, key => context.Request.Headers[key]!, StringComparer.OrdinalIgnoreCase));
        Requests.Enqueue(received);
        var answer = Answers.TryDequeue(out var canned) ? canned : await RunOrTellAsync(received);
        try
        {
            if (answer.Never)
            {
                return;
            }

            context.Response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers ?? [])
            {
                context.Response.Headers[name] = value;
            }

            var bytes = Encoding.UTF8.GetBytes(answer.Body);
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client did not wait.
        }
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
