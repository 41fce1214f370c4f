using Azure.Core;
using Azure.Identity;
using CopilotSentinelKit.Backtest;

namespace CopilotSentinelKit.Cli;

/// <summary>Tokens of Azure, by whatever way somebody is signed in on this machine.</summary>
internal static class SignIn
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Tokens for a service of the public cloud.</summary>
    public static TokenSource Tokens(string scope) => Tokens(AzureAuthorityHosts.AzurePublicCloud, scope);

    /// <summary>Tokens for a service. Nothing is asked for before the first; one is kept while it is good, since some ways of signing in
    /// start a program for each.</summary>
    /// <param name="authority">Where the cloud signs people in.</param>
    /// <param name="scope">The service's, such as <c>https://api.loganalytics.azure.com/.default</c>.</param>
    public static TokenSource Tokens(Uri authority, string scope)
    {
        var credential = new Lazy<TokenCredential>(() => new DefaultAzureCredential(new DefaultAzureCredentialOptions { AuthorityHost = authority }));
        var gate = new SemaphoreSlim(1, 1);
        AccessToken? kept = null;
        return async cancellation =>
        {
            await gate.WaitAsync(cancellation);
            try
            {
                if (kept is not { } token || token.ExpiresOn < DateTimeOffset.UtcNow + Margin)
                {
                    kept = token = await credential.Value.GetTokenAsync(new([scope]), cancellation);
                }

                return token.Token;
            }
            catch (AuthenticationFailedException fault)
            {
                throw new SignInException(fault.Message.ReplaceLineEndings(" "), fault);
            }
            finally
            {
                gate.Release();
            }
        };
    }
}
