using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>Sends JSON to an endpoint, patiently, and reads JSON or says what is wrong.</summary>
internal sealed class RemoteClient(HttpClient http, TimeProvider time, Uri address, TokenSource? token, RemoteOptions options)
{
    private const int Shown = 200;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private readonly string _name = address.GetLeftPart(UriPartial.Authority);

    /// <summary>The endpoint's name in messages.</summary>
    public string Name => _name;

    /// <summary>Posts a document until there is an answer that is worth reading, or no more attempt.</summary>
    /// <param name="path">Where to, below the address.</param>
    /// <param name="body">The document.</param>
    /// <param name="adorn">Adds headers.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Task<(JsonDocument? Answer, RemoteFault? Fault)> PostAsync(string path, ReadOnlyMemory<byte> body, Action<HttpRequestHeaders> adorn, CancellationToken cancellation) =>
        SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path)) { Content = new ReadOnlyMemoryContent(body) };
                request.Content.Headers.ContentType = new("application/json", "utf-8");
                adorn(request.Headers);
                return request;
            },
            cancellation);

    /// <summary>Asks for a document, as patiently.</summary>
    /// <param name="path">Of what, below the address, with its query.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Task<(JsonDocument? Answer, RemoteFault? Fault)> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(address, path)), cancellation);

    private async Task<(JsonDocument? Answer, RemoteFault? Fault)> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, fault, wait) = await TryAsync(create, attempt, cancellation).ConfigureAwait(false);
            if (wait is not { } delay || attempt >= options.Attempts || delay > options.LongestDelay)
            {
                return (answer, fault);
            }

            answer?.Dispose();
            await Task.Delay(delay, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>One attempt; the wait is null when it was the last that makes sense.</summary>
    private async Task<(JsonDocument? Answer, RemoteFault? Fault, TimeSpan? Wait)> TryAsync(Func<HttpRequestMessage> create, int attempt, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.Timeout + Grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var request = create();
            request.Headers.Accept.Add(new("application/json"));
            if (token is not null)
            {
                request.Headers.Authorization = new("Bearer", await token(either.Token).ConfigureAwait(false));
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await ReadAsync(response.Content, either.Token).ConfigureAwait(false) is { } received
                ? Judge(response, received, attempt)
                : (null, new(FaultKind.Service, span => RemoteFindings.AnswerTooLarge(span, _name, options.MostBytes)), null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new(FaultKind.Service, span => RemoteFindings.NoAnswerInTime(span, _name, options.Timeout)), null);
        }
        catch (SignInException fault)
        {
            return (null, new(FaultKind.Access, span => RemoteFindings.NotAllowed(span, _name, fault.Message)), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException)
        {
            return (null, new(FaultKind.Access, span => RemoteFindings.Unreachable(span, _name, fault.Message)), Doubled(attempt));
        }
    }

    // An answer may go on for ever, and a packed one may be a thousand times as long as what is sent.
    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        using var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var count)
        {
            if (body.Length + count > options.MostBytes)
            {
                return null;
            }

            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }

    private (JsonDocument? Answer, RemoteFault? Fault, TimeSpan? Wait) Judge(HttpResponseMessage response, byte[] body, int attempt)
    {
        var (answer, garbage) = Parse(body);
        if (response.IsSuccessStatusCode)
        {
            return (answer, garbage is null ? null : new(FaultKind.Service, span => RemoteFindings.NotAReply(span, _name, garbage)), null);
        }

        using (answer)
        {
            var error = answer is null ? null : OneApiError.Find(answer.RootElement);
            var status = (int)response.StatusCode;
            var text = error is { } found ? OneApiError.Text(found) : FormattableString.Invariant($"HTTP {status} {response.ReasonPhrase}").TrimEnd();
            TimeSpan? wait = error is { } known && OneApiError.IsPermanent(known) ? null : Wait(response, attempt);
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (null, new(FaultKind.Access, span => RemoteFindings.NotAllowed(span, _name, text)), null),
                HttpStatusCode.NotFound => (null, new(FaultKind.Access, span => RemoteFindings.NotFound(span, _name, text)), null),
                HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => (null, new(FaultKind.Service, span => RemoteFindings.Busy(span, _name, attempt)), wait),
                HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => (null, new(FaultKind.Service, span => RemoteFindings.NoAnswerInTime(span, _name, options.Timeout)), null),
                >= HttpStatusCode.InternalServerError => (null, new(FaultKind.Service, span => RemoteFindings.Refused(span, text)), wait),
                _ when error is not null => (null, RemoteFault.Refused(text), null),
                _ => (null, new(FaultKind.Service, span => RemoteFindings.NotAReply(span, _name, text)), null),
            };
        }
    }

    private static (JsonDocument? Answer, string? Garbage) Parse(byte[] body)
    {
        try
        {
            return (JsonParser.Parse(body), null);
        }
        catch (JsonException fault)
        {
            var start = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, Shown))).ReplaceLineEndings(" ").Trim();
            return (null, start.Length == 0 ? "it is empty" : $"it is no JSON ({fault.Message.TrimEnd('.')}): \"{start}\"");
        }
    }

    /// <summary>What the endpoint asks for, in seconds or as a date, or else a wait that doubles.</summary>
    private TimeSpan Wait(HttpResponseMessage response, int attempt)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => Doubled(attempt),
        };
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    private TimeSpan Doubled(int attempt) => options.FirstDelay * Math.Pow(2, attempt - 1);
}
