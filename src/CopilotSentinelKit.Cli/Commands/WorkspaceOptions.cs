using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Azure.Identity;
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

    private readonly Option<AzureCloud?> _cloud = CloudOption();

    private readonly Option<Uri?> _endpoint = EndpointOption("the cloud's query API");

    private readonly Option<TimeSpan?> _patience = PatienceOption("10m");

    /// <summary>The option that says how long an endpoint may take.</summary>
    /// <param name="usual">What it is when it is left out, in words.</param>
    public static Option<TimeSpan?> PatienceOption(string usual) => new("--patience")
    {
        Description = $"How long the endpoint may work on a query: 30s, 5m, 1h at most. Left out: {usual}.",
        CustomParser = ParsePatience,
        HelpName = "DURATION",
    };

    /// <summary>The option that chooses Azure's cloud.</summary>
    public static Option<AzureCloud?> CloudOption() => new("--cloud")
    {
        Description = "Azure's cloud: public, usgov or china. Left out: public.",
        CustomParser = Choice.One([.. AzureCloud.All.Select(cloud => (cloud.Name, (AzureCloud?)cloud))]),
        HelpName = "CLOUD",
    };

    /// <summary>The option for another address of a service.</summary>
    /// <param name="service">The service, in words.</param>
    public static Option<Uri?> EndpointOption(string service) => new("--endpoint")
    {
        Description = $"Another address of {service}, such as that of a private link. On this machine, with http or https, nobody signs in.",
        CustomParser = ParseEndpoint,
        HelpName = "URL",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_workspace);
        command.Options.Add(_cloud);
        command.Options.Add(_endpoint);
        command.Options.Add(_patience);
    }

    /// <summary>Why nothing can be asked, or null.</summary>
    public string? Mistake(ParseResult parsed) =>
        (parsed.GetValue(_cloud) ?? AzureCloud.Public) is var cloud && parsed.GetValue(_endpoint) is { IsLoopback: false } endpoint && !cloud.HasLogs(endpoint)
            ? $"--endpoint: \"{endpoint.Host}\" is no host of Azure's cloud \"{cloud.Name}\", and your token is for nobody else. Name one below {string.Join(", ", cloud.LogsDomains)}, or the right --cloud."
            : null;

    public string Name(ParseResult parsed) => parsed.GetRequiredValue(_workspace);

    /// <summary>What sends: the client has its own patience.</summary>
    public static HttpClient Client() => new(Handler()) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>How it sends: an answer that leads elsewhere is none, since the token would go there.</summary>
    internal static SocketsHttpHandler Handler() =>
        new() { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate };

    public LogAnalytics Workspace(ParseResult parsed, HttpClient http)
    {
        var cloud = parsed.GetValue(_cloud) ?? AzureCloud.Public;
        var address = parsed.GetValue(_endpoint) ?? cloud.Logs;
        var token = address.Scheme == Uri.UriSchemeHttps && cloud.HasLogs(address) ? SignIn.Tokens(Authority(cloud), cloud.Logs.GetLeftPart(UriPartial.Authority) + "/.default") : null;
        return new(address, Name(parsed), http, TimeProvider.System, token, parsed.GetValue(_patience) is { } patience ? new() { Timeout = patience } : null);
    }

    /// <summary>Where a cloud signs people in.</summary>
    public static Uri Authority(AzureCloud cloud) =>
        cloud == AzureCloud.UsGov ? AzureAuthorityHosts.AzureGovernment
        : cloud == AzureCloud.China ? AzureAuthorityHosts.AzureChina
        : AzureAuthorityHosts.AzurePublicCloud;

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

    private static Uri? ParseEndpoint(ArgumentResult argument)
    {
        var written = argument.Tokens[0].Value;
        if (Uri.TryCreate(written, UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && uri.UserInfo.Length == 0
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            return uri;
        }

        argument.AddError($"\"{written}\" is no address such as https://api.loganalytics.azure.com; http is for this machine only.");
        return null;
    }
}
