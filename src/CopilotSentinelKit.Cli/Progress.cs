using CopilotSentinelKit.Kql.Text;
using Spectre.Console;

namespace CopilotSentinelKit.Cli;

/// <summary>Shows what the compiler is doing: a moving line on a terminal, nothing in a file or a CI log.</summary>
internal static class Progress
{
    public static async Task<T> ShowAsync<T>(Terminal terminal, Func<IProgress<CompilerProgress>?, Task<T>> work)
    {
        if (!terminal.Interactive)
        {
            return await work(null);
        }

        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(terminal.Screen) });
        return await console.Status().StartAsync("Reading", context => work(new Relay(context)));
    }

    private sealed class Relay(StatusContext context) : IProgress<CompilerProgress>
    {
        public void Report(CompilerProgress value) => context.Status(
            value.Total == 0 ? value.Step : FormattableString.Invariant($"{value.Step} {value.Done}/{value.Total}"));
    }
}
