namespace CopilotSentinelKit.Tests.Backtest;

/// <summary>Tests of a client against a server of its own for each.</summary>
internal abstract class QueryServerTests
{
    protected static readonly HttpClient Http = new() { Timeout = Timeout.InfiniteTimeSpan };

    protected QueryServer Server { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync() => Server = await QueryServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await Server.DisposeAsync();
}
