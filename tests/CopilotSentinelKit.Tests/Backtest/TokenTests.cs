using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Cli.Commands;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Backtest;

/// <summary>Who gets a token to see.</summary>
internal sealed class TokenTests
{
    private const string Workspace = "74be27de-1e4e-49d9-b579-fe0b331d3642";
    private const string Empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        using var other = new TlsServer(Empty);
        using var server = new TlsServer($"HTTP/1.1 {status} Elsewhere\r\nLocation: {other.Address}steal\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var reply = await QueryAsync(server, trusted: true);
        Assert.That(CodeOf(reply), Is.EqualTo("CSK1192"));
        Assert.That(server.Heads.Single(), Does.Contain("Authorization: Bearer secret"));
        Assert.That(other.Heads, Is.Empty);
    }

    [Test]
    public async Task A_server_that_cannot_say_who_it_is_gets_nothing()
    {
        using var server = new TlsServer(Empty);
        var reply = await QueryAsync(server, trusted: false);
        Assert.That(CodeOf(reply), Is.EqualTo("CSK1189"));
        Assert.That(server.Heads, Is.Empty);
    }

    [TestCase("api.loganalytics.azure.com", "public")]
    [TestCase("API.LogAnalytics.IO", "public")]
    [TestCase("westeurope.api.monitor.azure.com", "public")]
    [TestCase("api.loganalytics.us", "usgov")]
    [TestCase("api.loganalytics.azure.cn", "china")]
    [TestCase("api.loganalytics.azure.com.example.com", null)]
    [TestCase("notloganalytics.io", null)]
    [TestCase("localhost", null)]
    public void A_host_is_of_one_cloud_or_of_none(string host, string? cloud) =>
        Assert.That(AzureCloud.All.Where(known => known.HasLogs(new("https://" + host))).Select(known => known.Name), Is.EqualTo(cloud is null ? [] : new[] { cloud }));

    private static async Task<LogAnalyticsReply> QueryAsync(TlsServer server, bool trusted)
    {
        using var handler = WorkspaceOptions.Handler();
        if (trusted)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == server.Thumbprint;
        }

        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new LogAnalytics(server.Address, Workspace, http, TimeProvider.System, _ => new("secret"), new() { Attempts = 1 });
        return await client.QueryAsync("print x = 1", CancellationToken.None);
    }

    private static string CodeOf(LogAnalyticsReply reply) => reply.Fault!.At(new SourceFile("query", "").All).Code;
}
