using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Tests.Kql;

/// <summary>One language host for all tests that only ask it something: starting one takes half a second.</summary>
[SetUpFixture]
public sealed class SharedHost
{
    private static readonly LanguageHost Host = new(LanguageHostOptions.ForApplication());

    public static HostKqlAnalyzer Analyzer { get; } = new(Host);

    [OneTimeTearDown]
    public async Task Stop() => await Host.DisposeAsync();
}
