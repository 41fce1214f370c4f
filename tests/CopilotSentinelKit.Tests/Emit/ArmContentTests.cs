using System.Text.Json;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class ArmContentTests
{
    // The types that the Sentinel repositories deployment takes, in lower case as it compares them.
    internal static readonly string[] AllowedTypes =
    [
        "microsoft.operationalinsights/workspaces/providers/alertrules",
        "microsoft.operationalinsights/workspaces/savedsearches",
        "microsoft.insights/workbooks",
        "microsoft.operationalinsights/workspaces/providers/watchlists",
    ];

    internal static readonly Dictionary<string, string> SchemaOfType = new()
    {
        ["Microsoft.OperationalInsights/workspaces/providers/alertRules Scheduled"] = "ScheduledAlertRuleProperties",
        ["Microsoft.OperationalInsights/workspaces/providers/alertRules NRT"] = "NrtAlertRuleProperties",
        ["Microsoft.OperationalInsights/workspaces/savedSearches "] = "SavedSearchProperties",
        ["Microsoft.OperationalInsights/workspaces/providers/Watchlists "] = "WatchlistProperties",
        ["Microsoft.Insights/workbooks shared"] = "WorkbookProperties",
    };

    private static readonly string[] Wrong =
    [
        ".suppressionDuration: missing",
        ".enabled: \"yes\" is not boolean",
        ".severity: \"Urgent\" is not High|Medium|Low|Informational",
        ".triggerOperator: 1 is not GreaterThan|LessThan|Equal|NotEqual",
        ".tactics: no list",
        ".tecniques: unknown",
        ".entityMappings[0].fieldMappings: no list",
    ];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public void Properties_of_every_file_are_what_the_provider_accepts()
    {
        var files = Templates();
        Assert.That(files, Has.Count.EqualTo(Sample.Items.Length));
        foreach (var (path, template) in files)
        {
            var resource = template.GetProperty("resources").EnumerateArray().Single();
            var kind = resource.TryGetProperty("kind", out var value) ? value.GetString() : "";
            var schema = SchemaOfType[$"{resource.GetProperty("type").GetString()} {kind}"];
            var version = resource.GetProperty("apiVersion").GetString()!;
            Assert.That(ProviderSchema.Violations(resource.GetProperty("properties"), schema, version), Is.Empty, path);
        }
    }

    [Test]
    public void The_provider_schema_finds_what_is_wrong()
    {
        using var json = JsonDocument.Parse(
            """{"displayName":"x","enabled":"yes","suppressionEnabled":false,"severity":"Urgent","triggerOperator":1,"tactics":"Nope","tecniques":[],"entityMappings":[{"fieldMappings":{}}]}""");
        Assert.That(ProviderSchema.Violations(json.RootElement, "ScheduledAlertRuleProperties", "2025-09-01"), Is.EqualTo(Wrong));
    }

    [Test]
    public void Every_file_has_a_type_that_repositories_deploy()
    {
        foreach (var (path, template) in Templates())
        {
            Assert.That(AllowedTypes, Does.Contain(template.GetProperty("resources")[0].GetProperty("type").GetString()!.ToLowerInvariant()), path);
        }
    }

    [Test]
    public void Every_template_takes_the_workspace_and_nothing_else_that_must_be_given()
    {
        foreach (var (path, template) in Templates())
        {
            Assert.That(Keys(template), Is.EqualTo("$schema contentVersion parameters resources"), path);
            Assert.That(template.GetProperty("parameters").EnumerateObject().Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)).Select(parameter => parameter.Name), Is.EqualTo(["workspace"]), path);
        }
    }

    [Test]
    public void The_state_and_severity_of_a_rule_are_parameters() =>
        Assert.That(Compact(Template(Sample.Rule with { Enabled = false }).GetProperty("parameters")), Is.EqualTo(
            """
            {"workspace":{"type":"string","metadata":{"description":"Name of the Log Analytics workspace that Microsoft Sentinel runs on."}},
            "enabled":{"type":"bool","defaultValue":false,"metadata":{"description":"Whether the rule runs."}},
            "severity":{"type":"string","defaultValue":"High","allowedValues":["Informational","Low","Medium","High"],"metadata":{"description":"Severity of the rule's alerts."}}}
            """.ReplaceLineEndings("")));

    [Test]
    public void One_template_has_everything_and_each_rule_waits_for_what_it_names()
    {
        var needy = Sample.Rule with { Query = Sample.Query("ACopilotMessages()\n| where Upn in (_GetWatchlist(\"CopilotEntitledUsers\"))") };
        var whole = Parse(ContentEmitter.Emit([Sample.Events, Sample.Messages, needy, Sample.Hunt, Sample.Watchlist, Sample.Workbook], [OutputFormat.Arm]).Artifacts.Single(artifact => artifact.Path == ArmWhole.Path).Text);
        var resources = whole.GetProperty("resources").EnumerateArray().ToList();
        Assert.That(Keys(whole.GetProperty("parameters")), Is.EqualTo("workspace location rules"));
        Assert.That(Compact(whole.GetProperty("variables")), Is.EqualTo(
            """{"ruleDefaults":{"copilot-jailbreak-attempt":{"enabled":true,"severity":"High"}},"ruleSettings":"[union(variables('ruleDefaults'),parameters('rules'))]"}"""));
        Assert.That(resources, Has.Count.EqualTo(6));
        var rule = resources.Single(resource => resource.GetProperty("type").GetString()!.EndsWith("/alertRules", StringComparison.Ordinal));
        Assert.That(Compact(rule.GetProperty("dependsOn")), Is.EqualTo(
            $"""
            ["[resourceId('Microsoft.OperationalInsights/workspaces/providers/Watchlists',parameters('workspace'),'Microsoft.SecurityInsights','CopilotEntitledUsers')]",
            "[resourceId('Microsoft.OperationalInsights/workspaces/savedSearches',parameters('workspace'),'{Sample.Events.Guid}')]",
            "[resourceId('Microsoft.OperationalInsights/workspaces/savedSearches',parameters('workspace'),'{Sample.Messages.Guid}')]"]
            """.ReplaceLineEndings("")));
        Assert.That(rule.GetProperty("properties").GetProperty("enabled").GetString(), Is.EqualTo("[variables('ruleSettings')['copilot-jailbreak-attempt'].enabled]"));
        Assert.That(resources.Count(resource => resource.TryGetProperty("dependsOn", out _)), Is.EqualTo(1));
    }

    [Test]
    public void What_an_analyst_needs_stands_behind_the_description_of_rule_and_alert()
    {
        var notes = new AnalystNotes(["Tests", "Training {{days}}."], "Ask the\n  user.", ["https://learn.microsoft.com/a"]);
        var properties = Resource(Sample.Bare with { Notes = notes }).GetProperty("properties");
        const string Expected = "Identifies prompts that Copilot flagged.\nOne alert for each user.\n\nWhat to do: Ask the user.\n\nFalse positives: Tests. Training {{days}}.\n\nMore: https://learn.microsoft.com/a";
        Assert.That(properties.GetProperty("description").GetString(), Is.EqualTo(Expected));

        // There, braces would name a column.
        Assert.That(properties.GetProperty("alertDetailsOverride").GetProperty("alertDescriptionFormat").GetString(), Is.EqualTo(Expected.Replace("{{days}}", "{ {days} }", StringComparison.Ordinal)));
        Assert.That(
            Resource(Sample.Rule with { Notes = notes with { FalsePositives = [], References = [] } }).GetProperty("properties").GetProperty("alertDetailsOverride").GetProperty("alertDescriptionFormat").GetString(),
            Is.EqualTo("{{Attempts}} attempts\n\nWhat to do: Ask the user."));
    }

    [Test]
    public void A_watchlist_without_rows_leaves_those_of_the_portal_alone() =>
        Assert.That(Keys(Resource(Sample.Watchlist with { Rows = [] }).GetProperty("properties")), Is.EqualTo("displayName description provider source sourceType itemsSearchKey watchlistAlias"));

    // The deployment looks for a parameter file at path.TrimEnd(".json") and passes over *metadata.json and *.parameters*.json.
    [Test]
    public void No_name_meets_the_traps_of_the_repositories_deployment()
    {
        foreach (var (path, _) in Templates())
        {
            Assert.That(path.TrimEnd('.', 'j', 's', 'o', 'n'), Is.EqualTo(path[..^".json".Length]));
            Assert.That(path, Does.Not.EndWith("metadata.json").And.Not.Contain(".parameters"));
        }
    }

    [Test]
    public void A_scheduled_rule_has_every_part()
    {
        var resource = Resource(Sample.Rule);
        var properties = resource.GetProperty("properties");
        Assert.That(resource.GetProperty("apiVersion").GetString(), Is.EqualTo("2025-09-01"));
        Assert.That(
            resource.GetProperty("name").GetString(),
            Is.EqualTo("[concat(parameters('workspace'),'/Microsoft.SecurityInsights/2ed6657d-e942-568b-95e1-2665a8aea6a2')]"));
        Assert.That(Compact(properties), Is.EqualTo(
            """
            {"displayName":"Copilot jailbreak attempt","description":"Identifies prompts that Copilot flagged.\nOne alert for each user.\n\nMITRE ATLAS and OWASP: AML.T0054, LLM01","severity":"[parameters('severity')]","enabled":"[parameters('enabled')]",
            "query":"CopilotMessages()\n| where JailbreakDetected\n| summarize Attempts = count() by ActorUpn","queryFrequency":"PT1H","queryPeriod":"P14D",
            "triggerOperator":"GreaterThan","triggerThreshold":0,"suppressionDuration":"PT5H","suppressionEnabled":true,"tactics":["DefenseEvasion","InitialAccess"],
            "techniques":["T1562","T1078"],
            "entityMappings":[{"entityType":"Account","fieldMappings":[{"identifier":"FullName","columnName":"ActorUpn"},{"identifier":"AadUserId","columnName":"ActorUserId"}]}],
            "customDetails":{"Attempts":"Attempts"},
            "alertDetailsOverride":{"alertDisplayNameFormat":"Jailbreak by {{ActorUpn}}","alertDescriptionFormat":"{{Attempts}} attempts","alertTacticsColumnName":"Tac","alertSeverityColumnName":"Sev","alertDynamicProperties":[{"alertProperty":"ConfidenceLevel","value":"Conf"}]},
            "eventGroupingSettings":{"aggregationKind":"AlertPerResult"},
            "incidentConfiguration":{"createIncident":true,"groupingConfiguration":{"enabled":true,"reopenClosedIncident":false,"lookbackDuration":"PT5H","matchingMethod":"Selected","groupByEntities":["Account"],"groupByAlertDetails":["DisplayName"],"groupByCustomDetails":["Attempts"]}}}
            """.ReplaceLineEndings("")));
    }

    [Test]
    public void A_rule_without_optional_parts_leaves_them_out() =>
        Assert.That(
            Keys(Resource(Sample.Bare).GetProperty("properties")),
            Is.EqualTo("displayName description severity enabled query queryFrequency queryPeriod triggerOperator triggerThreshold suppressionDuration suppressionEnabled"));

    [Test]
    public void A_rule_that_never_suppresses_says_so()
    {
        var properties = Resource(Sample.Bare).GetProperty("properties");
        Assert.That(properties.GetProperty("suppressionDuration").GetString(), Is.EqualTo("PT1H"));
        Assert.That(properties.GetProperty("suppressionEnabled").GetBoolean(), Is.False);
    }

    [Test]
    public void An_NRT_rule_has_no_schedule_and_keeps_its_sub_techniques()
    {
        var resource = Resource(Sample.Nrt);
        var properties = resource.GetProperty("properties");
        Assert.That(resource.GetProperty("apiVersion").GetString(), Is.EqualTo("2025-07-01-preview"));
        Assert.That(properties.TryGetProperty("queryFrequency", out _), Is.False);
        Assert.That(Compact(properties.GetProperty("techniques")), Is.EqualTo("""["T1562","T1078"]"""));
        Assert.That(Compact(properties.GetProperty("subTechniques")), Is.EqualTo("""["T1562.001","T1562.006"]"""));
    }

    [Test]
    public void A_hunt_is_a_saved_search_of_the_exact_category() =>
        Assert.That(Compact(Resource(Sample.Hunt)), Is.EqualTo(
            """
            {"type":"Microsoft.OperationalInsights/workspaces/savedSearches","apiVersion":"2025-07-01","name":"[concat(parameters('workspace'),'/3d813cbb-47fb-32ba-91df-831e1593ac29')]","etag":"*",
            "properties":{"category":"Hunting Queries","displayName":"Copilot by country","query":"CopilotEvents()\n| take 10","version":2,
            "tags":[{"name":"description","value":"Where users are."},{"name":"tactics","value":"Collection,Exfiltration"},{"name":"techniques","value":"T1213,T1567.002"},{"name":"owasp","value":"LLM02"}]}}
            """.ReplaceLineEndings("")));

    [Test]
    public void A_parser_is_a_function_with_its_parameters() =>
        Assert.That(Compact(Resource(Sample.Events).GetProperty("properties")), Is.EqualTo(
            """
            {"category":"Microsoft Sentinel Parser","displayName":"CopilotEvents","query":"CopilotActivity\n| where TimeGenerated > ago(1d)","functionAlias":"CopilotEvents",
            "functionParameters":"starttime:datetime=datetime(null), endtime:datetime=datetime(null)","version":2,"tags":[{"name":"description","value":"A row for each record."}]}
            """.ReplaceLineEndings("")));

    [Test]
    public void A_watchlist_carries_its_rows_as_CSV() =>
        Assert.That(Compact(Resource(Sample.Watchlist)), Is.EqualTo(
            """
            {"type":"Microsoft.OperationalInsights/workspaces/providers/Watchlists","apiVersion":"2025-09-01","name":"[concat(parameters('workspace'),'/Microsoft.SecurityInsights/CopilotEntitledUsers')]",
            "properties":{"displayName":"Copilot entitled users","description":"Who may use Copilot.","provider":"Contoso","source":"CopilotEntitledUsers.csv","sourceType":"Local","itemsSearchKey":"UserPrincipalName","contentType":"text/csv","numberOfLinesToSkip":0,
            "rawContent":"UserPrincipalName,Licence\r\nuser@contoso.com,\"Copilot, \"\"E5\"\"\"\r\n=1+1,","watchlistAlias":"CopilotEntitledUsers"}}
            """.ReplaceLineEndings("")));

    [Test]
    public void No_text_of_a_spec_is_evaluated()
    {
        const string Evil = "[reference('x').secret]";
        var rule = Sample.Bare with { Name = Sample.At(Evil), Description = Sample.At(Evil), Query = Sample.Query(Evil) };
        var properties = Resource(rule).GetProperty("properties");
        foreach (var name in new[] { "displayName", "description", "query" })
        {
            Assert.That(properties.GetProperty(name).GetString(), Is.EqualTo("[" + Evil), name);
        }

        var watchlist = Resource(Sample.Watchlist with { Alias = Sample.At("a',parameters('b'),'c") });
        Assert.That(watchlist.GetProperty("name").GetString(), Is.EqualTo("[concat(parameters('workspace'),'/Microsoft.SecurityInsights/a'',parameters(''b''),''c')]"));
    }

    [TestCase("a,b", "\"a,b\"")]
    [TestCase("a\"b", "\"a\"\"b\"")]
    [TestCase("a\nb", "\"a\nb\"")]
    [TestCase(" a", "\" a\"")]
    [TestCase("", "\"\"")]
    [TestCase("=cmd|x", "=cmd|x")]
    [TestCase("é", "é")]
    public void A_CSV_value_is_quoted_when_it_must_be(string value, string line)
    {
        var watchlist = Sample.Watchlist with { Columns = [Sample.Watchlist.Columns[0]], Rows = [Sample.All(value)] };
        Assert.That(WatchlistCsv.Lines(watchlist).Last(), Is.EqualTo(line));
    }

    private static List<(string Path, JsonElement Template)> Templates() =>
        [.. Sample.Emission.Artifacts.Where(artifact => artifact.Path.StartsWith("arm/", StringComparison.Ordinal) && artifact.Path.EndsWith(".json", StringComparison.Ordinal) && artifact.Path != ArmWhole.Path).Select(artifact => (artifact.Path, Parse(artifact.Text)))];

    private static JsonElement Resource(ContentItem item) => Template(item).GetProperty("resources")[0];

    private static JsonElement Template(ContentItem item) =>
        Parse(ContentEmitter.Emit([item], [OutputFormat.Arm]).Artifacts.Single(artifact => artifact.Path != ArmWhole.Path).Text);

    private static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement;

    private static string Keys(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(entry => entry.Name));

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element, Relaxed);
}
