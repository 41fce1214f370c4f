using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Spec;
using FsCheck;
using FsCheck.Fluent;
using YamlDotNet.RepresentationModel;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class CommunityYamlTests
{
    [Test]
    public void A_scheduled_rule_reads_as_the_community_writes_it() =>
        Assert.That(Text(Sample.Rule), Is.EqualTo(
            """
            id: 2ed6657d-e942-568b-95e1-2665a8aea6a2
            name: Copilot jailbreak attempt
            description: |-
              Identifies prompts that Copilot flagged.
              One alert for each user.
            severity: High
            status: Available
            requiredDataConnectors:
              - connectorId: MicrosoftCopilot
                dataTypes:
                  - CopilotActivity
            queryFrequency: 1h
            queryPeriod: 14d
            triggerOperator: gt
            triggerThreshold: 0
            tactics:
              - DefenseEvasion
              - InitialAccess
            relevantTechniques:
              - T1562.001
              - T1562.006
              - T1078
            query: |-
              CopilotMessages()
              | where JailbreakDetected
              | summarize Attempts = count() by ActorUpn
            entityMappings:
              - entityType: Account
                fieldMappings:
                  - identifier: FullName
                    columnName: ActorUpn
                  - identifier: AadUserId
                    columnName: ActorUserId
            customDetails:
              Attempts: Attempts
            alertDetailsOverride:
              alertDisplayNameFormat: "Jailbreak by {{ActorUpn}}"
              alertDescriptionFormat: "{{Attempts}} attempts"
              alertTacticsColumnName: Tac
              alertSeverityColumnName: Sev
              alertDynamicProperties:
                - alertProperty: ConfidenceLevel
                  value: Conf
            eventGroupingSettings:
              aggregationKind: AlertPerResult
            incidentConfiguration:
              createIncident: true
              groupingConfiguration:
                enabled: true
                reopenClosedIncident: false
                lookbackDuration: PT5H
                matchingMethod: Selected
                groupByEntities:
                  - Account
                groupByAlertDetails:
                  - DisplayName
                groupByCustomDetails:
                  - Attempts
            suppressionDuration: PT5H
            suppressionEnabled: true
            tags:
              - AML.T0054
              - LLM01
            version: 1.0.0
            kind: Scheduled

            """));

    [Test]
    public void An_NRT_rule_has_no_schedule() =>
        Assert.That(Text(Sample.Nrt), Does.Contain("kind: NRT\n").And.Not.Contain("queryFrequency").And.Not.Contain("trigger"));

    [Test]
    public void A_rule_without_optional_parts_leaves_them_out() =>
        Assert.That(
            string.Join(' ', Read(Text(Sample.Bare)).Children.Keys),
            Is.EqualTo("id name description severity status requiredDataConnectors queryFrequency queryPeriod triggerOperator triggerThreshold query version kind"));

    [Test]
    public void A_long_description_is_cut_between_sentences_and_stands_whole_in_the_alert()
    {
        var sentence = new string('x', 120) + ".";
        var rule = Sample.Bare with { Description = Sample.At($"{sentence} {sentence} {sentence}"), Name = Sample.At("[Deprecated] A name") };
        var yaml = Read(Text(rule));
        Assert.That(yaml.Children["description"].ToString(), Is.EqualTo($"{sentence} {sentence}"));
        Assert.That(yaml.Children["alertDetailsOverride"]["alertDescriptionFormat"].ToString(), Is.EqualTo($"{sentence} {sentence} {sentence}"));
        Assert.That(yaml.Children["status"].ToString(), Is.EqualTo("Deprecated"));
        Assert.That(Read(Text(rule with { Description = Sample.At(string.Join(' ', Enumerable.Repeat("word", 80))) })).Children["description"].ToString(), Has.Length.LessThanOrEqualTo(255).And.EndsWith("word..."));
    }

    [Test]
    public void A_hunt_reads_as_the_community_writes_it() =>
        Assert.That(Text(Sample.Hunt), Is.EqualTo(
            """
            id: 3d813cbb-47fb-32ba-91df-831e1593ac29
            name: Copilot by country
            description: Where users are.
            requiredDataConnectors:
              - connectorId: MicrosoftCopilot
                dataTypes:
                  - CopilotActivity
            tactics:
              - Collection
              - Exfiltration
            relevantTechniques:
              - T1213
              - T1567.002
            query: |-
              CopilotEvents()
              | take 10
            entityMappings:
              - entityType: IP
                fieldMappings:
                  - identifier: Address
                    columnName: SrcIpAddr
            tags:
              - LLM02
            version: 1.2.3

            """));

    [Test]
    public void A_parser_reads_as_the_community_writes_it() =>
        Assert.That(Text(Sample.Events), Is.EqualTo(
            $"""
            id: {Sample.Events.Guid}
            Function:
              Title: CopilotEvents
              Version: '1.0.0'
              LastUpdated: '2026-01-31'
            Category: Microsoft Sentinel Parser
            Description: A row for each record.
            FunctionName: CopilotEvents
            FunctionAlias: CopilotEvents
            FunctionParams:
              - Name: starttime
                Type: datetime
                Default: datetime(null)
              - Name: endtime
                Type: datetime
                Default: datetime(null)
            FunctionQuery: |-
              CopilotActivity
              | where TimeGenerated > ago(1d)

            """));

    [Test]
    public void A_watchlist_is_a_description_and_a_CSV_file()
    {
        var files = ContentEmitter.Emit([Sample.Watchlist], [OutputFormat.Yaml]).Artifacts.ToDictionary(file => file.Path, file => file.Text);
        Assert.That(files, Has.Count.EqualTo(2));
        Assert.That(files["yaml/Watchlists/CopilotEntitledUsers.csv"], Is.EqualTo("UserPrincipalName,Licence\nuser@contoso.com,\"Copilot, \"\"E5\"\"\"\n=1+1,\n"));
        Assert.That(files["yaml/Watchlists/CopilotEntitledUsers.yaml"], Does.Contain("source: CopilotEntitledUsers.csv\n").And.Contain("itemsSearchKey: UserPrincipalName\n"));
    }

    [Test]
    public void Every_text_of_a_rule_reads_back_as_it_was() =>
        Prop.ForAll(Gen.Elements("x", " ", "\n", "\t", "---", "#", ": ", "'", "\"", "é", "😀", "\r\n", "\u2028", "{{A}}", "- ", "no", "[", "]", "\\").ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            var rule = Sample.Rule with
            {
                Name = Sample.At(text),
                Description = Sample.At(text),
                Query = Sample.Query(text),
                Atlas = Sample.All(text),
                Owasp = [],
                CustomDetails = [new(Sample.At("Key"), Sample.At(text))],
            };
            var yaml = Read(Text(rule));
            Assert.That(new[] { yaml["name"], yaml["description"], yaml["query"], yaml["tags"][0], yaml["customDetails"]["Key"] }
                .Select(node => ((YamlScalarNode)node).Value), Is.All.EqualTo(text));
            Assert.That(yaml["kind"].ToString(), Is.EqualTo("Scheduled"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static string Text(ContentItem item) =>
        ContentEmitter.Emit([item], [OutputFormat.Yaml]).Artifacts.Single(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)).Text;

    private static YamlMappingNode Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }
}
