namespace CopilotSentinelKit.Tests.Spec;

/// <summary>Specs without mistakes that use every key.</summary>
internal static class Samples
{
    public const string Detection = """
        id: copilot-jailbreak-attempt    # a comment
        guid: 0f8fad5b-d9cb-469f-a165-70867728950e
        override: true
        version: 1.0.0
        kind: scheduled
        name: Copilot jailbreak attempt
        description: >
          A prompt tried to make Copilot
          ignore its rules.
        severity: High
        enabled: true
        schedule: { every: 1h, lookback: 1h }
        trigger: { operator: gt, threshold: 0 }
        attack: { tactics: [DefenseEvasion], techniques: [T1562] }
        atlas: [AML.T0054]
        owasp: [LLM01]
        parameters:
          minAttempts: { type: int, default: 1, description: How many. }
          hosts: { type: strings, default: [Word, "Teams \" | take 1 //"] }
          since: { type: datetime, default: 2026-01-31T08:00:00Z }
          ratio: { type: real, default: 0.5 }
          column: { type: column, default: ActorUpn }
          window: { type: timespan, default: 14d }
        template: first-seen
        query: |
          CopilotMessages()
          | where JailbreakDetected

          | summarize Attempts = count() by ActorUpn
          | where Attempts >= {{ minAttempts | kql }}
        verbatim: false
        entities:
          - { type: Account, FullName: ActorUpn, AadUserId: ActorUserId }
          - type: IP
            Address: SrcIpAddr
        details: { Attempts: Attempts }
        alert: { name: "Copilot jailbreak by {{ActorUpn}}", description: "...", severity: SeverityColumn, tactics: TacticsColumn, properties: { ConfidenceLevel: Col } }
        events: perResult
        incident: { create: true, grouping: { by: AllEntities, lookback: 5h, reopen: false, entities: [Account], alertDetails: [DisplayName], customDetails: [Attempts] } }
        suppression: 5h
        connectors: [{ id: MicrosoftCopilot, types: [CopilotActivity] }]
        further: { yaml: { tags: [{ Schema: Contoso }], metadata: { author: { name: Contoso } } }, arm: { alertRuleTemplateName: 0f8fad5b-d9cb-469f-a165-70867728950e } }
        falsePositives: [A test of the guard rails.]
        response: Talk to the user.
        references: [https://attack.mitre.org/techniques/T1562/]
        tests:
          - { name: a prompt, events: ../events/word-prompt.json, expect: none }

        """;

    public const string Tests = """
        for: copilot-jailbreak-attempt
        override: true
        tests:
          - name: everything
            sources: [CopilotActivity]
            now: 2026-01-31T08:00:00Z
            events:
              - ../events/word-prompt.json
              - file: ../events/variants/prompt 1.csv
                at: [-5m, 2026-01-31T07:00:00Z]
                repeat: 3
                every: 30s
                delay: 2h
                set: { Id: null, CopilotEventData.Messages: [{ isPrompt: true }] }
                vary: { UserId: "user{n}@contoso.com", ClientIP: [203.0.113.1, ""] }
              - { record: { Operation: CopilotInteraction, CopilotEventData: {} }, at: now }
            tables:
              SigninLogs: [{ TimeGenerated: -1h, UserPrincipalName: user@contoso.com, RiskDetail: null }]
              IdentityInfo: ../events/identities.json
              AuditLogs: []
            watchlists: { CopilotAdmins: [{ UserPrincipalName: user@contoso.com }] }
            functions:
              Owners: [{ Upn: user@contoso.com }]
              Peers: { parameters: { who: string }, columns: { Peer: string }, rows: ../events/peers.json }
            externaldata: { https://example.com/list.csv: [{ Address: 203.0.113.1 }] }
            replay: false
            expect: [{ Attempts: 1, Hosts: [Word], AlertSeverity: Medium }]
          - name: tables of its own and alerts
            tables: { Own_CL: { columns: { TimeGenerated: datetime, Name_s: string }, rows: [{ Name_s: a }] } }
            expect:
              count: 1
              ordered: true
              columns: [ActorUpn, Attempts]
              rows: [{ Attempts: 1 }]
              alerts:
                - title: An attempt
                  description: One.
                  severity: High
                  tactics: [Impact]
                  entities: [{ type: Account, FullName: user@contoso.com }]
                  details: { Attempts: 1, Hosts: [Word, Excel] }
          - { name: no alert, events: ../events/a.ndjson, expect: { alerts: none } }
          - { name: one event, events: { file: ../events/a.json, at: -1d6h }, expect: { count: 2, rows: [{ Attempts: 1 }] } }
          - { name: a number, events: { record: { Id: x }, at: +0m }, expect: 3 }
          - { name: nothing, events: ../events/a.ndjson, expect: none }

        """;

    public const string Mapping = """
        version: 1.0.0
        sources:
          CloudAppEvents:
            description: Defender for Cloud Apps.
            table: CloudAppEvents
            connector: MicrosoftThreatProtection
            enabled: true
            where: ActionType == "CopilotInteraction"
            record: RawEventData
            event: RawEventData.CopilotEventData
            settings: RawEventData.CopilotSettingsEventData
            columns: { ActorUpn: AccountDisplayName }
          CopilotAudit:
            override: false
            table: CopilotAudit_CL
            declares: { TimeGenerated: datetime, Record: dynamic }
        fields:
          ThreadId: { type: string, description: The thread., event: ThreadId }
          AgentId: { type: string, description: The agent., record: AgentId, event: AgentId, settings: AgentId }
          Messages: { type: dynamic, array: true, event: Messages }
          RecordId: { type: string, record: [Id, id, ID] }
          RecordType: { type: string, record: RecordType, values: { 261: CopilotInteraction } }
          SrcIpAddr:
            type: string
            pii: true
            expression: |
              extract("x", 0, ClientIP)
        parsers:
          CopilotEvents: { description: A row for each record., template: events }
          CopilotMessages: { description: A row for each message., template: elements, each: Messages, where: RecordType == "x", keep: [TimeGenerated, RecordId], fields: { MessageId: { type: string, record: [Id, id, ID] } }, rest: MessageAdditionalFields }

        """;

    public const string Kit = """
        csk: 0.1.0
        name: contoso-copilot
        publisher: Contoso
        sources: [CopilotActivity, CloudAppEvents]
        formats: [yaml, arm]
        solution:
          name: Contoso Copilot
          publisherId: contoso
          offerId: contoso-copilot-sentinel
          description: What it is for.
          support: { name: Contoso SOC, email: soc@contoso.com, link: https://contoso.com/support, tier: Community }
          releases:
            - { version: 3.0.1, date: 2026-11-28, changes: More agents. }
            - { version: 3.0.0, date: 2026-10-01, changes: Initial release. }
          domains: [Compliance]
          verticals: [Finance]
          logo: Contoso.svg
        parsers: inline
        detections:
          copilot-jailbreak-attempt: { disable: false, severity: Medium, schedule: { every: 30m }, parameters: { minAttempts: 3, hosts: [Word] } }
        tables: { ContosoHr_CL: { TimeGenerated: datetime, Upn: string } }
        functions: { ContosoVip: { parameters: { since: { type: timespan, default: 1d }, name: { type: string, default: 'a"b' }, day: { type: datetime } }, columns: { Upn: string } } }
        watchlists: { VipUsers: { Upn: string } }

        """;

    public const string Watchlist = """
        alias: CopilotEntitledUsers
        version: 1.0.0
        name: Copilot entitled users
        description: Who may use Copilot.
        searchKey: UserPrincipalName
        columns: { UserPrincipalName: string, Licence: string }
        rows:
          - { UserPrincipalName: user@contoso.com, Licence: Copilot }
          - { UserPrincipalName: other@contoso.com, Licence: 5 }

        """;

    public const string Summary = """
        id: a-summary
        override: true
        version: 1.0.0
        name: A summary
        description: What it keeps.
        table: CopilotHourly_CL
        bin: 1h
        delay: 4h
        start: 2026-12-01T00:00:00Z
        query: |
          CopilotEvents()
          | summarize Records = count() by ActorUpn
        columns: { ActorUpn: string, Records: long }
        tests: [{ name: a prompt, events: ../events/word-prompt.json, expect: none }]

        """;

    public const string Automation = """
        id: an-automation
        override: true
        version: 1.0.0
        name: An automation rule
        description: What it does.
        enabled: true
        trigger: incidentUpdated
        order: 5
        expires: 2027-06-30T00:00:00Z
        detections: [a-detection]
        conditions:
          - { property: IncidentSeverity, operator: Equals, values: [Medium, High] }
          - { changed: IncidentStatus, direction: ChangedTo, values: [Active] }
          - { added: Alerts }
          - anyOf:
              - { property: AccountUPNSuffix, operator: EndsWith, values: [contoso.com] }
              - { property: IPAddress, operator: NotStartsWith, values: ["10."] }
        actions:
          - set: { severity: High, status: Active, owner: soc@contoso.com, tags: [copilot, high] }
          - set: { status: Closed, classification: BenignPositive, reason: SuspiciousButExpected, comment: "a ${b} [c] 'd'" }
          - task: Ask the user
            description: |
              Ask what the prompt was for.
              Then look.
          - playbook: block-user
          - { playbook: tell-team, resourceId: /subscriptions/0f8fad5b-d9cb-469f-a165-70867728950e/resourceGroups/soc/providers/Microsoft.Logic/workflows/TellTeam }

        """;

    public const string Workbook = """
        id: a-book
        override: true
        version: 1.0.0
        name: A book
        description: What it shows.
        parameters:
          TimeRange: { timeRange: [1h, 7d], default: 7d, label: Time range }
          User: { query: "Users({TimeRange:start})", multiple: true, all: true, label: Who }
          Kind: { values: { a: Everything, 5: Five }, default: 5 }
          Search: { text: "" }
        define:
          Own: Table | take 5
        items:
          - { text: "# A", style: info, width: 50 }
          - query: |
              Own
            title: T
            show: tiles
            size: tiny
            width: 25
            noData: Nothing.
            tiles: { title: A, value: B }
          - group: G
            width: 75
            items:
              - { query: Own, rows: 5, columns: { A: { as: heatmap, label: L, colour: red }, B: { label: M } }, export: { P: A } }
          - tabs:
              First: [{ text: a }, { group: H, items: [{ text: b }] }]
              Second one: [{ query: Own, show: timechart, chart: { x: A, y: [B, C], series: D } }, { query: Own, show: piechart, chart: { y: B } }]
          - { query: Own, template: few, parameters: { by: [A], most: 5 }, title: U, brush: Span }
          - { query: Own, show: map, map: { country: A, size: B, label: C } }

        """;

    /// <summary>A small detection with some of its top-level keys written anew, or added when it has none of that name.</summary>
    public static string With(params string[] entries)
    {
        var lines = new List<string>
        {
            "id: a-detection", "version: 1.0.0", "kind: scheduled", "name: A name", "description: What it finds.", "severity: High",
            "schedule: { every: 1h, lookback: 1h }", "query: CopilotEvents()",
        };
        foreach (var entry in entries)
        {
            var key = entry.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal).Split(':')[0];
            var index = lines.FindIndex(line => line.StartsWith(key + ":", StringComparison.Ordinal));
            if (index < 0)
            {
                lines.Add(entry);
            }
            else
            {
                lines[index] = entry;
            }
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>The small detection without some of its keys.</summary>
    public static string Without(string key, params string[] entries) =>
        string.Concat(With(entries).Split('\n').Where(line => line.Length > 0 && !line.StartsWith(key + ":", StringComparison.Ordinal)).Select(line => line + "\n"));
}
