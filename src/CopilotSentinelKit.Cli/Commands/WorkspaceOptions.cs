using System.CommandLine;
using System.CommandLine.Parsing;
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

    private readonly Option<Cloud?> _cloud = new("--cloud")
    {
        Description = "Azure's cloud: public, usgov or china. Left out: public.",
        CustomParser = Choice.One(("public", (Cloud?)Cloud.Public), ("usgov", Cloud.UsGov), ("china", Cloud.China)),
        HelpName = "CLOUD",
    };

    private readonly Option<Uri?> _endpoint = new("--endpoint")
    {
        Description = "Another address of the query API than that of the cloud. With http on this machine, nobody signs in.",
        CustomParser = ParseEndpoint,
        HelpName = "URL",
    };

    private enum Cloud
    {
        Public,
        UsGov,
        China,
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_workspace);
        command.Options.Add(_cloud);
        command.Options.Add(_endpoint);
    }

    public string Name(ParseResult parsed) => parsed.GetRequiredValue(_workspace);

    /// <summary>What sends: the client has its own patience, and an answer that leads elsewhere is none.</summary>
    public static HttpClient Client() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate }) { Timeout = Timeout.InfiniteTimeSpan };

    public LogAnalytics Workspace(ParseResult parsed, HttpClient http)
    {
        var cloud = parsed.GetValue(_cloud) ?? Cloud.Public;
        var usual = new Uri(cloud switch
        {
            Cloud.UsGov => "https://api.loganalytics.us",
            Cloud.China => "https://api.loganalytics.azure.cn",
            _ => "https://api.loganalytics.azure.com",
        });
        var address = parsed.GetValue(_endpoint) ?? usual;
        var token = address.Scheme == Uri.UriSchemeHttps ? SignIn.Tokens(Authority(cloud), usual.GetLeftPart(UriPartial.Authority) + "/.default") : null;
        return new(address, Name(parsed), http, TimeProvider.System, token);
    }

    private static Uri Authority(Cloud cloud) => cloud switch
    {
        Cloud.UsGov => AzureAuthorityHosts.AzureGovernment,
        Cloud.China => AzureAuthorityHosts.AzureChina,
        _ => AzureAuthorityHosts.AzurePublicCloud,
    };

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
