namespace CopilotSentinelKit.Tests.Emit;

internal static partial class ProviderSchema
{
    // A type of the provider and an API version, then its properties: name, type, "required". Types: string, integer, boolean, another type of
    // the same version, the values of an enum, [list], {map}. From the ARM JSON Schemas of Microsoft.SecurityInsights, OperationalInsights
    // and Insights.
    private const string Facts =
        """
        ScheduledAlertRuleProperties@2025-09-01
          alertDetailsOverride AlertDetailsOverride
          alertRuleTemplateName string
          customDetails {string}
          description string
          displayName string required
          enabled boolean required
          entityMappings [EntityMapping]
          eventGroupingSettings EventGroupingSettings
          incidentConfiguration IncidentConfiguration
          query string
          queryFrequency string
          queryPeriod string
          severity High|Medium|Low|Informational
          suppressionDuration string required
          suppressionEnabled boolean required
          tactics [Reconnaissance|ResourceDevelopment|InitialAccess|Execution|Persistence|PrivilegeEscalation|DefenseEvasion|CredentialAccess|Discovery|LateralMovement|Collection|Exfiltration|CommandAndControl|Impact|PreAttack|ImpairProcessControl|InhibitResponseFunction]
          techniques [string]
          templateVersion string
          triggerOperator GreaterThan|LessThan|Equal|NotEqual
          triggerThreshold integer
        WatchlistProperties@2025-09-01
          contentType string
          created string
          defaultDuration string
          description string
          displayName string required
          isDeleted boolean
          itemsSearchKey string required
          labels [string]
          numberOfLinesToSkip integer
          provider string required
          rawContent string
          source string
          sourceType Local|AzureStorage
          tenantId string
          updated string
          uploadStatus string
          watchlistAlias string
          watchlistId string
          watchlistType string
        AlertDetailsOverride@2025-09-01
          alertDescriptionFormat string
          alertDisplayNameFormat string
          alertDynamicProperties [AlertPropertyMapping]
          alertSeverityColumnName string
          alertTacticsColumnName string
        EntityMapping@2025-09-01
          entityType Account|Host|IP|Malware|File|Process|CloudApplication|DNS|AzureResource|FileHash|RegistryKey|RegistryValue|SecurityGroup|URL|Mailbox|MailCluster|MailMessage|SubmissionMail
          fieldMappings [FieldMapping]
        EventGroupingSettings@2025-09-01
          aggregationKind SingleAlert|AlertPerResult
        IncidentConfiguration@2025-09-01
          createIncident boolean required
          groupingConfiguration GroupingConfiguration
        AlertPropertyMapping@2025-09-01
          alertProperty AlertLink|ConfidenceLevel|ConfidenceScore|ExtendedLinks|ProductName|ProviderName|ProductComponentName|RemediationSteps|Techniques
          value string
        FieldMapping@2025-09-01
          columnName string
          identifier string
        GroupingConfiguration@2025-09-01
          enabled boolean required
          groupByAlertDetails [DisplayName|Severity]
          groupByCustomDetails [string]
          groupByEntities [Account|Host|IP|Malware|File|Process|CloudApplication|DNS|AzureResource|FileHash|RegistryKey|RegistryValue|SecurityGroup|URL|Mailbox|MailCluster|MailMessage|SubmissionMail]
          lookbackDuration string required
          matchingMethod AllEntities|AnyAlert|Selected required
          reopenClosedIncident boolean required
        NrtAlertRuleProperties@2025-07-01-preview
          alertDetailsOverride AlertDetailsOverride
          alertRuleTemplateName string
          customDetails {string}
          description string
          displayName string required
          enabled boolean required
          entityMappings [EntityMapping]
          eventGroupingSettings EventGroupingSettings
          incidentConfiguration IncidentConfiguration
          query string required
          sentinelEntitiesMappings [SentinelEntityMapping]
          severity High|Medium|Low|Informational required
          subTechniques [string]
          suppressionDuration string required
          suppressionEnabled boolean required
          tactics [Reconnaissance|ResourceDevelopment|InitialAccess|Execution|Persistence|PrivilegeEscalation|DefenseEvasion|CredentialAccess|Discovery|LateralMovement|Collection|Exfiltration|CommandAndControl|Impact|PreAttack|ImpairProcessControl|InhibitResponseFunction]
          techniques [string]
          templateVersion string
        AlertDetailsOverride@2025-07-01-preview
          alertDescriptionFormat string
          alertDisplayNameFormat string
          alertDynamicProperties [AlertPropertyMapping]
          alertSeverityColumnName string
          alertTacticsColumnName string
        EntityMapping@2025-07-01-preview
          entityType Account|Host|IP|Malware|File|Process|CloudApplication|DNS|AzureResource|FileHash|RegistryKey|RegistryValue|SecurityGroup|URL|Mailbox|MailCluster|MailMessage|SubmissionMail
          fieldMappings [FieldMapping]
        EventGroupingSettings@2025-07-01-preview
          aggregationKind SingleAlert|AlertPerResult
        IncidentConfiguration@2025-07-01-preview
          createIncident boolean required
          groupingConfiguration GroupingConfiguration
        SentinelEntityMapping@2025-07-01-preview
          columnName string
        AlertPropertyMapping@2025-07-01-preview
          alertProperty AlertLink|ConfidenceLevel|ConfidenceScore|ExtendedLinks|ProductName|ProviderName|ProductComponentName|RemediationSteps|Techniques|SubTechniques
          value string
        FieldMapping@2025-07-01-preview
          columnName string
          identifier string
        GroupingConfiguration@2025-07-01-preview
          enabled boolean required
          groupByAlertDetails [DisplayName|Severity]
          groupByCustomDetails [string]
          groupByEntities [Account|Host|IP|Malware|File|Process|CloudApplication|DNS|AzureResource|FileHash|RegistryKey|RegistryValue|SecurityGroup|URL|Mailbox|MailCluster|MailMessage|SubmissionMail]
          lookbackDuration string required
          matchingMethod AllEntities|AnyAlert|Selected required
          reopenClosedIncident boolean required
        SavedSearchProperties@2025-07-01
          category string required
          displayName string required
          functionAlias string
          functionParameters string
          query string required
          tags [Tag]
          version integer
        Tag@2025-07-01
          name string required
          value string required
        WorkbookProperties@2023-06-01
          category string required
          description string
          displayName string required
          serializedData string required
          sourceId string
          storageUri string
          tags [string]
          version string
        """;
}
