using System.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Spec;

public class SpecReaderTests
{
    [Test]
    public void A_map_of_more_than_a_thousand_own_keys_is_read_up_to_there()
    {
        static IEnumerable<string> Codes(int keys) => SpecReader.Read([new("kit.yaml", "kit.yaml", System.Text.Encoding.UTF8.GetBytes(
            "name: own-pack\npublisher: X\ntables:\n" + string.Concat(Enumerable.Range(0, keys).Select(i => $"  T{i}_CL: {{ A: string }}\n"))))]).Findings.Select(finding => finding.Code);
        Assert.That(Codes(1000), Is.Empty);
        Assert.That(Codes(5000), Is.EqualTo(["CSK0138"]));
    }

    [Test]
    public void A_project_is_read_by_the_paths_of_its_files()
    {
        var set = Read(
            ("kit.yaml", Samples.Kit), ("rules/mapping.yml", Samples.Mapping), ("rules/detections/more/a.yaml", Samples.Detection), ("rules/hunts/b.YML", Samples.With()),
            ("rules/watchlists/w.yaml", Samples.Watchlist), ("rules/workbooks/w.yaml", Samples.Workbook), ("rules/summaries/s.yaml", Samples.Summary), ("rules/automation/a.yaml", Samples.Automation), ("rules/readme.md", "\t"), ("templates/x.yaml", "\t"), ("rules/events/a.json", "{"));
        Assert.That(set.Findings, Is.Empty, () => Marked.Shown(set.Findings));
        Assert.That(set.Detections.Select(detection => detection.Id.Value), Is.EqualTo(["copilot-jailbreak-attempt", "a-detection"]));
        Assert.That((set.Kit?.Name.Value, set.Mapping?.Fields.Length, set.Watchlists.Length, set.Workbooks.Length, set.Summaries.Length, set.Automation.Length), Is.EqualTo(("contoso-copilot", 6, 1, 1, 1, 1)));
    }

    [Test]
    public void An_id_that_two_files_have_is_reported_with_both_places_and_the_first_counts()
    {
        var set = Read(("rules/hunts/b.yaml", Samples.With()), ("rules/detections/a.yaml", Samples.With("name: First")));
        var finding = set.Findings.Single();
        Assert.That(finding.Code, Is.EqualTo("CSK0150"));
        Assert.That(finding.Span.ToString(), Is.EqualTo("p/rules/hunts/b.yaml:1:5"));
        Assert.That(finding.Related.Single().Span.ToString(), Is.EqualTo("p/rules/detections/a.yaml:1:5"));
        Assert.That(set.Detections.Single().Name.Value, Is.EqualTo("First"));
    }

    [Test]
    public void Watchlist_aliases_differ_in_more_than_case()
    {
        var set = Read(("rules/watchlists/a.yaml", Samples.Watchlist), ("rules/watchlists/b.yaml", Samples.Watchlist.Replace("CopilotEnt", "copilotent", StringComparison.Ordinal)));
        Assert.That(set.Findings.Select(finding => (finding.Code, finding.Span.Text)), Is.EqualTo([("CSK0150", "copilotentitledUsers")]));
    }

    [Test]
    public void A_guid_that_two_detections_have_is_reported()
    {
        const string guid = "guid: 0f8fad5b-d9cb-469f-a165-70867728950e";
        var set = Read(("rules/detections/a.yaml", Samples.With(guid)), ("rules/detections/b.yaml", Samples.With("id: other-one", guid.ToUpperInvariant().Replace("GUID", "guid", StringComparison.Ordinal))));
        Assert.That(set.Findings.Select(finding => (finding.Code, finding.Span.Text)), Is.EqualTo([("CSK0151", "0F8FAD5B-D9CB-469F-A165-70867728950E")]));
        Assert.That(set.Detections, Has.Length.EqualTo(2));
    }

    [TestCase("rules/detection/a.yaml", "Did you mean \"rules/detections/\"?"), TestCase("rules/a.yml", "Specs are")]
    public void A_yaml_file_that_nothing_reads_is_reported(string path, string message)
    {
        var finding = Read((path, "a: 1")).Findings.Single();
        Assert.That(finding.Code, Is.EqualTo("CSK0152"));
        Assert.That(finding.Message, Does.Contain(message));
        Assert.That(finding.Span.ToString(), Is.EqualTo($"p/{path}:1:1"));
    }

    [TestCase("detections/a.yaml", "rules/detections"), TestCase("a.yml", "rules/detections"), TestCase("Rules/detections/a.yaml", "rules/detections")]
    [TestCase("rules/detections/a.txt", "rules/detections"), TestCase("rules/hunts/a.yaml.bak", "rules/detections")]
    public void A_detection_where_nothing_reads_it_is_reported(string path, string folder)
    {
        var finding = Read((path, Samples.With())).Findings.Single();
        Assert.That((finding.Code, finding.Span.ToString()), Is.EqualTo(("CSK0155", $"p/{path}:1:1")));
        Assert.That(finding.Message, Does.Contain($"Move it to {folder}, with a name that ends in .yaml."));
    }

    [Test]
    public void What_is_no_detection_is_known_by_their_keys_too() => Assert.That(
        Read(("w.yaml", Samples.Watchlist), ("watchlists/w.yaml", Samples.Watchlist), ("v.yaml", Samples.Workbook), ("s.yaml", Samples.Summary), ("automation/a.yaml", Samples.Automation)).Findings.Select(finding => finding.Code),
        Is.EqualTo(["CSK0155", "CSK0155", "CSK0155", "CSK0155", "CSK0155"]));

    [TestCase("azure-pipelines.yaml", "trigger: [main]\nsteps:\n  - script: csk check\n"), TestCase("detections/a.yaml", "id: 0f8fad5b-d9cb-469f-a165-70867728950e\nkind: Scheduled\nquery: T\n")]
    [TestCase("rules/detections/notes.txt", "id and kind: see below"), TestCase("rules/detections/README.md", "id: a\nkind: scheduled\n"), TestCase("other/a.yaml", "id: a\nkind: scheduled\n"), TestCase("detections/tests/a.yaml", "for: a\ntests: []\n")]
    public void Files_of_other_tools_and_notes_are_none_of_it(string path, string text) => Assert.That(Read((path, text)).Findings, Is.Empty);

    [Test]
    public void A_folder_may_be_named_as_a_file_is() => Assert.That(Read(("rules/detections/x.yaml/a.yaml", Samples.With())).Detections, Has.Length.EqualTo(1));

    [Test]
    public void A_second_mapping_is_reported()
    {
        var finding = Read(("rules/mapping.yaml", Samples.Mapping), ("rules/mapping.yml", Samples.Mapping)).Findings.Single();
        Assert.That((finding.Code, finding.Span.ToString()), Is.EqualTo(("CSK0153", "p/rules/mapping.yml:1:1")));
    }

    [Test]
    public void A_mistake_behind_an_alias_is_reported_once()
    {
        var set = Read(("rules/mapping.yaml", "fields:\n  A: &a { type: text }\n  B: *a\n"));
        Assert.That(set.Findings, Has.Length.EqualTo(1));
        Assert.That(set.Mapping?.Fields.Length, Is.EqualTo(2));
    }

    [Test]
    public void Files_without_ids_meet_no_finding_about_duplicates()
    {
        var set = Read(("rules/detections/a.yaml", Samples.With("id: A")), ("rules/detections/b.yaml", Samples.With("id: A")));
        Assert.That(set.Findings.Select(finding => finding.Code), Is.EqualTo(["CSK0126", "CSK0126"]));
        Assert.That(set.Detections, Has.Length.EqualTo(2));
    }

    [Test]
    public void Findings_come_in_order_of_files_and_places_whatever_the_order_of_files()
    {
        (string, string)[] files = [("rules/hunts/b.yaml", Samples.With("severity: x", "id: B")), ("rules/detections/a.yaml", "x:\n\ty: 1"), ("kit.yaml", "")];
        var findings = Read(files).Findings;
        Assert.That(findings.Select(finding => finding.Span.ToString()), Is.EqualTo(
            ["p/kit.yaml:1:1", "p/rules/detections/a.yaml:2:1", "p/rules/hunts/b.yaml:1:5", "p/rules/hunts/b.yaml:6:11"]));
        Assert.That(Read([.. files.Reverse()]).Findings.Select(finding => finding.Message), Is.EqualTo(findings.Select(finding => finding.Message)));
    }

    private static SpecSet Read(params (string Path, string Text)[] files) =>
        SpecReader.Read([.. files.Select(file => new SpecFile(file.Path, "p/" + file.Path, Encoding.UTF8.GetBytes(file.Text)))]);
}
