using System.Net;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Values of one tenant in a query that others could run too: people, tenants, workspaces, public addresses. One finding a kind.</summary>
internal static partial class HardCodedLint
{
    // Domains of documentation, and tenants that are the same everywhere: Microsoft's own, its services, consumer accounts, nobody's.
    private static readonly string[] Examples =
        ["contoso.com", "contoso.onmicrosoft.com", "fabrikam.com", "example.com", "example.org", "example.net", "adatum.com", "northwindtraders.com", "domain.com"];

    private static readonly string[] KnownTenants =
    [
        "00000000-0000-0000-0000-000000000000", "f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47",
        "9188040d-6c67-4c5b-b112-36a304b66dad", "33e01921-4d64-4f8c-a055-5bdaffd5e33d",
    ];

    private static readonly string[] OwnIds =
    [
        "TenantId", "AADTenantId", "AzureTenantId", "HomeTenantId", "ResourceTenantId", "OrganizationId", "SubscriptionId", "_SubscriptionId", "WorkspaceId", "AadUserId",
        "AccountObjectId", "ActorUserId", "UserId", "ManagerObjectId",
    ];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        if (query.Item is not (AnalyticsRule or HuntingQuery))
        {
            yield break;
        }

        var texts = query.OfKind("StringLiteralExpression", "GuidLiteralExpression").Where(node => node.Value is not null).ToList();
        var found = new (SyntaxNode? Node, string What)[]
        {
            (texts.Find(node => IsPerson(node.Value!)), "the account"),
            (texts.Find(node => IsOwnId(node)), "the id"),
            (texts.Find(node => IsPublicAddress(node.Value!)), "the public address"),
            (query.Calls("workspace", "app").Select(call => call.Arguments() is [{ Value: not null } name] ? name : null).FirstOrDefault(name => name is not null), "the workspace"),
        };
        foreach (var (node, what) in found)
        {
            if (node is not null)
            {
                yield return LintFindings.HardCoded(query.At(node), what, node.Value!);
            }
        }
    }

    private static bool IsPerson(string text)
    {
        var address = Mail().Match(text);
        return address.Success && !Examples.Any(domain => address.Groups["domain"].Value is var own
            && (own.Equals(domain, StringComparison.OrdinalIgnoreCase) || own.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)));
    }

    // Ids of applications, roles and rights are often the same in every tenant; those of tenants and people are not.
    private static bool IsOwnId(SyntaxNode text) =>
        Guid.TryParse(text.Value, out var id) && !KnownTenants.Contains(id.ToString())
        && text.Ancestors().FirstOrDefault(above => above.OperatorText() is not null)?["Left"]?.Unwrapped() is { } left
        && ((left.Symbol is { Kind: "Column" } column && OwnIds.Contains(column.Name)) || left.Origins().Any(origin => OwnIds.Contains(origin[(origin.LastIndexOf('.') + 1)..])));

    private static bool IsPublicAddress(string text) =>
        Dotted().IsMatch(text) && IPAddress.TryParse(text, out var address) && address.GetAddressBytes() switch
        {
            [0 or 10 or 127 or >= 224, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and < 32, ..] or [100, >= 64 and < 128, ..] => false,
            [192, 0, 2, _] or [198, 51, 100, _] or [203, 0, 113, _] or [198, 18 or 19, ..] => false,
            // Public resolvers, and the address of Azure's own services.
            [8, 8, 8, 8] or [8, 8, 4, 4] or [1, 1, 1, 1] or [1, 0, 0, 1] or [9, 9, 9, 9] or [168, 63, 129, 16] => false,
            [_, _, 0, 0] or [_, 0, 0, _] => false,
            _ => true,
        };

    [GeneratedRegex(@"^[A-Za-z0-9._%+-]+@(?<domain>[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\z")]
    private static partial Regex Mail();

    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{1,3}){3}\z")]
    private static partial Regex Dotted();
}
