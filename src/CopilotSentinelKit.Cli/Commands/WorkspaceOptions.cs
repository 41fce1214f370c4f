using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using CopilotSentinelKit.Backtest;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>Which workspace is asked, where, and as whom.</summary>
internal sealed class WorkspaceOptions
{
    private readonly Option<string> _workspace = new("--workspace")
    {
        Description = "Id of the Log Analytics workspace, a GUID. You sign in as Azure.Identity finds you: environment variables, a managed identity, \"az login\" and so on.",
        Required = true,
        CustomParser = ParseWorkspace,
        HelpName = "ID",
    };

    private readonly CloudOptions _cloud = new(
        "the cloud's query API", cloud => cloud.Logs, (cloud, address) => cloud.HasLogs(address), cloud => $"one below {string.Join(", ", cloud.LogsDomains)}");

    private readonly Option<TimeSpan?> _patience = PatienceOption("10m");

    /// <summary>The option that says how long an endpoint may take.</summary>
    /// <param name="usual">What it is when it is left out, in words.</param>
    public static Option<TimeSpan?> PatienceOption(string usual) => new("--patience")
    {
        Description = $"How long the endpoint may work on a query: 30s, 5m, 1h at most. Left out: {usual}.",
        CustomParser = ParsePatience,
        HelpName = "DURATION",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_workspace);
        _cloud.AddTo(command);
        command.Options.Add(_patience);
    }

    /// <summary>Why nothing can be asked, or null.</summary>
    public string? Mistake(ParseResult parsed) => _cloud.Mistake(parsed);

    public string Name(ParseResult parsed) => parsed.GetRequiredValue(_workspace);

    /// <summary>What sends: the client has its own patience.</summary>
    public static HttpClient Client() => new(Handler()) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>How it sends: an answer that leads elsewhere is none, since the token would go there.</summary>
    internal static SocketsHttpHandler Handler() =>
        new() { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate };

    public LogAnalytics Workspace(ParseResult parsed, HttpClient http) =>
        new(_cloud.Address(parsed), Name(parsed), http, TimeProvider.System, _cloud.Tokens(parsed), parsed.GetValue(_patience) is { } patience ? new() { Timeout = patience } : null);

    private static TimeSpan? ParsePatience(ArgumentResult argument)
    {
        var written = argument.Tokens[0].Value;
        if (written.Length is > 1 and < 6 && int.TryParse(written[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (written[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 }) * number is > 0 and <= 3600 and var seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        argument.AddError($"\"{written}\" is no time from 1s to 1h, such as 90s or 5m.");
        return null;
    }

    private static string ParseWorkspace(ArgumentResult argument)
    {
        var written = argument.Tokens[0].Value;
        if (!Guid.TryParseExact(written, "D", out _))
        {
            argument.AddError($"\"{written}\" is no id of a workspace such as 74be27de-1e4e-49d9-b579-fe0b331d3642.");
        }

        return written;
    }
}
