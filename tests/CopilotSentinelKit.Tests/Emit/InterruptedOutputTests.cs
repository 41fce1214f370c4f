using System.Collections.Immutable;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Emit;

/// <summary>Runs that are killed while they write, and what stands in their way.</summary>
internal sealed class InterruptedOutputTests
{
    private string _base = "";

    private string Out => Path.Combine(_base, "out");

    [SetUp]
    public void MakeFolder() => _base = Directory.CreateTempSubdirectory("csk-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_base, recursive: true);

    [Test]
    public void A_run_that_cannot_write_one_file_writes_none()
    {
        Run(Files(("A.yaml", "a1"), ("B.yaml", "b1")));
        var writer = new OutputWriter(Out, "out");
        var second = Files(("A.yaml", "a2"), ("B.yaml", "b2"));
        var plan = OutputPlan.Create(second, writer.Read(second.Artifacts), false, []);

        // A folder in the place of B, made after the plan.
        File.Delete(Path.Combine(Out, "B.yaml"));
        Directory.CreateDirectory(Path.Combine(Out, "B.yaml"));
        Assert.That(writer.Apply(plan).Single().Code, Is.EqualTo("CSK0612"));
        Assert.That(Read("A.yaml"), Is.EqualTo("a1\n"));
        Assert.That(Listing(), Is.EquivalentTo(new List<string> { "A.yaml", "kit.lock.json" }));

        Directory.Delete(Path.Combine(Out, "B.yaml"));
        Write("B.yaml", "b1\n");
        Assert.That(Run(Files(("A.yaml", "a3"), ("B.yaml", "b3"))), Is.Empty);
        Assert.That(Read("A.yaml") + Read("B.yaml"), Is.EqualTo("a3\nb3\n"));
        Assert.That(Listing(), Is.EquivalentTo(new List<string> { "A.yaml", "B.yaml", "kit.lock.json" }));
    }

    [Test]
    public void A_run_that_is_killed_at_any_point_leaves_the_old_output_or_the_new_one()
    {
        Emission[] sides =
        [
            Files(("arm/a.json", "1"), ("arm/Old/B.json", "1"), ("yaml/C.yaml", "1"), ("yaml/Same.yaml", "0")),
            Files(("arm/A.json", "1"), ("yaml/C.yaml", "2"), ("yaml/New/D.yaml", "2"), ("yaml/Same.yaml", "0")),
        ];
        Run(sides[0], "old");
        Run(sides[1], "new");
        var (old, young) = (Content("old"), Content("new"));
        var reached = new HashSet<bool>();
        var killed = 0;
        for (var hasEnded = false; !hasEnded; killed++)
        {
            var name = $"killed-{killed}";
            Run(sides[0], name);
            Write("mine.txt", "mine", name);
            var writer = new OutputWriter(Path.Combine(_base, name), name);
            var steps = writer.Steps(OutputPlan.Create(sides[1], writer.Read(sides[1].Artifacts), false, [])).GetEnumerator();
            for (var step = 0; step <= killed && !hasEnded; step++)
            {
                hasEnded = !steps.MoveNext();
            }

            // The file of a claim lies there after a kill; the system has freed it.
            Write(".csk-writing", "", name);
            new OutputWriter(Path.Combine(_base, name), name).Recover();
            var left = Content(name);
            Assert.That(left.Remove("mine.txt"), Is.True);
            Assert.That(left, Is.EqualTo(old).Or.EqualTo(young), $"killed before step {killed}");
            reached.Add(left["yaml/C.yaml"] == "2\n");
            Assert.That(new OutputWriter(Path.Combine(_base, name), name).Recover(), Is.False);
        }

        Assert.That(killed, Is.GreaterThan(10));
        Assert.That(reached, Has.Count.EqualTo(2));
    }

    [Test]
    public void What_was_edited_after_a_kill_is_not_overwritten()
    {
        Run(Files(("A.yaml", "a1"), ("B.yaml", "b1")));
        var writer = new OutputWriter(Out, "out");
        var second = Files(("A.yaml", "a2"), ("B.yaml", "b2"));
        using (var steps = writer.Steps(OutputPlan.Create(second, writer.Read(second.Artifacts), false, [])).GetEnumerator())
        {
            while (steps.MoveNext() && !File.Exists(Path.Combine(Out, OutputJournal.Name)))
            {
                // Up to the journal.
            }
        }

        Write("B.yaml", "mine\n");
        Assert.That(new OutputWriter(Out, "out").Recover(), Is.True);
        Assert.That(Read("A.yaml") + Read("B.yaml"), Is.EqualTo("a2\nmine\n"));
        Assert.That(Run(second).Single().Code, Is.EqualTo("CSK0605"));
    }

    [TestCase("csk-journal 1\n- - - ../victim\n")]
    [TestCase("csk-journal 1\n- - ../victim A.yaml\n")]
    [TestCase("csk-journal 1\n4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865 - - ../victim\n")]
    [TestCase("csk-journal 2\n")]
    [TestCase("")]
    public void A_journal_that_somebody_else_wrote_touches_nothing_outside(string journal)
    {
        Run(Files(("A.yaml", "a")));
        var victim = Path.Combine(_base, "victim");
        File.WriteAllText(victim, "1\n");
        Write(OutputJournal.Name, journal);
        new OutputWriter(Out, "out").Recover();
        Assert.That(File.ReadAllText(victim), Is.EqualTo("1\n"));
        Assert.That(Listing(), Is.EquivalentTo(new List<string> { "A.yaml", "kit.lock.json" }));
    }

    [Test]
    public void Only_one_process_writes_at_a_time()
    {
        Run(Files(("A.yaml", "a")));
        using (var first = new OutputWriter(Out, "out"))
        {
            first.Claim();
            Assert.That(() => FolderClaim.Take(Out, attempts: 1), Throws.TypeOf<ClaimedException>().With.Message.StartsWith("Another run of csk writes into \""));
        }

        Assert.That(() => FolderClaim.Take(Out, attempts: 1).Dispose(), Throws.Nothing);
        Assert.That(Listing(), Is.EquivalentTo(new List<string> { "A.yaml", "kit.lock.json" }));
    }

    [Test]
    public void A_link_under_the_name_of_a_claim_or_of_a_journal_is_not_followed()
    {
        Run(Files(("A.yaml", "a")));
        var victim = Path.Combine(_base, "victim");
        File.WriteAllText(victim, "precious");
        foreach (var name in (string[])[".csk-writing", OutputJournal.Name, "A.yaml.csk-tmp"])
        {
            File.CreateSymbolicLink(Path.Combine(Out, name), victim);
            Run(Files(("A.yaml", "a" + name)));
            Assert.That(File.ReadAllText(victim), Is.EqualTo("precious"), name);
            File.Delete(Path.Combine(Out, name));
        }
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

    // All that is there, hidden files and empty folders too.
    private SortedDictionary<string, string> Content(string folder) => new(
        Directory.EnumerateFileSystemEntries(Path.Combine(_base, folder), "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(Path.Combine(_base, folder), path).Replace('\\', '/'),
            path => File.Exists(path) ? File.ReadAllText(path) : ""),
        StringComparer.Ordinal);

    private string Read(string path) => File.ReadAllText(Path.Combine(Out, path));

    private List<string> Listing() =>
        [.. Directory.GetFiles(Out, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Out, path).Replace('\\', '/'))];
}
