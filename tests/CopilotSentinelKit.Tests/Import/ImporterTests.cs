using CopilotSentinelKit.Import;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Foreign;

namespace CopilotSentinelKit.Tests.Import;

internal sealed class ImporterTests
{
    [TestCase("Detections/SigninNewCountry.yaml", "Sign-in from a new country", "signin-new-country")]
    [TestCase("Detections/AADHybridADFSNewServer.yaml", "Hybrid ADFS: new server", "aad-hybrid-adfs-new-server")]
    [TestCase("rules/O365-T1078_mail.yaml", "O365 mail", "o365-t1078-mail")]
    [TestCase("export/3b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90.yaml", "Sign-in from a new country", "sign-in-from-a-new-country")]
    [TestCase("export/Azure_Sentinel_analytics_rule (3).yaml", "(Preview) Sign-in", "preview-sign-in")]
    [TestCase("export/1.yaml", "4 eyes", "rule-4-eyes")]
    [TestCase("export/1.yaml", "Ünïcödé €", "n-c-d")]
    public void Files_have_names_that_people_can_read(string path, string name, string id)
    {
        var spec = Samples.Import((path, Community.Rule($"name: \"{name}\"\n"))).Specs.Single();
        Assert.That((spec.Id, spec.Path), Is.EqualTo((id, $"rules/detections/{id}.yaml")));
        Assert.That(spec.Text, Does.Contain($"\n# Imported from {path}\n").And.Contain("guid: 3b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90\n").And.Contain("version: 1.0.0\n"));
    }

    [Test]
    public void An_id_is_given_once()
    {
        var result = Samples.Import(
            ("a/SignIn.yaml", Community.Rule()),
            ("b/SIGNIN.yaml", Community.Rule("id: 5b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90\n", "name: Signin\n")),
            ("c/Sign-in.yaml", Community.Hunt("id: 6b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90\n")));
        Assert.That(result.Specs.Select(spec => spec.Path), Is.EqualTo(["rules/detections/sign-in.yaml", "rules/detections/signin-2.yaml", "rules/hunts/sign-in-3.yaml"]));
    }

    [Test]
    public void A_GUID_that_two_have_is_imported_once()
    {
        var result = Samples.Import(("a.yaml", Community.Rule()), ("b.yaml", Community.Rule("name: A copy\n")));
        Assert.That(result.Specs, Has.Length.EqualTo(1));
        Assert.That(result.NotTaken.Select(item => item.Name.Value), Is.EqualTo(["A copy"]));
        var finding = result.Findings.Single();
        Assert.That((finding.Code, finding.Span.File.Path), Is.EqualTo(("CSK0923", "b.yaml")));
        Assert.That(finding.Message, Does.Contain("3b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90").And.Contain("\"a.yaml\""));
    }

    [Test]
    public void What_the_project_has_is_there_already()
    {
        var first = Samples.Import(("a.yaml", Community.Rule())).Specs.Single();
        var again = Importer.Import([], [Samples.FileOf(first.Path, first.Text)], [Samples.FileOf("a.yaml", Community.Rule())]);
        Assert.That((again.Specs.Length, again.There.Length, again.Findings.Length), Is.EqualTo((0, 1, 0)));
    }

    [TestCase("severity: Hight\n", "its severity is none of")]
    [TestCase("queryPeriod: 90s\n", "its frequency or period is missing")]
    [TestCase("queryPeriod: PT90S\n", "not a number of whole minutes")]
    [TestCase("query: ''\n", "it has no query")]
    public void What_cannot_be_a_rule_is_not_imported(string entry, string reason)
    {
        var result = Samples.Import(("a.yaml", Community.Rule(entry)));
        Assert.That((result.Specs.Length, result.NotTaken.Length), Is.EqualTo((0, 1)));
        Assert.That(result.Findings.Single(finding => finding.Code == "CSK0922").Message, Does.Contain(reason));
    }

    [TestCase("relevantTechniques: «[T1078, T12]»\ntactics: [InitialAccess]\n", "relevantTechniques")]
    [TestCase("customDetails: «{ Two words: IPAddress }»\n", "customDetails")]
    [TestCase("kind: NRT\nqueryFrequency: «1h»\n-queryPeriod\n-triggerOperator\n-triggerThreshold\n", "queryFrequency")]
    [TestCase("version: «1.2»\n", "version")]
    [TestCase("alertDetailsOverride: «{ alertDisplaynameFormat: x }»\n", "alertDetailsOverride")]
    public void What_has_no_place_in_a_spec_is_said(string entries, string field)
    {
        var marked = Community.Rule([.. entries.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry + "\n")]);
        var result = Samples.Import(("content/a.yaml", Community.Plain(marked)));
        Assert.That(result.Specs, Has.Length.EqualTo(1));
        var changed = result.Findings.Where(finding => finding.Code == "CSK0920").ToList();
        Assert.That(changed.ConvertAll(finding => finding.Message.Split('"')[1]), Does.Contain(field));
        Community.VerifyAt("CSK0920", marked, [changed.Find(finding => finding.Message.Contains($"\"{field}\"", StringComparison.Ordinal))!]);
    }

    [TestCase("id: my-rule\n", "CSK0924")]
    [TestCase("description: ''\n", "CSK0925")]
    public void What_is_made_up_is_said(string entry, string code) =>
        Assert.That(Samples.Import(("a.yaml", Community.Rule(entry))).Findings.Select(finding => (finding.Code, finding.Severity)), Is.EqualTo([(code, FindingSeverity.Information)]));

    [Test]
    public void What_only_a_deployment_knows_is_said()
    {
        var (text, _, _) = Template.Changed(Template.Rule, "\"tactics\": [\"InitialAccess\"]", "\"tactics\": \"[parameters('x')]\"");
        var result = Samples.Import(("a.json", text));
        Assert.That(result.Specs, Has.Length.EqualTo(1));
        Assert.That(result.Findings.Select(finding => finding.Code), Does.Contain("CSK0921"));
        var (query, _, _) = Template.Changed(Template.Rule, "\"query\": \"CopilotActivity", "\"query\": \"[parameters('q')]\", \"x\": \"CopilotActivity");
        Assert.That(Samples.Import(("a.json", query)).Findings.Select(finding => finding.Code), Does.Contain("CSK0922"));
    }

    [TestCase("a.yaml", "name: x\nquery: |\nkind: Scheduled\n  severity: [\n")]
    [TestCase("a.json", "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"resources\": [ }")]
    public void A_broken_file_is_said_and_the_others_are_read(string path, string text)
    {
        var result = Samples.Import((path, text), ("b.yaml", Community.Rule()));
        Assert.That(result.Specs, Has.Length.EqualTo(1));
        Assert.That(result.Findings.Select(finding => finding.Span.File.Path).Distinct(), Is.EqualTo([path]));
        Assert.That(result.Findings.All(finding => finding.Severity == FindingSeverity.Error));
    }

    [Test]
    public void Other_content_and_other_files_are_counted()
    {
        var result = Samples.Import(("p.yaml", Community.Parser()), ("azure-pipelines.yml", "steps: []\n"), ("empty.kql", ""));
        Assert.That((result.Specs.Length, result.Others.Length, result.PassedOver, result.Findings.Length), Is.EqualTo((0, 1, 2, 0)));
    }

    [Test]
    public void Spaces_at_the_ends_of_lines_go_but_not_from_texts()
    {
        var spec = Samples.Import(("a.yaml", Community.Rule("query: \"SigninLogs  \\n| extend a = ```x  \\ny```\\t\\n| project TimeGenerated\\n\"\n"))).Specs.Single();
        Assert.That(spec.Text, Does.Contain("SigninLogs\\n| extend a = ```x  \\ny```\\n| project TimeGenerated\""));
    }
}
