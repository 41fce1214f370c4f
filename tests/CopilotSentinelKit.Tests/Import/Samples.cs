using System.Text;
using CopilotSentinelKit.Import;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Import;

/// <summary>Content in every form that is imported, each with much of what its form can say.</summary>
internal static class Samples
{
    public const string Rule = """
        id: 3b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90
        name: Sign-ins from a new country
        version: 2.3.1
        kind: Scheduled
        status: Preview
        description: |
          'Finds accounts that sign in from a country from which they never came. It compares the last hour with two weeks before that, leaves out service accounts,
          and gives each account once. A person who travels looks the same, so ask before you block. The list of countries to leave out is in the query, where a team
          can add its own offices and those of partners.'
        severity: Low
        requiredDataConnectors:
          - connectorId: AzureActiveDirectory
            dataTypes:
              - SigninLogs
          - connectorId: AzureActiveDirectory
            dataTypes: [AADNonInteractiveUserSignInLogs]
        queryFrequency: 1h
        queryPeriod: 14d
        triggerOperator: eq
        triggerThreshold: 3
        tactics:
          - InitialAccess
        relevantTechniques:
          - T1078
          - T1078.004
        tags:
          - Schema: Fabrikam
            SchemaVersion: 0.1.0
          - travel
        query: |
          // Offices, which are left out
          let offices = dynamic(["CH", "{{DE}}"]);

          SigninLogs   // every sign-in
          | where ResultType == "0" and UserPrincipalName !startswith "svc-" and UserPrincipalName !startswith "sync-" and Location !in (offices) and isnotempty(IPAddress)
          | summarize First = min(TimeGenerated) by UserPrincipalName, Location, IPAddress, ConfidenceLevel = "High"
          | where First > ago(1h + 5m)
        entityMappings:
          - entityType: Account
            fieldMappings:
              - identifier: FullName
                columnName: UserPrincipalName
          - entityType: IP
            fieldMappings:
              - identifier: Address
                columnName: IPAddress
        customDetails:
          Country: Location
        alertDetailsOverride:
          alertDisplayNameFormat: "{{UserPrincipalName}} came from {{Location}}"
          alertDescriptionFormat: New country.
          alertDynamicProperties:
            - alertProperty: ConfidenceLevel
              value: ConfidenceLevel
        eventGroupingSettings:
          aggregationKind: AlertPerResult
        incidentConfiguration:
          createIncident: true
          groupingConfiguration:
            enabled: true
            reopenClosedIncident: true
            lookbackDuration: P1DT12H
            matchingMethod: Selected
            groupByEntities: [Account]
            groupByCustomDetails: [Country]
        suppressionEnabled: true
        suppressionDuration: PT5H
        sentinelEntitiesMappings:
          - columnName: Entities
        metadata:
          author: { name: Fabrikam }
          support: { tier: Community }
        """;

    public const string Nrt = """
        id: 6f0d9c1e-2b3a-4c5d-8e7f-90a1b2c3d4e5
        name: Account made an owner
        version: 1.0.4
        kind: NRT
        description: Finds owners.
        severity: High
        requiredDataConnectors: []
        tactics: [Persistence]
        relevantTechniques: [T1098]
        query: "AuditLogs\n| where OperationName == \"Add owner to application\"\n| project TimeGenerated, Who = tostring(InitiatedBy.user.userPrincipalName)"
        entityMappings:
          - entityType: Account
            fieldMappings: [{ identifier: FullName, columnName: Who }]
        enabled: false
        """;

    public const string Hunt = """
        id: 0d4c3b2a-1f0e-4d9c-8b7a-695847362514
        name: Rare programs
        description: |
          Lists programs that ran once.
        severity: Medium
        requiredDataConnectors:
          - connectorId: SecurityEvents
            dataTypes: [SecurityEvent]
        tactics: [Execution]
        relevantTechniques: [T1059]
        query: |
          let start = datetime({{StartTimeISO}});
          SecurityEvent
          | where TimeGenerated > start and EventID == 4688
          | summarize Times = count() by NewProcessName
          | where Times == 1
        tags: [hunt-week]
        """;

    public const string Exported = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "workspace": { "type": "String" } },
          "resources": [
            {
              "id": "[concat(resourceId('Microsoft.OperationalInsights/workspaces/providers', parameters('workspace'), 'Microsoft.SecurityInsights'),'/alertRules/7a1b2c3d-4e5f-4a6b-8c7d-8e9fa0b1c2d3')]",
              "name": "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/7a1b2c3d-4e5f-4a6b-8c7d-8e9fa0b1c2d3')]",
              "type": "Microsoft.OperationalInsights/workspaces/providers/alertRules",
              "kind": "Scheduled",
              "apiVersion": "2023-12-01-preview",
              "properties": {
                "displayName": "Mailbox rule that forwards",
                "description": "Finds rules that forward mail.\nLook at where to.",
                "severity": "Medium",
                "enabled": false,
                "query": "OfficeActivity\r\n| where Operation == \"New-InboxRule\" // made\r\n| project TimeGenerated, UserId, ClientIP",
                "queryFrequency": "PT1H",
                "queryPeriod": "PT2H",
                "triggerOperator": "NotEqual",
                "triggerThreshold": 1,
                "suppressionDuration": "PT5H",
                "suppressionEnabled": false,
                "startTimeUtc": null,
                "tactics": ["Collection", "Exfiltration"],
                "techniques": ["T1114", "T1020"],
                "subTechniques": ["T1114.003"],
                "alertRuleTemplateName": "9f8e7d6c-5b4a-4392-8172-6354a5b4c3d2",
                "templateVersion": "1.4.2",
                "incidentConfiguration": {
                  "createIncident": true,
                  "groupingConfiguration": { "enabled": false, "reopenClosedIncident": false, "lookbackDuration": "PT5H", "matchingMethod": "AllEntities", "groupByEntities": [], "groupByAlertDetails": null, "groupByCustomDetails": null }
                },
                "eventGroupingSettings": { "aggregationKind": "SingleAlert" },
                "alertDetailsOverride": null,
                "customDetails": null,
                "entityMappings": [
                  { "entityType": "Account", "fieldMappings": [{ "identifier": "FullName", "columnName": "UserId" }] },
                  { "entityType": "IP", "fieldMappings": [{ "identifier": "Address", "columnName": "ClientIP" }] }
                ],
                "sentinelEntitiesMappings": null
              }
            }
          ]
        }
        """;

    /// <summary>As Bicep builds it: resources under names, names by format().</summary>
    public const string Built = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "languageVersion": "2.0",
          "contentVersion": "1.0.0.0",
          "metadata": { "_generator": { "name": "bicep", "version": "0.30.0.0", "templateHash": "1" } },
          "parameters": { "workspaceName": { "type": "string" }, "level": { "type": "string", "defaultValue": "High" } },
          "resources": {
            "ownerRule": {
              "type": "Microsoft.OperationalInsights/workspaces/providers/alertRules",
              "apiVersion": "2024-01-01-preview",
              "name": "[format('{0}/Microsoft.SecurityInsights/1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f', parameters('workspaceName'))]",
              "kind": "NRT",
              "properties": {
                "displayName": "Key vault emptied",
                "description": "Finds purges.",
                "severity": "[parameters('level')]",
                "enabled": true,
                "query": "AzureActivity | where OperationNameValue has 'purge' | project TimeGenerated, Caller",
                "suppressionDuration": "PT1H",
                "suppressionEnabled": false,
                "tactics": ["Impact"],
                "techniques": ["T1485"],
                "entityMappings": [{ "entityType": "Account", "fieldMappings": [{ "identifier": "FullName", "columnName": "Caller" }] }]
              }
            },
            "hunt": {
              "type": "Microsoft.OperationalInsights/workspaces/savedSearches",
              "apiVersion": "2022-10-01",
              "name": "[format('{0}/{1}', parameters('workspaceName'), '2d3e4f5a-6b7c-4d8e-9f0a-1b2c3d4e5f60')]",
              "properties": {
                "category": "Hunting Queries",
                "displayName": "Logons at night",
                "query": "SecurityEvent\n| where EventID == 4624 and hourofday(TimeGenerated) < 5",
                "etag": "*",
                "version": 2,
                "tags": [{ "name": "description", "value": "Lists logons at night." }, { "name": "tactics", "value": "Persistence, InitialAccess" }, { "name": "createdBy", "value": "Fabrikam" }]
              }
            }
          }
        }
        """;

    /// <summary>A package of a solution, which stores what it installs.</summary>
    public const string Package = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "workspace": { "type": "string" } },
          "variables": { "rule1": { "version": "3.0.1", "id": "4f5a6b7c-8d9e-4f0a-8b1c-2d3e4f5a6b7c" } },
          "resources": [
            {
              "type": "Microsoft.OperationalInsights/workspaces/providers/contentTemplates",
              "apiVersion": "2023-04-01-preview",
              "name": "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/ar-1')]",
              "properties": {
                "displayName": "x",
                "version": "[variables('rule1').version]",
                "mainTemplate": {
                  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                  "contentVersion": "1.0.0.0",
                  "resources": [
                    {
                      "type": "Microsoft.SecurityInsights/AlertRuleTemplates",
                      "name": "[variables('rule1').id]",
                      "apiVersion": "2023-02-01-preview",
                      "kind": "Scheduled",
                      "properties": {
                        "displayName": "Firewall rule opened",
                        "description": "Finds rules that let everything in.",
                        "severity": "High",
                        "enabled": false,
                        "query": "AzureActivity\n| where OperationNameValue has 'securityRules/write'\n| project TimeGenerated, Caller",
                        "queryFrequency": "PT1H",
                        "queryPeriod": "PT1H",
                        "triggerOperator": "GreaterThan",
                        "triggerThreshold": 0,
                        "suppressionDuration": "PT1H",
                        "suppressionEnabled": false,
                        "status": "Available",
                        "requiredDataConnectors": [{ "connectorId": "AzureActivity", "dataTypes": ["AzureActivity"] }],
                        "tactics": ["DefenseEvasion"],
                        "techniques": ["T1562"],
                        "entityMappings": [{ "entityType": "Account", "fieldMappings": [{ "identifier": "FullName", "columnName": "Caller" }] }]
                      }
                    }
                  ]
                }
              }
            }
          ]
        }
        """;

    /// <summary>What files of these names and texts become.</summary>
    public static ImportResult Import(params (string Path, string Text)[] files) => Importer.Import([], [], files.Select(file => FileOf(file.Path, file.Text)));

    public static SpecFile FileOf(string path, string text) => new(path, path, Encoding.UTF8.GetBytes(text));
}
