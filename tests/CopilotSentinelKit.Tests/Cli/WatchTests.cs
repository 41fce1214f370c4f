using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>csk generate --watch: writes again after each change until it is stopped.</summary>
internal sealed class WatchTests
{
    private const string Written = "content/yaml/Watchlists/Contoso.yaml";

    private TemporaryFolder _project = null!;

    [SetUp]
    public void Create()
    {
        _project = new();
        _project.Write("kit.yaml", "name: contoso-copilot\npublisher: Contoso\nshipped: false\nformats: [yaml]\n");
        _project.Write("rules/mapping.yaml", TestPack.Mapping);
        _project.Write("rules/watchlists/contoso.yaml", Watchlist("One."));
    }

    [TearDown]
    public void Remove() => _project.Dispose();

    [Test]
    public async Task What_is_saved_is_written_and_a_mistake_waits_for_its_correction()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var run = CommandLine.RunAsync(["generate", "--watch", "--project", _project.Root], new(TextWriter.Synchronized(output), TextWriter.Synchronized(error), false), stop.Token);

        await WaitAsync(1);
        Assert.That(_project.Read(Written), Does.Contain("One."), () => error.ToString());

        _project.Write("rules/watchlists/contoso.yaml", Watchlist("Two.").Replace("searchKey: Upn", "searchKey: Unp", StringComparison.Ordinal));
        await WaitAsync(2);
        Assert.That(error.ToString(), Does.Contain("\"Unp\"").And.Contain("Nothing was written."));
        Assert.That(_project.Read(Written), Does.Contain("One."));

        _project.Write("rules/watchlists/contoso.yaml", Watchlist("Two."));
        await WaitAsync(3);
        Assert.That(_project.Read(Written), Does.Contain("Two."));

        // The output is no input, and neither is a file that nothing reads.
        _project.Write("notes.txt", "nothing");
        File.Delete(_project.PathOf("rules/watchlists/contoso.yaml"));
        await WaitAsync(4);
        Assert.That(_project.PathOf(Written), Does.Not.Exist);

        await stop.CancelAsync();
        Assert.That(await run, Is.Zero, () => error.ToString());
        Assert.That(Runs(), Is.EqualTo(4));

        int Runs() => error.ToString().Split("Waiting for changes").Length - 1;

        async Task WaitAsync(int runs)
        {
            for (var left = 1200; Runs() < runs && left > 0 && !run.IsCompleted; left--)
            {
                await Task.Delay(50);
            }

            Assert.That(Runs(), Is.EqualTo(runs), () => error.ToString());
        }
    }

    [Test]
    public async Task It_writes_and_so_does_not_go_with_check()
    {
        var result = await Csk.RunAsync("generate", "--watch", "--check", "--project", _project.Root);
        Assert.That((result.Code, result.Error), Is.EqualTo((2, "csk: error: --watch writes and --check does not: leave out one of them.\nRun \"csk generate --help\" for what it takes.\n")));
    }

    private static string Watchlist(string description) =>
        $$"""
        alias: Contoso
        version: 1.0.0
        name: Contoso
        description: {{description}}
        searchKey: Upn
        columns: { Upn: string }

        """;
}
