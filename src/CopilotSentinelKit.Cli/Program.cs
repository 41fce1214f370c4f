using CopilotSentinelKit.Cli;

var terminal = Terminal.OfConsole();
using var interruption = Interruption.Watch(TimeSpan.FromSeconds(2), () =>
{
    terminal.Error.WriteLine("csk: interrupted.");
    Environment.Exit(ExitCodes.Usage);
});
return await CommandLine.RunAsync(args, terminal, interruption.Token);
