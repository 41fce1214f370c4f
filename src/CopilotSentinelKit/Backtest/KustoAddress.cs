namespace CopilotSentinelKit.Backtest;

/// <summary>Where a Kusto endpoint is.</summary>
/// <param name="Server">Scheme, host and port.</param>
/// <param name="Database">The database; any will do, since no table of it is read.</param>
public sealed record KustoAddress(Uri Server, string Database)
{
    private const string DefaultDatabase = "NetDefaultDB";

    /// <summary>Whether somebody has to sign in: with https at a service of Azure's. The emulator speaks http and knows nobody; no token
    /// travels unencrypted, or to anybody else.</summary>
    public bool NeedsToken => Server.Scheme == Uri.UriSchemeHttps && AzureCloud.Public.HasKusto(Server);

    /// <summary>Who a token must be for.</summary>
    public string Scope => Server.GetLeftPart(UriPartial.Authority) + "/.default";

    /// <summary>Reads an address such as <c>http://localhost:8080</c> or <c>https://help.kusto.windows.net/Samples</c>; null when it is none.</summary>
    public static KustoAddress? TryParse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return null;
        }

        var path = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        return path.Contains('/', StringComparison.Ordinal) ? null : new(new(uri.GetLeftPart(UriPartial.Authority)), path.Length > 0 ? path : DefaultDatabase);
    }
}
