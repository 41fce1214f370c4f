using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Templates;

namespace CopilotSentinelKit.Tests.Templates;

/// <summary>One language host for all tests that only render.</summary>
[SetUpFixture]
public sealed class SharedEngine
{
    private static readonly LanguageHost Host = new(LanguageHostOptions.ForApplication());

    public static HostTemplateEngine Engine { get; } = new(Host);

    public static HostKqlAnalyzer Analyzer { get; } = new(Host);

    [OneTimeTearDown]
    public async Task Stop() => await Host.DisposeAsync();
}
