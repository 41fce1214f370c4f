namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>How to start the language host.</summary>
/// <param name="Directory">The folder that holds host.js and the libraries it loads.</param>
/// <param name="Node">The Node.js executable: a path, or a name that is looked for on PATH.</param>
/// <param name="Timeout">How long it may be silent while an answer is due.</param>
public sealed record LanguageHostOptions(string Directory, string Node, TimeSpan Timeout)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The host that the build put beside the application, run by CSK_NODE or else by the "node" on PATH.</summary>
    public static LanguageHostOptions ForApplication() => new(
        Path.Combine(AppContext.BaseDirectory, "language-host"),
        Environment.GetEnvironmentVariable("CSK_NODE") is { Length: > 0 } node ? node : "node",
        DefaultTimeout);
}
