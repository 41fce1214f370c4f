
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Spec;

public class DetectionReaderTests
{
    // Keys
    [TestCase("CSK0121", "«severty»: High")]
    [TestCase("CSK0121", "«tactics»: [Impact]")]
    [TestCase("CSK0121", "«test»: []")]
    [TestCase("CSK0121", "trigger: { operator: gt, threshold: 0, «treshold»: 1 }")]
    [TestCase("CSK0122", "«schedule»: { every: 1h }")]
    [TestCase("CSK0122", "entities: [«»{ FullName: ActorUpn }]")]
    [TestCase("CSK0122", "parameters: { «a»: { type: int } }")]
    // No value
    [TestCase("CSK0123", "«name»:")]
    [TestCase("CSK0123", "name: «~»")]
    [TestCase("CSK0123", "schedule: { «every»: , lookback: 1h }")]
    [TestCase("CSK0123", "owasp: [LLM01, «null»]")]
    // Types
    [TestCase("CSK0124", "name: «[a, b]»")]
    [TestCase("CSK0124", "schedule: «1h»")]
    [TestCase("CSK0124", "references: «https://attack.mitre.org/»")]
    [TestCase("CSK0124", "enabled: «{ a: b }»")]
    [TestCase("CSK0124", "atlas:\n  «a: b»\n  c: d")]
    // Texts
    [TestCase("CSK0125", "name: «\"  \"»")]
    [TestCase("CSK0125", "query: «|-»")]
    [TestCase("CSK0126", "id: «Copilot_Jailbreak»")]
    [TestCase("CSK0126", "id: «../x»")]
    [TestCase("CSK0126", "id: «\"a-detection\\n\"»")]
    [TestCase("CSK0126", "version: «1.0»")]
    [TestCase("CSK0126", "version: «1.0.0-beta»")]
    [TestCase("CSK0126", "guid: «0f8fad5b»")]
    [TestCase("CSK0126", "attack: { techniques: [T1562, «1562»] }")]
    [TestCase("CSK0126", "atlas: [«T0054»]")]
    [TestCase("CSK0126", "owasp: [«LLM11»]")]
    [TestCase("CSK0126", "template: «../../etc/passwd»")]
    [TestCase("CSK0126", "parameters: { «a-b»: { type: int, default: 1 } }")]
    [TestCase("CSK0126", "entities: [{ type: Account, «Full Name»: a }]")]
    [TestCase("CSK0133", "name: «365»")]
    [TestCase("CSK0133", "response: «true»")]
    [TestCase("CSK0133", "description: «1e3»")]
    [TestCase("CSK0135", "name: «\"a\\nb\"»")]
    [TestCase("CSK0135", "name: «\"a\\eb\"»")]
    [TestCase("CSK0135", "query: «\"a\\0b\"»")]
    [TestCase("CSK0136", "references: «[]»")]
    // Words, booleans, numbers, durations
    [TestCase("CSK0127", "severity: «Hihg»")]
    [TestCase("CSK0127", "severity: «high»")]
    [TestCase("CSK0127", "kind: «Scheduled»")]
    [TestCase("CSK0127", "parameters: { a: { type: «integer», default: 1 } }")]
    [TestCase("CSK0128", "enabled: «yes»")]
    [TestCase("CSK0128", "enabled: «True»")]
    [TestCase("CSK0128", "enabled: «\"true\"»")]
    [TestCase("CSK0129", "trigger: { operator: gt, threshold: «1.5» }")]
    [TestCase("CSK0129", "trigger: { operator: gt, threshold: «'1'» }")]
    [TestCase("CSK0129", "trigger: { operator: gt, threshold: «0x10» }")]
    [TestCase("CSK0130", "trigger: { operator: gt, threshold: «-1» }")]
    [TestCase("CSK0130", "trigger: { operator: gt, threshold: «99999999999999999999» }")]
    [TestCase("CSK0131", "suppression: «5s»")]
    [TestCase("CSK0131", "suppression: «PT5H»")]
    [TestCase("CSK0131", "suppression: «-5h»")]
    [TestCase("CSK0131", "suppression: «m»")]
    [TestCase("CSK0132", "suppression: «99999999999d»")]
    [TestCase("CSK0132", "suppression: «10675200d»")]
    [TestCase("CSK0132", "suppression: «99999999999999999999999m»")]
    // Kinds
    [TestCase("CSK0140", "kind: nrt", "«schedule»: { every: 1h, lookback: 1h }")]
    // Parameters
    [TestCase("CSK0142", "parameters: { «query»: { type: int, default: 1 } }")]
    [TestCase("CSK0142", "parameters: { «schedule»: { type: int, default: 1 } }")]
    [TestCase("CSK0142", "parameters: { «for»: { type: int, default: 1 } }")]
    [TestCase("CSK0143", "parameters: { a: { type: int, default: «2147483648» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: int, default: «\"1\"» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: int, default: «1); drop» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: long, default: «9223372036854775808» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: real, default: «.nan» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: real, default: «1e999» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: bool, default: «yes» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: timespan, default: «1h | take 1» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: datetime, default: «2026-02-30» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: datetime, default: «now()» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: string, default: «5» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: string, default: «[x]» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: column, default: «\"a\\nb\"» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: strings, default: «x» } }")]
    [TestCase("CSK0143", "parameters: { a: { type: strings, default: [x, «1»] } }")]
    [TestCase("CSK0143", "parameters: { a: { type: columns, default: «[]» } }")]
    [TestCase("CSK0124", "parameters: { a: { type: strings, default: [x, «[y]»] } }")]
    [TestCase("CSK0124", "parameters: { a: { type: string, default: «{ b: c }» } }")]
    // References
    [TestCase("CSK0145", "references: [«attack.mitre.org»]")]
    [TestCase("CSK0145", "references: [«javascript:alert(1)»]")]
    [TestCase("CSK0145", "references: [«/relative»]")]
    [TestCase("CSK0147", "verbatim: true\n«parameters»: { least: { type: int, default: 3 } }")]
    [TestCase("CSK0146", "references: [«https://learn.microsoft.com/en-us/azure/sentinel/»]")]
    public void Finding(string code, params string[] entries) => Verify(code, Samples.With(entries));

    [TestCase("severity", "id: a-hunt", "kind: hunting")]
    [TestCase("enabled", "kind: hunting", "enabled: true")]
    [TestCase("trigger", "kind: nrt", "trigger: { operator: gt, threshold: 0 }")]
    public void A_key_that_the_kind_does_not_have(string key, params string[] entries)
    {
        var yaml = Samples.Without("schedule", entries);
        yaml = key == "severity" ? yaml : Samples.Without("schedule", [.. entries, "severity: High"]);
        var findings = Marked.Read(DetectionReader.Read, yaml);
        var finding = findings.Single(candidate => candidate.Span.Text == key);
        Assert.That(finding.Code, Is.EqualTo("CSK0140"));
    }

    [TestCase("CSK0141", "schedule", "kind: «scheduled»")]
    [TestCase("CSK0141", "severity", "kind: «scheduled»")]
    [TestCase("CSK0144", "query", "«id»: a-detection")]
    [TestCase("CSK0122", "version", "«id»: a-detection")]
    public void A_key_that_is_missing(string code, string key, string marked)
    {
        var yaml = Samples.Without(key, marked);
        // What the whole file lacks is reported at its first character.
        Verify(code, code is "CSK0144" or "CSK0122" ? yaml.Replace("«id»", "«»id", StringComparison.Ordinal) : yaml);
    }

    [TestCase("attack: { tactics: [Impact] }")]
    [TestCase("enabled: false")]
    [TestCase("name: \"365\"")]
    [TestCase("name: no")]
    [TestCase("name: '{{Column}} \" \\\\ //'")]
    [TestCase("description: \"a\\tb\\nc\"")]
    [TestCase("suppression: 10675199d")]
    [TestCase("trigger: { operator: NotEqual, threshold: 2147483647 }")]
    [TestCase("parameters: { a: { type: string, default: \"\\\" | take 1 // \\u2028 \\0\" } }")]
    [TestCase("parameters: { a: { type: string, default: \"\" }, b: { type: strings, default: [] }, c: { type: long, default: -9223372036854775808 } }")]
    [TestCase("parameters: { a: { type: datetime, default: 2026-01-31T08:00:00+01:00 }, b: { type: real, default: -1.5e3 }, c: { type: real, default: 1 } }")]
    [TestCase("references: ['https://learn.microsoft.com/azure/sentinel/?a=b#c', 'http://example.com']")]
    [TestCase("severity: Low # why")]
    public void No_finding(params string[] entries) => Marked.Ok(DetectionReader.Read, Samples.With(entries));

    [Test]
    public void A_hunt_and_a_near_real_time_rule_and_a_template_without_query_are_fine()
    {
        Marked.Ok(DetectionReader.Read, "id: a-hunt\nversion: 1.0.0\nkind: hunting\nname: N\ndescription: D\nquery: T\n");
        Marked.Ok(DetectionReader.Read, Samples.Without("schedule", "kind: nrt"));
        Marked.Ok(DetectionReader.Read, Samples.Without("query", "template: first-seen"));
    }

    [TestCase("«just a text»\n"), TestCase("«- a»\n- b\n")]
    public void A_file_that_is_no_map(string marked) => Verify("CSK0120", marked);

    [Test]
    public void An_unknown_key_is_helped_with()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Message(Samples.With("severty: High")), Does.EndWith("is not a key of a detection. Did you mean \"severity\"?"));
            Assert.That(Message(Samples.With("tactics: [Impact]")), Does.EndWith("It belongs into \"attack\"."));
            Assert.That(Message(Samples.With("attack: { zzzzzzzz: 1 }")), Does.EndWith("Its keys are tactics, techniques."));
            Assert.That(Message(Samples.With("\"\\e[31m\": 1")), Does.StartWith("\"\\u001B[31m\" is not"));
        });
    }

    [Test]
    public void Every_mistake_of_a_file_is_reported()
    {
        var findings = Marked.Read(DetectionReader.Read, "id: X\nversion: 1\nkind: scheduled\nname:\nseverity: Hgih\nschedule: { every: 1s, lookbak: 1h }\nenabled: on\nenabled: off\nquery: T\n");
        Assert.That(
            findings.OrderBy(finding => finding.Span.Start).Select(finding => (finding.Code, finding.Span.Position)),
            Is.EquivalentTo(
            [
                ("CSK0122", (1, 1)), ("CSK0126", (1, 5)), ("CSK0126", (2, 10)), ("CSK0123", (4, 1)), ("CSK0127", (5, 11)), ("CSK0122", (6, 1)), ("CSK0131", (6, 20)),
                ("CSK0121", (6, 24)), ("CSK0128", (7, 10)), ("CSK0109", (8, 1)),
            ]));
    }

    [Test]
    public void All_values_are_read()
    {
        var findings = new List<Finding>();
        var spec = DetectionReader.Read(YamlReader.Read(new("a.yaml", Samples.Detection), findings)!, findings)!;
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        Assert.Multiple(() =>
        {
            Assert.That(spec.Id.Value, Is.EqualTo("copilot-jailbreak-attempt"));
            Assert.That(spec.Id.Span.Text, Is.EqualTo("copilot-jailbreak-attempt"));
            Assert.That(spec.Guid?.Value, Is.EqualTo(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e")));
            Assert.That(spec.Kind.Value, Is.EqualTo(DetectionKind.Scheduled));
            Assert.That(spec.Severity?.Value, Is.EqualTo(AlertSeverity.High));
            Assert.That(spec.Override?.Value, Is.True);
            Assert.That(spec.Schedule?.Every?.Value, Is.EqualTo(TimeSpan.FromHours(1)));
            Assert.That(spec.Trigger?.Operator.Value, Is.EqualTo(TriggerOperator.GreaterThan));
            Assert.That(spec.Attack.Techniques.Single().Value, Is.EqualTo("T1562"));
            Assert.That(spec.Parameters.Select(parameter => (parameter.Name.Value, parameter.Type)), Is.EqualTo(
            [
                ("minAttempts", ParameterType.Int), ("hosts", ParameterType.Strings), ("since", ParameterType.Datetime), ("ratio", ParameterType.Real),
                ("column", ParameterType.Column), ("window", ParameterType.Timespan),
            ]));
            Assert.That(((YamlText)((YamlList)spec.Parameters[1].Value).Items[1]).Value, Is.EqualTo("Teams \" | take 1 //"));
            Assert.That(spec.Query.Locate(spec.Query.Value.IndexOf("minAttempts", StringComparison.Ordinal), 11).Text, Is.EqualTo("minAttempts"));
            Assert.That(spec.Entities.Select(entity => entity.Type.Value), Is.EqualTo(["Account", "IP"]));
            Assert.That(spec.Entities[0].Fields.Select(field => (field.Identifier.Value, field.Column.Value)), Is.EqualTo([("FullName", "ActorUpn"), ("AadUserId", "ActorUserId")]));
            Assert.That(spec.Details.Single().Column.Value, Is.EqualTo("Attempts"));
            Assert.That(spec.Alert?.NameFormat?.Value, Is.EqualTo("Copilot jailbreak by {{ActorUpn}}"));
            Assert.That(spec.Alert?.DynamicProperties.Single().Key.Value, Is.EqualTo("ConfidenceLevel"));
            Assert.That(spec.Events?.Value, Is.EqualTo(EventGrouping.AlertPerResult));
            Assert.That(spec.Incident?.Grouping?.Lookback.Value, Is.EqualTo(TimeSpan.FromHours(5)));
            Assert.That(spec.Incident?.Grouping?.CustomDetails.Single().Value, Is.EqualTo("Attempts"));
            Assert.That(spec.Suppression?.Value, Is.EqualTo(TimeSpan.FromHours(5)));
            Assert.That(spec.Description.Value, Is.EqualTo("A prompt tried to make Copilot ignore its rules.\n"));
            Assert.That(spec.References.Single().Value, Does.StartWith("https://"));
        });
    }

    [Test]
    public void A_text_over_its_limit_is_reported()
    {
        Verify("CSK0134", Samples.With($"name: «{new string('x', 1025)}»"));
        Marked.Ok(DetectionReader.Read, Samples.With($"name: {new string('x', 1024)}"));
    }

    [Test]
    public void Each_wrong_item_of_a_parameter_is_reported()
    {
        var findings = Marked.Read(DetectionReader.Read, Samples.With("parameters: { a: { type: strings, default: [1, x, true] } }"));
        Assert.That(findings.Select(finding => (finding.Code, finding.Span.Text)), Is.EqualTo([("CSK0143", "1"), ("CSK0143", "true")]));
    }

    [Test]
    public void A_wrong_value_reads_as_its_default()
    {
        var findings = new List<Finding>();
        var file = new SourceFile("rules/a.yaml", Samples.With("id: A B", "enabled: 7", "severity: Worst", "parameters: { a: { type: int, default: x } }"));
        var spec = DetectionReader.Read(YamlReader.Read(file, findings)!, findings)!;
        Assert.Multiple(() =>
        {
            Assert.That(findings, Has.Count.EqualTo(4));
            Assert.That(spec.Id.Value, Is.EqualTo("xrules-a-yaml"));
            Assert.That(spec.Enabled, Is.True);
            Assert.That(spec.Severity, Is.Null);
            Assert.That(((YamlText)spec.Parameters.Single().Value).Value, Is.EqualTo("0"));
        });
    }

    [TestCase("\n"), TestCase("\r\n")]
    public void Line_ends_change_nothing(string lineEnd) =>
        Marked.Ok(DetectionReader.Read, "\uFEFF" + Samples.Detection.Replace("\n", lineEnd, StringComparison.Ordinal));

    private static void Verify(string code, string marked) => Marked.Verify(DetectionReader.Read, code, marked);

    private static string Message(string yaml) => Marked.Read(DetectionReader.Read, yaml).Single().Message;
}
