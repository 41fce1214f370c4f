using System.CommandLine;
using System.CommandLine.Parsing;
using Azure.Identity;
using CopilotSentinelKit.Backtest;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>In which of Azure's clouds a service is asked, at which address, and as whom: a token goes to hosts of that cloud and to nobody else.</summary>
/// <param name="service">The service, in words.</param>
/// <param name="usual">Its address in a cloud.</param>
/// <param name="has">Whether an address is that of the service in a cloud.</param>
/// <param name="hosts">Its hosts in a cloud, in words.</param>
internal sealed class CloudOptions(string service, Func<AzureCloud, Uri> usual, Func<AzureCloud, Uri, bool> has, Func<AzureCloud, string> hosts)
{
    private readonly Option<AzureCloud?> _cloud = new("--cloud")
    {
        Description = "Azure's cloud: public, usgov or china. Left out: public.",
        CustomParser = Choice.One([.. AzureCloud.All.Select(cloud => (cloud.Name, (AzureCloud?)cloud))]),
        HelpName = "CLOUD",
    };

    private readonly Option<Uri?> _endpoint = new("--endpoint")
    {
        Description = $"Another address of {service}, such as that of a private link. On this machine, with http or https, nobody signs in.",
        CustomParser = ParseEndpoint,
        HelpName = "URL",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_cloud);
        command.Options.Add(_endpoint);
    }

    /// <summary>Why nothing can be asked, or null.</summary>
    public string? Mistake(ParseResult parsed) => CloudOf(parsed) is var cloud && parsed.GetValue(_endpoint) is { IsLoopback: false } endpoint && !has(cloud, endpoint)
        ? $"--endpoint: \"{endpoint.Host}\" is no host of Azure's cloud \"{cloud.Name}\", and your token is for nobody else. Name {hosts(cloud)}, or the right --cloud."
        : null;

    /// <summary>Where to ask.</summary>
    public Uri Address(ParseResult parsed) => parsed.GetValue(_endpoint) ?? usual(CloudOf(parsed));

    /// <summary>Tokens for that address; null where nobody signs in.</summary>
    public TokenSource? Tokens(ParseResult parsed)
    {
        var (cloud, address) = (CloudOf(parsed), Address(parsed));
        return address.Scheme == Uri.UriSchemeHttps && has(cloud, address) ? SignIn.Tokens(Authority(cloud), usual(cloud).GetLeftPart(UriPartial.Authority) + "/.default") : null;
    }

    private AzureCloud CloudOf(ParseResult parsed) => parsed.GetValue(_cloud) ?? AzureCloud.Public;

    private static Uri Authority(AzureCloud cloud) =>
        cloud == AzureCloud.UsGov ? AzureAuthorityHosts.AzureGovernment
        : cloud == AzureCloud.China ? AzureAuthorityHosts.AzureChina
        : AzureAuthorityHosts.AzurePublicCloud;

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
