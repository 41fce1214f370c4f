using System.Collections.Immutable;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class OutputWriterTests
{
    private string _base = "";

    private string Out => Path.Combine(_base, "out");

    [SetUp]
    public void MakeFolder() => _base = Directory.CreateTempSubdirectory("csk-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_base, recursive: true);

    [Test]
    public void A_run_writes_every_file_and_the_lock_file_byte_for_byte()
    {
        var findings = Run(Sample.Emission);
        Assert.That(findings, Is.Empty);
        foreach (var artifact in Sample.Emission.Artifacts)
        {
            Assert.That(File.ReadAllBytes(Path.Combine(Out, artifact.Path)), Is.EqualTo(System.Text.Encoding.UTF8.GetBytes(artifact.Text)), artifact.Path);
        }

        Assert.That(Listing(), Is.EquivalentTo(Sample.Emission.Artifacts.Select(artifact => artifact.Path).Append(LockFile.Path)));
    }

    [Test]
    public void A_second_run_touches_nothing_and_another_folder_gets_the_same_bytes()
    {
        Run(Sample.Emission);
        var before = Directory.GetFiles(Out, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        var writer = new OutputWriter(Out, "out");
        Assert.That(OutputPlan.Create(Sample.Emission, writer.Read(Sample.Emission.Artifacts), false, []).IsUpToDate, Is.True);
        Assert.That(Run(Sample.Emission), Is.Empty);
        Assert.That(Directory.GetFiles(Out, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc), Is.EqualTo(before));

        Run(Sample.Emission, folder: "elsewhere/");
        Assert.That(
            Directory.GetFiles(Path.Combine(_base, "elsewhere"), "*", SearchOption.AllDirectories).Select(File.ReadAllText).Order(StringComparer.Ordinal),
            Is.EqualTo(before.Keys.Select(File.ReadAllText).Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Bytes_that_are_no_text_are_written_as_they_are()
    {
        byte[] bytes = [0x50, 0x4B, 0x00, 0x0D, 0x0A, 0xFF, 0x0D];
        var emission = new Emission([new("solution/A b/3.0.0.zip", bytes)], []);
        Assert.That(Run(emission), Is.Empty);
        Assert.That(File.ReadAllBytes(Path.Combine(Out, "solution/A b/3.0.0.zip")), Is.EqualTo(bytes));
        Assert.That(OutputPlan.Create(emission, new OutputWriter(Out, "out").Read(emission.Artifacts), false, []).IsUpToDate, Is.True);
    }

    [Test]
    public void A_stale_file_goes_with_its_folder_and_foreign_files_stay()
    {
        Run(Files(("arm/Old/A.json", "a"), ("arm/B.json", "b"), ("yaml/Kept/C.yaml", "c")));
        Write("yaml/Kept/mine.txt", "mine");
        Assert.That(Run(Files(("arm/B.json", "b"))), Is.Empty);
        Assert.That(Listing(), Is.EquivalentTo(new List<string> { "arm/B.json", "kit.lock.json", "yaml/Kept/mine.txt" }));
        Assert.That(Directory.Exists(Path.Combine(Out, "arm/Old")), Is.False);
    }

    [Test]
    public void The_last_file_to_go_leaves_the_output_folder()
    {
        Run(Files(("arm/A.json", "a")));
        Run(Files());
        Assert.That(Listing(), Is.EqualTo(new List<string> { "kit.lock.json" }));
    }

    [Test]
    public void An_edited_file_stays_as_it_is()
    {
        Run(Files(("arm/A.json", "a")));
        Write("arm/A.json", "edited\n");
        Assert.That(Run(Files(("arm/A.json", "a2"))).Single().Code, Is.EqualTo("CSK0605"));
        Assert.That(Read("arm/A.json"), Is.EqualTo("edited\n"));
        Assert.That(Run(Files()).Single().Code, Is.EqualTo("CSK0604"));
        Assert.That(Read("arm/A.json"), Is.EqualTo("edited\n"));
    }

    [Test]
    public void A_lock_file_with_a_byte_order_mark_and_CRLF_is_read()
    {
        Run(Files(("arm/A.json", "a\nb")));
        Write(LockFile.Path, "\uFEFF" + Read(LockFile.Path).Replace("\n", "\r\n"));
        Write("arm/A.json", Read("arm/A.json").Replace("\n", "\r\n"));
        Assert.That(Run(Files(("arm/A.json", "a\nb"))), Is.Empty);
        Assert.That(Read("arm/A.json"), Does.Contain("\r\n"));
    }

    [Test]
    public void A_plan_with_errors_is_never_applied()
    {
        Write("arm/A.json", "mine\n");
        var writer = new OutputWriter(Out, "out");
        var emission = Files(("arm/A.json", "a"));
        var plan = OutputPlan.Create(emission, writer.Read(emission.Artifacts), false, []);
        Assert.That(() => writer.Apply(plan), Throws.InvalidOperationException);
        Assert.That(Listing(), Is.EqualTo(new List<string> { "arm/A.json" }));
    }

    [TestCase("arm")]
    [TestCase("arm/Parsers")]
    public void A_linked_folder_is_not_followed(string link)
    {
        var outside = Directory.CreateDirectory(Path.Combine(_base, "outside")).FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Out, link))!);
        Directory.CreateSymbolicLink(Path.Combine(Out, link), outside);
        var finding = Run(Files(("arm/Parsers/A.json", "a"))).First();
        Assert.That($"{finding.Code} {finding.Severity} {finding.Span}", Is.EqualTo($"CSK0610 Error out/{link}:1:1"));
        Assert.That(Directory.EnumerateFileSystemEntries(outside), Is.Empty);
    }

    [Test]
    public void A_link_that_appears_after_the_plan_was_made_is_not_followed()
    {
        var writer = new OutputWriter(Out, "out");
        var emission = Files(("arm/A.json", "a"));
        var plan = OutputPlan.Create(emission, writer.Read(emission.Artifacts), false, []);
        var outside = Directory.CreateDirectory(Path.Combine(_base, "outside")).FullName;
        Directory.CreateDirectory(Out);
        Directory.CreateSymbolicLink(Path.Combine(Out, "arm"), outside);
        Assert.That(writer.Apply(plan).Single().Code, Is.EqualTo("CSK0610"));
        Assert.That(Directory.EnumerateFileSystemEntries(outside), Is.Empty);
    }

    [Test]
    public void A_tampered_lock_file_deletes_nothing_outside()
    {
        Run(Files(("arm/A.json", "a")));
        var victim = Path.Combine(_base, "victim");
        File.WriteAllText(victim, "a\n");
        Write(LockFile.Path, Read(LockFile.Path).Replace("arm/A.json", "../victim"));
        Assert.That(Run(Files()).Select(finding => finding.Code), Is.EqualTo(new List<string> { "CSK0603" }));
        Assert.That(File.Exists(victim), Is.True);
    }

    [Test]
    public void A_file_where_a_folder_must_be_is_a_finding_and_nothing_is_left_behind()
    {
        Write("arm", "a file");
        var finding = Run(Files(("arm/Parsers/A.json", "a"), ("Z.yaml", "z"))).Single();
        Assert.That($"{finding.Code} {finding.Severity} {finding.Span}", Is.EqualTo("CSK0612 Error out/arm/Parsers/A.json:1:1"));
        Assert.That(Listing(), Is.EqualTo(new List<string> { "arm" }));
    }

    [Test]
    public void A_folder_where_a_file_must_be_is_a_finding()
    {
        Directory.CreateDirectory(Path.Combine(Out, "arm/A.json"));
        var finding = Run(Files(("arm/A.json", "a"))).Single();
        Assert.That($"{finding.Code} {finding.Severity} {finding.Span}", Is.EqualTo("CSK0611 Error out/arm/A.json:1:1"));
    }

    // /proc refuses new files even to root, whom no permission bit stops.
    [Test]
    [Platform("Linux")]
    public void A_place_that_cannot_be_written_is_a_finding()
    {
        var writer = new OutputWriter("/proc/csk", "out");
        var emission = Files(("arm/A.json", "a"));
        var findings = writer.Apply(OutputPlan.Create(emission, writer.Read(emission.Artifacts), false, []));
        Assert.That(findings.Single().Code, Is.EqualTo("CSK0612"));
    }

    [Test]
    public void A_name_that_changes_in_case_alone_ends_as_the_new_one()
    {
        Run(Files(("arm/a.json", "a")));
        Assert.That(Run(Files(("arm/A.json", "a"))), Is.Empty);
        Assert.That(Listing(), Is.EquivalentTo(new List<string> { "arm/A.json", "kit.lock.json" }));
    }

    private ImmutableArray<Finding> Run(Emission emission, string folder = "out")
    {
        var writer = new OutputWriter(Path.Combine(_base, folder), folder);
        var plan = OutputPlan.Create(emission, writer.Read(emission.Artifacts), overwrite: false, []);
        return plan.HasErrors ? plan.Findings : plan.Findings.AddRange(writer.Apply(plan));
    }

    private static Emission Files(params (string Path, string Text)[] files) =>
        new([.. files.Select(file => new Artifact(file.Path, file.Text + "\n", Sample.Span))], []);

    private void Write(string path, string text, string folder = "out")
    {
        var full = Path.Combine(_base, folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(Out, path));

    private List<string> Listing() =>
        [.. Directory.GetFiles(Out, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Out, path).Replace('\\', '/'))];
}
