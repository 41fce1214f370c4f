namespace CopilotSentinelKit.Kql.Text;

/// <summary>What the compiler is doing.</summary>
/// <param name="Step">A short phrase.</param>
/// <param name="Done">How many queries of the step are done.</param>
/// <param name="Total">How many there are, or 0 when that is not known.</param>
public sealed record CompilerProgress(string Step, int Done, int Total);
