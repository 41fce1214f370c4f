
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Pack;

internal sealed class LayerTests
{
    private const string Watchlist = """
        alias: EntitledUsers
        version: 1.0.0
        name: Entitled users
        description: Who may.
        searchKey: Upn
        columns: { Upn: string }

        """;

    [Test]
    public void A_field_of_the_same_name_replaces_in_place_and_a_new_one_is_added()
    {
        var pack = TestPack.Small.Project(TestPack.MappingPath, "fields:\n  ActorUpn: { type: string, record: User }\n  Extra: { type: int, event: Extra }\n").Load();
        Assert.That(pack.Mapping.Fields.Select(field => field.Name.Value), Is.EqualTo(["RecordId", "ActorUpn", "Messages", "Extra"]));
        Assert.That(pack.Mapping.Fields[1].Record.Single().Value, Is.EqualTo("User"));
    }

    [Test]
    public void A_project_without_the_shipped_pack_has_only_what_is_its_own()
    {
        var shipped = TestPack.Rule().With("rules/watchlists/a.yaml", Watchlist).With("templates/detections/first-seen.scriban", "{{ query }}\n");
        var pack = shipped.WithKit("shipped: false", "contoso-own").Project(TestPack.MappingPath, TestPack.Mapping.Replace("CopilotEvents", "OwnEvents", StringComparison.Ordinal))
            .Project("rules/detections/b.yaml", Samples.With("id: of-project")).Load();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pack.Detections.Select(detection => (detection.Spec.Id.Value, detection.Pack)), Is.EqualTo([("of-project", "contoso-own")]));
            Assert.That(pack.Watchlists, Is.Empty);
            Assert.That(pack.Mapping.Parsers.Select(parser => parser.Name.Value), Is.EqualTo(["OwnEvents", "CopilotMessages"]));
            Assert.That(pack.Mapping.Pack, Is.EqualTo("contoso-own"));
            Assert.That(pack.Templates.Files.Keys, Does.Contain("parsers/events"));
        }
    }

    [Test]
    public void A_project_without_the_shipped_pack_needs_a_mapping()
    {
        var findings = new List<Finding>();
        var kit = "name: contoso-own\npublisher: Contoso\nshipped: false\n";
        var files = new[] { ("rules/mapping.yaml", TestPack.Mapping) }.Select(file => new SpecFile(file.Item1, file.Item1, System.Text.Encoding.UTF8.GetBytes(file.Item2)));
        Assert.That(Compiler.Load([.. files], [new("kit.yaml", "kit.yaml", System.Text.Encoding.UTF8.GetBytes(kit))], findings), Is.Null);
        Assert.That(findings.Select(finding => finding.Code), Does.Contain("CSK0213"));
    }

    [Test]
    public void An_override_replaces() => Assert.That(
        TestPack.Small.Project(TestPack.MappingPath, "fields: { ActorUpn: { override: true, type: string, record: User } }\n").Load().Mapping.Fields, Has.Length.EqualTo(3));

    [TestCase("fields: { «ActorUpm»: { override: true, type: string, record: User } }\n", "ActorUpn")]
    [TestCase("sources: { «CloudAppEvent»: { override: true, table: CloudAppEvents } }\n", "CloudAppEvents")]
    [TestCase("parsers: { «CopilotEvent»: { override: true, description: Records., template: events } }\n", "CopilotEvents")]
    public void An_override_of_nothing(string mapping, string near) => Assert.That(
        TestPack.Small.Project(TestPack.MappingPath, mapping).VerifyLoad("CSK0202").Message, Does.Contain($"Did you mean \"{near}\"?"));

    [Test]
    public void An_override_in_the_pack_itself_has_nothing_below_it() => TestPack.Rule("id: «a-detection»", "override: true").VerifyLoad("CSK0202");

    [Test]
    public void A_detection_that_overrides_nothing() =>
        TestPack.Rule().Project("rules/detections/b.yaml", Samples.With("id: «a-detectoin»", "override: true")).VerifyLoad("CSK0202");

    [Test]
    public void A_detection_of_the_same_id_replaces()
    {
        var detection = TestPack.Rule().Project("rules/detections/b.yaml", Samples.With("name: Mine", "override: true")).Load().Detections.Single();
        Assert.That((detection.Spec.Name.Value, detection.Pack), Is.EqualTo(("Mine", "copilot")));
    }

    [Test]
    public void A_replacement_that_does_not_say_so_is_reported()
    {
        TestPack.Rule().Project("rules/detections/b.yaml", Samples.With("id: «a-detection»", "name: Mine")).VerifyLoad("CSK0227");
        TestPack.Small.With("rules/watchlists/a.yaml", Watchlist).Project("rules/watchlists/b.yaml", Watchlist.Replace("EntitledUsers", "«EntitledUsers»", StringComparison.Ordinal)).VerifyLoad("CSK0227");
    }

    [Test]
    public void A_watchlist_replaces_and_one_that_overrides_nothing()
    {
        var shipped = TestPack.Small.With("rules/watchlists/a.yaml", Watchlist);
        var pack = shipped.Project("rules/watchlists/a.yaml", "override: true\n" + Watchlist.Replace("Who may.", "Ours.", StringComparison.Ordinal)).Load();
        Assert.That(pack.Watchlists.Single().Spec.Description.Value, Is.EqualTo("Ours."));
        shipped.Project("rules/watchlists/a.yaml", "override: true\n" + Watchlist.Replace("EntitledUsers", "«EntitledUser»", StringComparison.Ordinal)).VerifyLoad("CSK0202");
    }

    [Test]
    public void Detections_are_in_the_order_of_their_ids() => Assert.That(
        TestPack.Rule("id: b-detection").Project("rules/detections/a.yaml", Samples.With("id: a-detection")).Load().Detections.Select(d => d.Spec.Id.Value),
        Is.EqualTo(["a-detection", "b-detection"]));

    [Test]
    public void A_layer_of_an_unknown_detection()
    {
        var finding = TestPack.Rule().WithKit("detections: { «a-detectoin»: { disable: true } }").VerifyLoad("CSK0203");
        Assert.That(finding.Message, Does.Contain("Did you mean \"a-detection\"?"));
    }

    [Test]
    public void A_disabled_detection_is_left_out() =>
        Assert.That(TestPack.Rule().WithKit("detections: { a-detection: { disable: true } }").Load().Detections, Is.Empty);

    [Test]
    public void Severity_schedule_and_parameters_change_and_the_rest_stays()
    {
        var spec = TestPack.Rule("parameters: { few: { type: int, default: 1 }, who: { type: strings, default: [a] } }")
            .WithKit("detections: { a-detection: { severity: Low, schedule: { every: 30m }, parameters: { few: 7 } } }").Load().Detections.Single().Spec;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(spec.Severity!.Value.Value, Is.EqualTo(AlertSeverity.Low));
            Assert.That(spec.Schedule!.Every!.Value.Value, Is.EqualTo(TimeSpan.FromMinutes(30)));
            Assert.That(spec.Schedule.Lookback!.Value.Value, Is.EqualTo(TimeSpan.FromHours(1)));
            Assert.That(((YamlText)spec.Parameters[0].Value).Value, Is.EqualTo("7"));
            Assert.That(((YamlList)spec.Parameters[1].Value).Items, Has.Length.EqualTo(1));
        }
    }

    [Test]
    public void A_layer_without_effect() => TestPack.Rule().WithKit("detections: { «a-detection»: { disable: false } }").VerifyLoad("CSK0214");

    [Test]
    public void A_parameter_that_the_detection_does_not_have() => Assert.That(
        TestPack.Rule("parameters: { few: { type: int, default: 1 } }")
            .WithKit("detections: { a-detection: { parameters: { «fwe»: 7 } } }").VerifyLoad("CSK0206").Message,
        Does.Contain("Its parameters are \"few\"."));

    [TestCase("int", "1", "«seven»")]
    [TestCase("int", "1", "«99999999999»")]
    [TestCase("bool", "true", "«yes»")]
    [TestCase("timespan", "1h", "«3 weeks»")]
    [TestCase("datetime", "2026-01-01", "«31.1.2026»")]
    [TestCase("string", "a", "«5»")]
    [TestCase("string", "a", "«[a]»")]
    [TestCase("strings", "[a]", "«a»")]
    [TestCase("strings", "[a]", "[a, «5»]")]
    [TestCase("columns", "[A]", "«[]»")]
    [TestCase("column", "A", "«\"\"»")]
    public void A_parameter_of_another_type(string type, string standard, string value) =>
        TestPack.Rule($"parameters: {{ it: {{ type: {type}, default: {standard} }} }}")
            .WithKit($"detections: {{ a-detection: {{ parameters: {{ it: {value} }} }} }}").VerifyLoad("CSK0143");

    [Test]
    public void A_hunt_has_no_severity() => TestPack.Small.With("rules/hunts/a.yaml", Hunt())
        .WithKit("detections: { a-detection: { severity: «Low» } }").VerifyLoad("CSK0207");

    [Test]
    public void A_near_real_time_rule_has_no_schedule() =>
        TestPack.Small.With(TestPack.RulePath, Samples.Without("schedule", "kind: nrt"))
            .WithKit("detections: { a-detection: { schedule: «{ every: 5m }» } }").VerifyLoad("CSK0207");

    [Test]
    public void A_hunts_parameters_can_change() => TestPack.Small.With("rules/hunts/a.yaml", Hunt("parameters: { few: { type: int, default: 1 } }"))
        .WithKit("detections: { a-detection: { parameters: { few: 2 } } }").Load();

    private static string Hunt(params string[] entries) => string.Join('\n',
        Samples.With([.. entries, "kind: hunting"]).Split('\n').Where(line => !line.StartsWith("severity", StringComparison.Ordinal) && !line.StartsWith("schedule", StringComparison.Ordinal)));
}
