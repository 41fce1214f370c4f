using CopilotSentinelKit.Cli;


using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The language host is a child process: leave through the finally blocks that end it.
    pressed.Cancel = true;
    interrupted.Cancel();
};
return await CommandLine.RunAsync(args, Terminal.OfConsole(), interrupted.Token);
