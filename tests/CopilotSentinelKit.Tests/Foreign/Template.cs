using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Templates without a finding, and what is found when one text of them is another.</summary>
internal static class Template
{
    public const string Rule = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "workspace": { "type": "string" } },
          "resources": [
            {
              "type": "Microsoft.OperationalInsights/workspaces/providers/alertRules",
              "apiVersion": "2025-09-01",
              "name": "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/0c7e9f3a-5b1d-4e2f-9a86-3d4c5b6a7f80')]",
              "kind": "Scheduled",
              "properties": {
                "displayName": "Many prompts",
                "description": "Identifies a user with many prompts.",
                "severity": "High",
                "enabled": true,
                "query": "CopilotActivity\n| where RecordType == \"CopilotInteraction\"\n| project TimeGenerated, ActorName",
                "queryFrequency": "PT1H",
                "queryPeriod": "P1D",
                "triggerOperator": "GreaterThan",
                "triggerThreshold": 0,
                "suppressionDuration": "PT5H",
                "suppressionEnabled": false,
                "tactics": ["InitialAccess"],
                "techniques": ["T1078"],
                "entityMappings": [
                  { "entityType": "Account", "fieldMappings": [{ "identifier": "FullName", "columnName": "ActorName" }] }
                ],
                "incidentConfiguration": {
                  "createIncident": true,
                  "groupingConfiguration": {
                    "enabled": true, "reopenClosedIncident": false, "lookbackDuration": "PT5H", "matchingMethod": "AllEntities"
                  }
                }
              }
            }
          ]
        }
        """;

    public const string Search = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "workspace": { "type": "string" } },
          "resources": [
            {
              "type": "Microsoft.OperationalInsights/workspaces/savedSearches",
              "apiVersion": "2025-07-01",
              "name": "[concat(parameters('workspace'), '/1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d')]",
              "etag": "*",
              "properties": {
                "category": "Hunting Queries",
                "displayName": "Rare agents",
                "query": "CopilotActivity | summarize count() by AgentName",
                "version": 2,
                "tags": [
                  { "name": "description", "value": "Agents that few use." },
                  { "name": "tactics", "value": "InitialAccess, Collection" },
                  { "name": "techniques", "value": "T1078" }
                ]
              }
            }
          ]
        }
        """;

    public const string Workbook = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "workspace": { "type": "string" } },
          "resources": [
            {
              "type": "Microsoft.Insights/workbooks",
              "apiVersion": "2023-06-01",
              "name": "7d8e9fa0-b1c2-4d3e-8f40-516273849506",
              "location": "[resourceGroup().location]",
              "kind": "shared",
              "properties": {
                "displayName": "Prompts",
                "category": "sentinel",
                "serializedData": "{\"version\":\"Notebook/1.0\",\"items\":[{\"type\":9,\"name\":\"top\",\"content\":{\"parameters\":[{\"name\":\"TimeRange\",\"type\":4,\"value\":{\"durationMs\":86400000}}]}},{\"type\":3,\"name\":\"list\",\"content\":{\"query\":\"CopilotActivity\\n| where TimeGenerated {TimeRange}\\n| take 10\",\"queryType\":0}}],\"fromTemplateId\":\"sentinel-Prompts\"}"
              }
            }
          ]
        }
        """;

    public const string Watchlist = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "workspace": { "type": "string" } },
          "resources": [
            {
              "type": "Microsoft.OperationalInsights/workspaces/providers/Watchlists",
              "apiVersion": "2025-09-01",
              "name": "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/VipUsers')]",
              "properties": {
                "displayName": "VIP users",
                "provider": "Contoso",
                "itemsSearchKey": "User Name",
                "contentType": "text/csv",
                "rawContent": "User Name,Team\r\nann@contoso.com,\"Sales, West\"\r\nbob@example.org,IT\r\n",
                "watchlistAlias": "VipUsers"
              }
            }
          ]
        }
        """;

    public const string Collection = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "resources": [
            {
              "type": "Microsoft.OperationalInsights/workspaces/tables",
              "apiVersion": "2025-07-01",
              "name": "[concat(parameters('workspace'), '/Prompts_CL')]",
              "properties": {
                "schema": {
                  "name": "Prompts_CL",
                  "columns": [{ "name": "TimeGenerated", "type": "dateTime" }, { "name": "Prompt", "type": "string" }]
                }
              }
            },
            {
              "type": "Microsoft.Insights/dataCollectionRules",
              "apiVersion": "2024-03-11",
              "name": "prompts",
              "location": "westeurope",
              "properties": {
                "streamDeclarations": {
                  "Custom-Prompts": { "columns": [{ "name": "Time", "type": "datetime" }, { "name": "Text", "type": "string" }] }
                },
                "destinations": { "logAnalytics": [{ "workspaceResourceId": "[parameters('id')]", "name": "main" }] },
                "dataFlows": [
                  {
                    "streams": ["Custom-Prompts"],
                    "destinations": ["main"],
                    "transformKql": "source | where Text has \"x\" | project TimeGenerated = Time, Prompt = tolower(Text)",
                    "outputStream": "Custom-Prompts_CL"
                  }
                ]
              }
            }
          ]
        }
        """;

    // The samples are cut short: they use parameters that they do not declare, and workbooks declare some that nothing uses.
    private static readonly string[] Quiet = ["CSK0878", "CSK0899"];

    /// <summary>Reads a file and gives what it holds; of what the samples lack, only what is asked for is told.</summary>
    public static (ImmutableArray<ContentItem> Items, List<Finding> Findings) Read(string text, string path = "content/prompts.rule.json", string? asked = null)
    {
        var findings = new List<Finding>();
        var items = ArmReader.Read(new(path, text), Validator.Check, findings);
        findings.RemoveAll(finding => finding.Code != asked && Quiet.Contains(finding.Code));
        return (items, findings);
    }

    /// <summary>The one item of a file without findings.</summary>
    public static T Only<T>(string text)
        where T : ContentItem
    {
        var (items, findings) = Read(text);
        Assert.That(findings, Is.Empty, () => Shown(findings));
        return (T)items.Single();
    }

    /// <summary>Asserts that a template in which a text is another has this one finding, at the part of the other text that «these» mark.</summary>
    public static Finding Verify(string code, string template, string from, string to, string path = "content/prompts.rule.json")
    {
        var (text, start, length) = Changed(template, from, to);
        var (_, findings) = Read(text, path, code);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]), () => Shown(findings));
        AssertAt(findings[0], text, start, length);
        return findings[0];
    }

    /// <summary>Asserts that a template in which a text is another has no finding.</summary>
    public static void Ok(string template, string from = "", string to = "", string path = "content/prompts.rule.json")
    {
        var (_, findings) = Read(from.Length == 0 ? template : Changed(template, from, to).Text, path);
        Assert.That(findings, Is.Empty, () => Shown(findings));
    }

    /// <summary>The template with the other text, and the place of the mark in it.</summary>
    public static (string Text, int Start, int Length) Changed(string template, string from, string to)
    {
        Assert.That(template.Split(from), Has.Length.EqualTo(2), $"the template has to have \"{from}\" once");
        var marked = template.Replace(from, to, StringComparison.Ordinal);
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        return (marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal), start, end - start);
    }

    /// <summary>Asserts text, line and column of a finding.</summary>
    public static void AssertAt(Finding finding, string text, int start, int length)
    {
        Assert.That(start, Is.Not.Negative, "the case marks nothing");
        Assert.That(finding.Span.Text, Is.EqualTo(text.Substring(start, length)));
        var before = text[..start].Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.That(finding.Span.Position, Is.EqualTo((before.Count(character => character == '\n') + 1, before.Length - before.LastIndexOf('\n'))));
    }

    public static string Shown(IEnumerable<Finding> findings) =>
        string.Join('\n', findings.Select(finding => $"{finding.Span} {finding.Code} {finding.Message}"));
}
