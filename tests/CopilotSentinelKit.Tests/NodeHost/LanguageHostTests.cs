using System.Diagnostics;
using System.Runtime.Versioning;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.NodeHost;

namespace CopilotSentinelKit.Tests.NodeHost;

[UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win", Reason = "The stand-ins for Node are shell scripts.")]
public sealed class LanguageHostTests
{
    private static readonly KqlSchema Schema = new(KitData.LoadTables(), [], [], []);

    [TestCase("no-such-node-anywhere")]
    [TestCase("/no/such/folder/node")]
    public async Task A_missing_Node_is_told(string node)
    {
        await using var host = new LanguageHost(LanguageHostOptions.ForApplication() with { Node = node });

        var error = await Failure(host);

        Assert.That(error.Code, Is.EqualTo("CSK0901"));
        Assert.That(error.Message, Does.Contain($"\"{node}\"").And.Contain("Node.js 18").And.Contain("CSK_NODE"));
    }

    [Test]
    public async Task A_file_that_cannot_be_run_is_told()
    {
        using var node = new FakeNode("");
        File.SetUnixFileMode(node.Path, UnixFileMode.UserRead);
        await using var host = node.Host();

        Assert.That((await Failure(host)).Code, Is.EqualTo("CSK0901"));
    }

    // What the stand-in does, the code, and a part of the message.
    [TestCase("echo '{\"error\":\"node 16.20.2 is older than 18\"}'; sleep 100", "CSK0902", "node 16.20.2 is older than 18")]
    [TestCase("echo first >&2; echo boom >&2; exit 3", "CSK0903", "with exit code 3 before it had answered. Its last output was: \"first boom\"")]
    [TestCase("exit 0", "CSK0903", "with exit code 0")]
    [TestCase(FakeNode.Hello + "; read line; echo 'out of memory' >&2; exit 134", "CSK0903", "\"out of memory\"")]
    [TestCase("kill -9 $$", "CSK0903", "137")]
    [TestCase("sleep 5 & exit 7", "CSK0903", "with exit code 7")]
    [TestCase("echo 'Welcome to Node'; sleep 100", "CSK0905", "\"Welcome to Node\"")]
    [TestCase("printf 'no line end'; sleep 100", "CSK0905", "\"no line end\"")]
    [TestCase("yes", "CSK0905", "\"y")]
    [TestCase("echo '[1]'; sleep 100", "CSK0905", "\"[1]\"")]
    [TestCase("echo '{\"hello\"'; sleep 100", "CSK0905", "\"{\"hello\"\"")]
    [TestCase("echo '{}'; sleep 100", "CSK0905", "\"{}\"")]
    [TestCase(FakeNode.Hello + "; read line; echo '{\"id\":99,\"result\":1}'; sleep 100", "CSK0905", "\"id\":99")]
    [TestCase(FakeNode.Hello + "; " + FakeNode.Hello + "; sleep 100", "CSK0905", "hello")]
    [TestCase(FakeNode.Hello + "; printf '\\033[31m\\001\\377red\\n'; sleep 100", "CSK0905", "red")]
    public async Task A_host_that_fails_is_told(string script, string code, string part)
    {
        using var node = new FakeNode(script);
        await using var host = node.Host();

        var error = await Failure(host);

        Assert.That(error.Code, Is.EqualTo(code), error.Message);
        Assert.That(error.Message, Does.Contain(part));
        Assert.That(error.Message.Where(char.IsControl), Is.Empty);
    }

    [TestCase("sleep 100")]
    [TestCase(FakeNode.Hello + "; sleep 100")]
    [TestCase(FakeNode.Hello + "; read line; printf '{\"id\":1,'; sleep 100")]
    public async Task A_host_that_hangs_is_stopped(string script)
    {
        using var node = new FakeNode($"echo $$ >> $DIR/pids; {script}");
        await using var host = node.Host(0.5);

        var error = await Failure(host);

        Assert.That(error.Code, Is.EqualTo("CSK0904"));
        Assert.That(error.Message, Does.Contain("0.5 seconds").And.Contain("CSK_HOST_PATIENCE"));
        Assert.That(node.ProcessIds("pids").Any(IsRunning), Is.False);
    }

    [Test]
    public async Task What_the_host_was_asked_about_is_named()
    {
        using var node = new FakeNode(FakeNode.Hello + "; sleep 100");
        await using var host = node.Host(0.5);

        Assert.That((await Failure(host)).Message, Does.Contain("about the query at rules/a.yaml:8:8 and"));
    }

    [TestCase(null, 300)]
    [TestCase("", 300)]
    [TestCase("600", 600)]
    [TestCase("0.5", 0.5)]
    public void Patience_is_a_setting(string? text, double seconds) =>
        Assert.That(LanguageHostOptions.ForApplication().WithPatience(text).Timeout, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("0"), TestCase("-1"), TestCase("5m"), TestCase("NaN"), TestCase("1e9"), TestCase("100000")]
    public void Patience_that_is_no_time_is_told(string text)
    {
        var error = Assert.Throws<LanguageServiceException>(() => LanguageHostOptions.ForApplication().WithPatience(text));
        Assert.That((error!.Code, error.Message.Contains($"\"{text}\"", StringComparison.Ordinal)), Is.EqualTo(("CSK0908", true)));
    }

    [Test]
    public async Task A_host_that_takes_nothing_in_is_stopped()
    {
        using var node = new FakeNode(FakeNode.Hello + "; sleep 100");
        await using var host = node.Host(0.5);

        Assert.That((await Failure(host, new string('x', 2_000_000))).Code, Is.EqualTo("CSK0904"));
    }

    [Test]
    public async Task A_host_that_says_much_on_stderr_is_not_blocked()
    {
        using var node = new FakeNode("head -c 3000000 /dev/zero | tr '\\0' 'e' >&2; exec node \"$@\"");
        await using var host = node.Host();

        Assert.That((await Analyze(host, "print 1")).Diagnostics, Is.Empty);
    }

    [Test]
    public async Task A_file_of_the_host_that_is_missing_is_named()
    {
        using var node = new FakeNode("");
        var folder = node.CopyHost();
        File.Delete(Path.Combine(folder, "bridge.min.js"));
        await using var host = new LanguageHost(LanguageHostOptions.ForApplication() with { Directory = folder });

        var error = await Failure(host);

        Assert.That(error.Code, Is.EqualTo("CSK0906"));
        Assert.That(error.Message, Does.Contain(Path.Combine(folder, "bridge.min.js")).And.Contain("dotnet build"));
    }

    [Test]
    public async Task The_snapshot_of_the_build_is_used()
    {
        Assume.That(LanguageHostFiles.HasSnapshot(LanguageHostOptions.ForApplication()), "built by a Node that makes no snapshots");
        using var node = new FakeNode("echo \"$1\" >> $DIR/calls; exec node \"$@\"");
        await using var host = node.Host();

        Assert.That((await Analyze(host, "print 1")).Diagnostics, Is.Empty);
        Assert.That(node.Lines("calls"), Is.EqualTo(["--snapshot-blob"]));
    }

    [Test]
    public async Task A_snapshot_that_Node_refuses_is_done_without()
    {
        using var node = new FakeNode("");
        var folder = node.CopyHost();
        await File.WriteAllTextAsync(Path.Combine(folder, "kusto.blob"), "no snapshot");
        await using var host = new LanguageHost(LanguageHostOptions.ForApplication() with { Directory = folder });

        Assert.That((await Analyze(host, "print 1")).Diagnostics, Is.Empty);
    }

    [Test]
    public async Task Nothing_starts_before_the_first_question()
    {
        using var node = new FakeNode("touch $DIR/started; exec node \"$@\"");
        await using (var host = node.Host())
        {
            Assert.That(await new HostKqlAnalyzer(host).AnalyzeAsync(Schema, [], null, CancellationToken.None), Is.Empty);
            Assert.That(node.Has("started"), Is.False);

            await Analyze(host, "print 1");
        }

        Assert.That(node.Has("started"), Is.True);
    }

    [Test]
    public async Task Nothing_is_left_when_the_host_is_disposed_of()
    {
        using var node = new FakeNode("sleep 1000 & echo $! >> $DIR/pids; echo $$ >> $DIR/pids; exec node \"$@\"");
        int[] running;
        await using (var host = node.Host())
        {
            await Analyze(host, "print 1");
            running = node.ProcessIds("pids");
            Assert.That(running, Has.Length.EqualTo(2));
            Assert.That(running.All(IsRunning), Is.True);
        }

        // A grandchild has been killed by then, but it may take its parent a moment to notice.
        Assert.That(() => running.Any(IsRunning), Is.False.After(2_000, 20));
    }

    [Test]
    public async Task Nothing_is_left_when_a_question_is_cancelled_and_the_next_one_starts_anew()
    {
        using var node = new FakeNode("echo $$ >> $DIR/pids; exec node \"$@\"");
        await using var host = node.Host();
        await Analyze(host, "print 1");
        using var cancellation = new CancellationTokenSource();
        var requests = Enumerable.Range(0, 5_000).Select(i => new KqlRequest($"print A = {i} | where A > 3 | summarize count() by A", []));

        var answered = 0;
        var work = new HostKqlAnalyzer(host).AnalyzeAsync(
            Schema,
            [.. requests],
            () =>
            {
                if (++answered == 10)
                {
                    cancellation.Cancel();
                }
            },
            cancellation.Token);

        Assert.That(async () => await work, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(node.ProcessIds("pids").Any(IsRunning), Is.False);
        Assert.That((await Analyze(host, "print 1")).Diagnostics, Is.Empty);
    }

    [Test]
    public async Task The_host_ends_with_its_input()
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(LanguageHostOptions.ForApplication().Directory, "host.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.Close();

        Assert.That(await process.StandardOutput.ReadToEndAsync(), Does.StartWith("{\"hello\":").And.EndWith("\n"));
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero);
    }

    private static async Task<LanguageServiceException> Failure(LanguageHost host, string text = "print 1") =>
        (await Assert.ThrowsAsync<LanguageServiceException>(async () => await Analyze(host, text)))!;

    private static async Task<KqlAnalysis> Analyze(LanguageHost host, string text) =>
        (await new HostKqlAnalyzer(host).AnalyzeAsync(Schema, [new(text, []) { Place = "rules/a.yaml:8:8" }], null, CancellationToken.None)).Single();

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
