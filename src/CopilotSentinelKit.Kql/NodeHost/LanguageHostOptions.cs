using System.Globalization;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>How to start the language host.</summary>
/// <param name="Directory">The folder that holds host.js and the libraries it loads.</param>
/// <param name="Node">The Node.js executable: a full path, or a name that is looked for on PATH.</param>
/// <param name="Timeout">How long it may be silent while an answer is due.</param>
public sealed record LanguageHostOptions(string Directory, string Node, TimeSpan Timeout)
{
    private const int MostHosts = 4;

    // A busy CI machine has been seen to take more than a minute for one query.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(300);

    /// <summary>The host that the build put beside the application, run by CSK_NODE or else by the "node" on PATH.</summary>
    public static LanguageHostOptions ForApplication() => new(
        Path.Combine(AppContext.BaseDirectory, "language-host"),
        Environment.GetEnvironmentVariable("CSK_NODE") is { Length: > 0 } node ? node : "node",
        DefaultTimeout);

    /// <summary>How many hosts are worth having: one for each processor, but each takes some 200 MB.</summary>
    public static int Hosts => Math.Clamp(Environment.ProcessorCount, 1, MostHosts);

    /// <summary>What the environment variable CSK_HOST_PATIENCE says.</summary>
    public static string? Patience => Environment.GetEnvironmentVariable("CSK_HOST_PATIENCE");

    /// <summary>The same, but silent for at most so many seconds.</summary>
    /// <param name="patience">Seconds, such as <see cref="Patience"/>; nothing changes nothing.</param>
    /// <exception cref="LanguageServiceException">It is no number of seconds.</exception>
    public LanguageHostOptions WithPatience(string? patience) => string.IsNullOrEmpty(patience) ? this
        : double.TryParse(patience, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400
            ? this with { Timeout = TimeSpan.FromSeconds(seconds) }
            : throw LanguageServiceErrors.NoPatience(patience);
}
