using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Model;

/// <summary>Which data connector fills a table: the mapping's sources say it of theirs, and this list of the tables that Copilot
/// content joins with (connector ids as the Azure-Sentinel repository's own content uses them).</summary>
public static class Connectors
{
    private static readonly ImmutableDictionary<string, string> _byTable = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        Entries(
            ("AzureActiveDirectory",
                ["SigninLogs", "AuditLogs", "AADNonInteractiveUserSignInLogs", "AADServicePrincipalSignInLogs", "AADManagedIdentitySignInLogs",
                 "AADUserRiskEvents", "AADRiskyUsers", "AADServicePrincipalRiskEvents", "AADRiskyServicePrincipals", "AADProvisioningLogs"]),
            ("BehaviorAnalytics", ["BehaviorAnalytics", "IdentityInfo", "UserPeerAnalytics"]),
            ("MicrosoftThreatProtection",
                ["AlertEvidence", "AlertInfo", "CloudAppEvents", "DeviceEvents", "DeviceFileEvents", "DeviceInfo", "DeviceLogonEvents",
                 "DeviceNetworkEvents", "DeviceProcessEvents", "EmailAttachmentInfo", "EmailEvents", "EmailPostDeliveryEvents", "EmailUrlInfo",
                 "IdentityDirectoryEvents", "IdentityLogonEvents", "IdentityQueryEvents", "UrlClickEvents"]),
            ("Office365", ["OfficeActivity"])));

    /// <summary>The connectors of some tables, in ordinal order; tables of no known connector (custom tables, watchlists) need none.</summary>
    public static ImmutableArray<RequiredConnector> For(IEnumerable<string> tables, ImmutableArray<SourceSpec> sources) =>
    [
        .. from table in tables.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
           let connector = sources.FirstOrDefault(source => source.Table.Value == table) is { } source
               ? source.Connector?.Value
               : _byTable.GetValueOrDefault(table)
           where connector is not null
           group table by connector into tablesOfConnector
           orderby tablesOfConnector.Key
           select new RequiredConnector(tablesOfConnector.Key, [.. tablesOfConnector]),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Entries(params (string Connector, string[] Tables)[] connectors) =>
        from connector in connectors
        from table in connector.Tables
        select KeyValuePair.Create(table, connector.Connector);
}
