using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Templates;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>One language host for all tests: starting it and its first analysis cost about a second.</summary>
[SetUpFixture]
public sealed class Host
{
    private static LanguageHost? _host;

    public static IKqlAnalyzer Kql => new HostKqlAnalyzer(_host!);

    public static ITemplateEngine Templates => new HostTemplateEngine(_host!);

    public static TableCatalog Catalog { get; } = TableCatalog.Load();

    [OneTimeSetUp]
    public void Start() => _host = new(LanguageHostOptions.ForApplication());

    [OneTimeTearDown]
    public async Task Stop() => await _host!.DisposeAsync();
}
