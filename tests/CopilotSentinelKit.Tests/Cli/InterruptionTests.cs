using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>What becomes of a command that is asked to end.</summary>
internal sealed class InterruptionTests
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    [Test]
    public void The_first_request_asks_the_command_and_the_second_ends_the_process()
    {
        var ended = 0;
        using var interruption = new Interruption(Never, () => ended++);
        interruption.Ask();
        Assert.That((interruption.Token.IsCancellationRequested, ended), Is.EqualTo((true, 0)));
        interruption.Ask();
        Assert.That(ended, Is.EqualTo(1));
    }

    [Test]
    public async Task A_command_that_does_not_stop_is_ended()
    {
        var ended = new TaskCompletionSource();
        using var interruption = new Interruption(TimeSpan.FromMilliseconds(1), () => ended.TrySetResult());
        Assert.That(ended.Task.IsCompleted, Is.False);
        interruption.Ask();
        await ended.Task;
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    [Platform(Exclude = "Win", Reason = "Windows has no such signals to send.")]
    public async Task A_process_that_waits_for_a_server_ends(string signal)
    {
        if (signal == "INT" && IgnoresInterrupts())
        {
            Assert.Ignore("The tests were started in the background, where processes and their children ignore SIGINT.");
        }

        using var project = new TemporaryFolder();
        project.Write("kit.yaml", "name: contoso-copilot\npublisher: Contoso\n");
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "csk.dll"), "backtest", "--project", project.Root, "--workspace", "74be27de-1e4e-49d9-b579-fe0b331d3642",
            "--endpoint", $"http://{silent.LocalEndpoint}", "--days", "1", "--every", "1d", "--filter", "copilot-jailbreak-attempt"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var run = Process.Start(start)!;
        using var call = await silent.AcceptTcpClientAsync();
        using (var kill = Process.Start("kill", ["-" + signal, run.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        var error = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.That(error, Does.EndWith("csk: interrupted.\n"));
        Assert.That(run.ExitCode, Is.EqualTo(2));
    }

    // Of Linux: a mask of the signals that the process ignores, the second bit for SIGINT. Elsewhere nothing is said.
    private static bool IgnoresInterrupts() =>
        File.Exists("/proc/self/status")
        && Array.Find(File.ReadAllLines("/proc/self/status"), line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (ulong.Parse(ignored["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
}
