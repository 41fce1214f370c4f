using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class OutputPlanTests
{
    private const string A = "arm/A.json";
    private const string B = "yaml/B.yaml";

    [Test]
    public void Into_an_empty_folder_everything_is_written()
    {
        var plan = Plan([File(A, "a"), File(B, "b")], OutputState.Empty("out"));
        Assert.That(Show(plan), Is.EqualTo("+arm/A.json +yaml/B.yaml +lock"));
        Assert.That(plan.IsUpToDate, Is.False);
    }

    [Test]
    public void A_second_run_changes_nothing()
    {
        var plan = Plan([File(A, "a"), File(B, "b")], After(File(A, "a"), File(B, "b")));
        Assert.That(Show(plan), Is.EqualTo("=arm/A.json =yaml/B.yaml"));
        Assert.That(plan.IsUpToDate, Is.True);
    }

    [Test]
    public void Only_what_changed_is_written() =>
        Assert.That(Show(Plan([File(A, "a2"), File(B, "b")], After(File(A, "a"), File(B, "b")))), Is.EqualTo("+arm/A.json =yaml/B.yaml +lock"));

    [Test]
    public void A_checkout_with_CRLF_is_no_change() =>
        Assert.That(Show(Plan([File(A, "a\nb")], With(After(File(A, "a\nb")), A, "a\r\nb\r\n"))), Is.EqualTo("=arm/A.json"));

    [Test]
    public void A_file_that_someone_deleted_is_written_again() =>
        Assert.That(Show(Plan([File(A, "a")], After(File(A, "a")) with { Files = ImmutableDictionary<string, string>.Empty })), Is.EqualTo("+arm/A.json"));

    [Test]
    public void A_file_that_is_no_longer_produced_is_deleted() =>
        Assert.That(Show(Plan([File(B, "b")], After(File(A, "a"), File(B, "b")))), Is.EqualTo("-arm/A.json =yaml/B.yaml +lock"));

    [Test]
    public void A_file_that_no_lock_file_names_is_left_alone() =>
        Assert.That(Show(Plan([File(B, "b")], With(After(File(B, "b")), A, "mine\n"))), Is.EqualTo("=yaml/B.yaml"));

    [Test]
    public void A_stale_file_that_was_edited_is_kept_and_reported_every_time()
    {
        var state = With(After(File(A, "a"), File(B, "b")), A, "edited\n");
        var plan = Plan([File(B, "b")], state);
        Assert.That(Show(plan), Is.EqualTo("=yaml/B.yaml CSK0604 Warning out/arm/A.json:1:1"));
        Assert.That(plan.LockText, Is.EqualTo(state.Lock!.Text));
        Assert.That(Show(Plan([File(B, "b")], state, overwrite: true)), Is.EqualTo("=yaml/B.yaml CSK0604 Warning out/arm/A.json:1:1"));
    }

    [Test]
    public void An_edited_file_is_not_overwritten()
    {
        var state = With(After(File(A, "a")), A, "edited\n");
        var finding = Plan([File(A, "a2")], state).Findings.Single();
        Assert.That($"{finding.Code} {finding.Severity} {finding.Span}", Is.EqualTo("CSK0605 Error out/arm/A.json:1:1"));
        Assert.That(finding.Message, Does.Contain("Move the change into the YAML").And.Contain("restore the file from version control").And.Contain("--overwrite"));
        Assert.That($"{finding.Related.Single().Span}", Is.EqualTo("rules/sample.yaml:2:10"));
        Assert.That(Plan([File(A, "a")], state).HasErrors, Is.True);
    }

    [Test]
    public void An_edit_that_is_what_the_kit_would_write_is_taken_over() =>
        Assert.That(Show(Plan([File(A, "a2")], With(After(File(A, "a")), A, "a2\n"))), Is.EqualTo("=arm/A.json +lock"));

    [Test]
    public void An_edited_file_is_overwritten_when_told_to() =>
        Assert.That(Show(Plan([File(A, "a2")], With(After(File(A, "a")), A, "edited\n"), overwrite: true)), Is.EqualTo("+arm/A.json +lock"));

    [Test]
    public void A_foreign_file_is_not_overwritten()
    {
        var state = With(OutputState.Empty("out"), A, "mine\n");
        Assert.That(Show(Plan([File(A, "a")], state)), Is.EqualTo("+arm/A.json +lock CSK0606 Error out/arm/A.json:1:1"));
        Assert.That(Show(Plan([File(A, "a")], state, overwrite: true)), Is.EqualTo("+arm/A.json +lock"));
    }

    [Test]
    public void A_damaged_lock_file_stops_the_run_unless_told_to_overwrite()
    {
        var state = After(File(A, "a")) with { Lock = new("out/kit.lock.json", "<<<<<<< HEAD") };
        Assert.That(Show(Plan([File(A, "a")], state)), Is.EqualTo("=arm/A.json +lock CSK0601 Error out/kit.lock.json:1:1"));
        Assert.That(Show(Plan([File(A, "a")], state, overwrite: true)), Is.EqualTo("=arm/A.json +lock CSK0601 Warning out/kit.lock.json:1:1"));
    }

    [Test]
    public void A_lock_file_can_never_cause_a_delete_outside()
    {
        var state = After(File(A, "a"));
        state = With(state, "../outside", "a\n") with { Lock = new("out/kit.lock.json", state.Lock!.Text.Replace(A, "../outside", StringComparison.Ordinal)) };
        Assert.That(Show(Plan([], state)), Is.EqualTo("+lock CSK0603 Warning out/kit.lock.json:5:6"));
    }

    [Test]
    public void Files_of_a_format_that_was_not_asked_for_stay()
    {
        var state = With(After(File(A, "a"), File(B, "b")), A, "edited\n");
        Assert.That(Show(Plan([File(B, "b")], state, leave: ["arm/"])), Is.EqualTo("=yaml/B.yaml"));
    }

    [Test]
    public void Paths_that_differ_in_case_alone_are_an_error_at_both_specs()
    {
        var finding = Plan([File(A, "a"), File("arm/a.json", "b")], OutputState.Empty("out")).Findings.Single();
        Assert.That($"{finding.Code} {finding.Severity} {finding.Span} {finding.Span.Text}", Is.EqualTo("CSK0609 Error rules/sample.yaml:2:10 1.0.0"));
        Assert.That(finding.Related, Has.Length.EqualTo(1));
    }

    // Where case does not count, both names read the one file.
    [Test]
    public void A_file_whose_name_changes_in_case_is_written_anew()
    {
        var state = With(After(File("arm/a.json", "a")), A, "a\n");
        Assert.That(Show(Plan([File(A, "a")], state)), Is.EqualTo("+arm/A.json -arm/a.json +lock"));
    }

    [Test]
    public void Content_that_changed_without_its_version_is_a_warning()
    {
        var plan = Plan([Sample.Rule], [Sample.Rule with { Severity = Sample.At(AlertSeverity.Low) }]);
        Assert.That(plan, Is.EqualTo("CSK0607 Warning rules/sample.yaml:2:10 1.0.0"));
        Assert.That(Plan([Sample.Rule], [Sample.Rule with { Severity = Sample.At(AlertSeverity.Low), Version = Sample.At("1.0.1") }]), Is.Empty);
        Assert.That(Plan([Sample.Rule], [Sample.Rule with { Severity = Sample.At(AlertSeverity.Low), Version = Sample.At("1.0.3") }]), Is.EqualTo("CSK0618 Warning rules/sample.yaml:2:10 1.0.0"));
        Assert.That(Plan([Sample.Rule], [Sample.Rule with { Version = Sample.At("1.0.1") }]), Is.EqualTo("CSK0619 Information rules/sample.yaml:2:10 1.0.0"));
    }

    [Test]
    public void A_version_that_goes_down_is_a_warning()
    {
        var ten = Sample.Rule with { Version = Sample.At("1.10.0") };
        Assert.That(Plan([ten], [Sample.Rule with { Version = Sample.At("1.9.0") }]), Is.EqualTo("CSK0608 Warning rules/sample.yaml:2:10 1.0.0"));
        Assert.That(Plan([Sample.Rule with { Version = Sample.At("1.9.0") }], [ten with { Severity = Sample.At(AlertSeverity.Low) }]), Is.Empty);
    }

    [Test]
    public void A_GUID_that_changes_is_a_warning() =>
        Assert.That(
            Plan([Sample.Rule], [Sample.Rule with { Guid = Sample.Bare.Guid, Version = Sample.At("1.0.1") }]),
            Is.EqualTo("CSK0613 Warning rules/sample.yaml:2:10 1.0.0"));

    [Test]
    public void Content_that_goes_is_worth_knowing() =>
        Assert.That(Plan([Sample.Rule, Sample.Hunt], [Sample.Rule]), Is.EqualTo("CSK0614 Information out/kit.lock.json:1:1 "));

    private static OutputPlan Plan(ImmutableArray<Artifact> artifacts, OutputState state, bool overwrite = false, ImmutableArray<string>? leave = null) =>
        OutputPlan.Create(new(artifacts, []), state, overwrite, leave ?? []);

    private static string Plan(ImmutableArray<ContentItem> before, ImmutableArray<ContentItem> now)
    {
        var first = OutputPlan.Create(ContentEmitter.Emit(before, Sample.Both), OutputState.Empty("out"), false, []);
        var state = After([.. first.Write]) with { Lock = new("out/kit.lock.json", first.LockText) };
        var second = OutputPlan.Create(ContentEmitter.Emit(now, Sample.Both), state, false, []);
        return string.Join('\n', second.Findings.Select(finding => $"{finding.Code} {finding.Severity} {finding.Span} {finding.Span.Text}"));
    }

    private static Artifact File(string path, string text) => new(path, text + "\n", Sample.Span);

    // The folder as a run that wrote these files leaves it.
    private static OutputState After(params Artifact[] artifacts) =>
        OutputState.Empty("out") with
        {
            Files = artifacts.ToImmutableDictionary(artifact => artifact.Path, artifact => LockFile.HashOf(artifact.Text)),
            Lock = new("out/kit.lock.json", Plan([.. artifacts], OutputState.Empty("out")).LockText),
        };

    private static OutputState With(OutputState state, string path, string text) =>
        state with { Files = state.Files.SetItem(path, LockFile.HashOf(text)) };

    private static string Show(OutputPlan plan) => string.Join(
        ' ',
        plan.Write.Select(artifact => (artifact.Path, "+"))
            .Concat(plan.Delete.Select(path => (path, "-")))
            .Concat(plan.Unchanged.Select(path => (path, "=")))
            .OrderBy(entry => entry.Item1, StringComparer.Ordinal)
            .Select(entry => entry.Item2 + entry.Item1)
            .Concat(plan.LockChanged ? ["+lock"] : [])
            .Concat(plan.Findings.Select(finding => $"{finding.Code} {finding.Severity} {finding.Span}")));
}
