using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Keys and tokens in a query's texts, which everybody who may read the rule can read.</summary>
internal static partial class SecretLint
{
    private const int Shown = 4;

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var text in query.OfKind("StringLiteralExpression", "CompoundStringLiteralExpression"))
        {
            var secret = (text.Value ?? text.Source) is var value && Secret().Match(value) is { Success: true } match ? match : null;
            if (secret is not null)
            {
                var what = secret.Groups.Values.Last(group => group.Success && !char.IsAsciiDigit(group.Name[0])).Name.Replace('_', ' ');
                yield return LintFindings.Secret(query.At(text), what, secret.Value[..Shown] + "...");
            }
        }
    }

    // A JSON web token, the signature of a shared access signature, a storage key, an Entra client secret, GitHub's and AWS's keys, a PEM key.
    [GeneratedRegex(@"(?<web_token>eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})|(?<access_signature>[?&]sig=[A-Za-z0-9%+/=_-]{40,})|(?<storage_key>AccountKey=[A-Za-z0-9+/]{80,}={0,2})|(?<client_secret>(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-]))|(?<access_token>gh[pousr]_[A-Za-z0-9]{36,})|(?<access_key>(?<![A-Z0-9])AKIA[A-Z0-9]{16}(?![A-Z0-9]))|(?<private_key>-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{20,})")]
    private static partial Regex Secret();
}
