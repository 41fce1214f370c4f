#pragma warning disable IDE0130 // NUnit runs this set-up for the tests of its namespace and those below it: it must stand above all.
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Cli.Cache;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Tests.Support;

// Fixtures share nothing but the hosts here. Those that change what belongs to the process (culture, environment, current folder) are marked NonParallelizable.
[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace CopilotSentinelKit.Tests;

/// <summary>The language hosts of all tests that only ask them something, with a cache that they share with the commands under test: starting a host takes
/// a second, and most tests compile the shipped pack, or all of it but one file.</summary>
[SetUpFixture]
public sealed class SharedHost
{
    private static readonly TemporaryFolder Cache = OpenCache();
    private static readonly LanguageServices Host = LanguageServices.Open();

    public static IKqlAnalyzer Analyzer { get; } = new RememberingAnalyzer(new CachedKqlAnalyzer(Host.Kql, CacheFolder.Open()));

    public static TableCatalog Catalog { get; } = KitData.LoadTables();

    // A field is made when it is first asked for: the cache must be there before the first command runs.
    [OneTimeSetUp]
    public void Start() => Assert.That(Cache.Root, Does.Exist);

    [OneTimeTearDown]
    public async Task Stop()
    {
        await Host.DisposeAsync();
        Cache.Dispose();
    }

    private static TemporaryFolder OpenCache()
    {
        var folder = new TemporaryFolder();
        Environment.SetEnvironmentVariable("CSK_CACHE", folder.Root);
        return folder;
    }
}
