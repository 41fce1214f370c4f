using BenchmarkDotNet.Running;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>Not called Program, as the command line's own class is.</summary>
internal static class BenchmarkProgram
{
    public static int Main(string[] args) =>
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkProgram).Assembly).Run(args).All(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
}
