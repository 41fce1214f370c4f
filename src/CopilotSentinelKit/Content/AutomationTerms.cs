using System.Collections.Immutable;

namespace CopilotSentinelKit.Content;

/// <summary>The words of automation rules, as Microsoft.SecurityInsights/automationRules@2025-09-01 has them, and its limits.</summary>
internal static class AutomationTerms
{
    /// <summary>The most conditions of a rule, as documented.</summary>
    public const int MaxConditions = 50;

    /// <summary>The most actions of a rule, as documented.</summary>
    public const int MaxActions = 20;

    /// <summary>The most characters of a rule's name.</summary>
    public const int MaxName = 500;

    /// <summary>The most characters of a task's title, as documented.</summary>
    public const int MaxTaskTitle = 150;

    /// <summary>The most characters of a task's description, as documented.</summary>
    public const int MaxTaskDescription = 3000;

    /// <summary>The last place of a rule among those of its workspace.</summary>
    public const int MaxOrder = 1000;

    /// <summary>The most automation rules of a workspace, as documented.</summary>
    public const int MaxInWorkspace = 512;

    /// <summary>Values of an incident's property that there are; of other properties any value is one.</summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> Values { get; } = new Dictionary<string, ImmutableArray<string>>
    {
        ["IncidentSeverity"] = [.. Enum.GetNames<AlertSeverity>()],
        ["IncidentStatus"] = ["New", "Active", "Closed"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static ImmutableArray<string> Statuses => Values["IncidentStatus"];

    public static ImmutableArray<string> Operators { get; } =
        ["Equals", "NotEquals", "Contains", "NotContains", "StartsWith", "NotStartsWith", "EndsWith", "NotEndsWith"];

    public static ImmutableArray<string> Changing { get; } = ["IncidentSeverity", "IncidentStatus", "IncidentOwner"];

    public static ImmutableArray<string> Directions { get; } = ["ChangedFrom", "ChangedTo"];

    public static ImmutableArray<string> Growing { get; } = ["Alerts", "Labels", "Tactics", "Comments"];

    public static ImmutableArray<string> Classifications { get; } = ["TruePositive", "BenignPositive", "FalsePositive", "Undetermined"];

    public static ImmutableArray<string> Reasons { get; } = ["SuspiciousActivity", "SuspiciousButExpected", "IncorrectAlertLogic", "InaccurateData"];

    /// <summary>The reasons that a classification can have.</summary>
    public static ImmutableArray<string> ReasonsOf(string classification) => classification switch
    {
        "TruePositive" => ["SuspiciousActivity"],
        "BenignPositive" => ["SuspiciousButExpected"],
        "FalsePositive" => ["IncorrectAlertLogic", "InaccurateData"],
        _ => [],
    };

    /// <summary>The property that holds the analytics rules of an incident or alert.</summary>
    public static string RulesProperty(AutomationRule rule) => rule.IsOfIncidents ? "IncidentRelatedAnalyticRuleIds" : "AlertAnalyticRuleIds";

    public static ImmutableArray<string> Properties { get; } =
    [
        "IncidentTitle", "IncidentDescription", "IncidentSeverity", "IncidentStatus", "IncidentRelatedAnalyticRuleIds", "IncidentTactics", "IncidentLabel",
        "IncidentProviderName", "IncidentUpdatedBySource", "IncidentCustomDetailsKey", "IncidentCustomDetailsValue", "AccountAadTenantId", "AccountAadUserId",
        "AccountName", "AccountNTDomain", "AccountPUID", "AccountSid", "AccountObjectGuid", "AccountUPNSuffix", "AlertProductNames", "AlertAnalyticRuleIds",
        "AzureResourceResourceId", "AzureResourceSubscriptionId", "CloudApplicationAppId", "CloudApplicationAppName", "DNSDomainName", "FileDirectory", "FileName",
        "FileHashValue", "HostAzureID", "HostName", "HostNetBiosName", "HostNTDomain", "HostOSVersion", "IoTDeviceId", "IoTDeviceName", "IoTDeviceType",
        "IoTDeviceVendor", "IoTDeviceModel", "IoTDeviceOperatingSystem", "IPAddress", "MailboxDisplayName", "MailboxPrimaryAddress", "MailboxUPN",
        "MailMessageDeliveryAction", "MailMessageDeliveryLocation", "MailMessageRecipient", "MailMessageSenderIP", "MailMessageSubject", "MailMessageP1Sender",
        "MailMessageP2Sender", "MalwareCategory", "MalwareName", "ProcessCommandLine", "ProcessId", "RegistryKey", "RegistryValueData", "Url",
    ];
}
