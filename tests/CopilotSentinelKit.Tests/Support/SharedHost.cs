#pragma warning disable IDE0130 // NUnit runs this set-up for the tests of its namespace and those below it: it must stand above all.
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests;

/// <summary>One language host for all tests that only ask it something: starting one and its first analysis take a second.</summary>
[SetUpFixture]
public sealed class SharedHost
{
    private static readonly LanguageServices Host = LanguageServices.Open();

    public static IKqlAnalyzer Analyzer { get; } = Host.Kql;

    public static TableCatalog Catalog { get; } = KitData.LoadTables();

    [OneTimeTearDown]
    public async Task Stop()
    {
        Support.Csk.RemoveCache();
        await Host.DisposeAsync();
    }
}
