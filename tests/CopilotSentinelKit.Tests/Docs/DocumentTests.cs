using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>What README.md and src/docs show can be done, and what they name is there.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed partial class DocumentTests
{
    private static readonly string[] Roots = ["src/", "tests/", "templates/", "rules/", ".ci/"];

    private static readonly string[] CodeRoots = ["src", "tests"];

    // What a project has once a command has made it: no place of this repository.
    private static readonly string[] OfUsers = ["rules/schemas", "templates/output/wiki/index.md.scriban", "templates/output/wiki/rules/{rule}.md.scriban"];

    [Test]
    public void The_front_page_can_be_read_at_once() =>
        Assert.That(Documents.Front.Split('\n'), Has.Length.AtMost(251), "README.md has at most 250 lines; more belongs into src/docs.");

    [Test]
    public async Task Every_YAML_block_compiles_without_a_finding()
    {
        // The blocks are one project: a file shown twice would stand for itself alone.
        var files = Documents.Files().ToList();
        Assert.That(files.Select(file => file.Path), Is.Unique.And.Contains("kit.yaml"));
        Assert.That((await CompileAsync(files)).Lines(), Is.Empty);
    }

    [Test]
    public async Task Their_tests_pass()
    {
        var run = await RunTestsAsync(Documents.Files(), text => text);
        Assert.That(run.Compilation.Lines(), Is.Empty);
        Assert.That(run.Results, Has.Length.EqualTo(2).And.All.Property("Outcome").EqualTo(TestOutcome.Passed), () => TestReports.Write(ReportFormat.Text, new(run.Results)));
    }

    [Test]
    public async Task Their_tests_beside_existing_content_pass()
    {
        var files = Documents.Files().Where(file => file.Path.StartsWith("Detections/", StringComparison.Ordinal)).ToDictionary(file => file.Path, file => new SpecFile(file.Path, file.Path, Encoding.UTF8.GetBytes(file.Code)));
        var repository = new RepositoryFiles(files.Keys, path => files[path]);
        var run = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).TestContentAsync(
            [.. PackFolder.Read(Repository.Root)], [], repository, Compiler.FindTests(repository, repository.Paths), new(), new LocalEngine(), null, CancellationToken.None);
        Assert.That(run.Compilation.Lines(), Is.Empty);
        Assert.That(run.Results, Has.Length.EqualTo(2).And.All.Property("Outcome").EqualTo(TestOutcome.Passed), () => TestReports.Write(ReportFormat.Text, new(run.Results)));
    }

    /// <summary>Runs the tests of the detection on the front page.</summary>
    internal static Task<TestRun> RunTestsAsync(IEnumerable<DocumentedFile> files, Func<string, string> change) =>
        new Compiler(SharedHost.Analyzer, SharedHost.Catalog).TestAsync(
            [.. PackFolder.Read(Repository.Root)],
            [.. files.Select(file => new SpecFile(file.Path, file.Path, Encoding.UTF8.GetBytes(change(file.Code))))],
            new("leaver-reads-labelled-files/"),
            new LocalEngine(),
            null,
            CancellationToken.None);

    [Test]
    public async Task Five_minutes_give_the_folder_shown()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Documents.Files(Documents.Front).Where(file => !file.Code.Contains("id: copilot-injected-resource", StringComparison.Ordinal)))
        {
            folder.Write(file.Path, file.Code);
        }

        var tests = await Csk.RunAsync("test", "--project", folder.Root, "--filter", "leaver-reads-labelled-files");
        Assert.That(tests.Code, Is.Zero, tests.Error);
        Assert.That(tests.Out + tests.Error, Does.Contain("2 tests passed"));
        await Csk.GenerateAsync(folder.Root);
        Assert.That(Tree(), Is.Not.Empty.And.All.Matches<string>(path => Path.Exists(folder.PathOf(path!))));
        Assert.That((await Csk.RunAsync("generate", "--check", "--project", folder.Root)).Code, Is.Zero);
    }

    [Test]
    public void Every_path_exists()
    {
        var ofProject = Documents.Files().Select(file => file.Path).Concat(OfUsers).ToHashSet();
        foreach (var path in Documents.Spans().Where(span => Array.Exists(Roots, root => span.StartsWith(root, StringComparison.Ordinal)) && !span.Contains(' ', StringComparison.Ordinal)))
        {
            // "rules/detections/*.yaml" and "rules/detections/<id>.yaml" name the folder.
            var folder = path.Split('/').TakeWhile(part => part.IndexOfAny(['*', '<', '{']) < 0).ToArray();
            Assert.That(Path.Exists(Repository.PathOf(folder)) || ofProject.Contains(path) || ofProject.Any(file => file.StartsWith(string.Join('/', folder) + "/", StringComparison.Ordinal)), Is.True, path);
        }
    }

    [Test]
    public void Every_link_leads_somewhere()
    {
        foreach (var (from, target) in Documents.Links())
        {
            var parts = target.Split('#');
            var path = parts[0].Length == 0 ? from : Path.Combine(Path.GetDirectoryName(from)!, parts[0]);
            Assert.That(Path.Exists(Repository.PathOf(path)), Is.True, $"{target} in {from}");
            if (parts.Length > 1)
            {
                var headings = Repository.Read(path).Split('\n').Where(line => line.StartsWith('#')).Select(Anchor);
                Assert.That(headings, Does.Contain(parts[1]), $"{target} in {from}");
            }
        }
    }

    [Test]
    public void Every_document_is_linked_from_the_front_page()
    {
        var linked = Documents.Links().Where(link => link.From == Documents.FrontPage).Select(link => link.Target.Split('#')[0]).ToHashSet();
        Assert.That(Documents.All.Skip(1).Select(document => document.Path).Except(linked), Is.Empty);
    }

    [Test]
    public void Quoted_code_is_that_of_the_file()
    {
        var quotes = Documents.Quotes().ToList();
        Assert.That(quotes, Has.Count.AtLeast(8));
        foreach (var (path, code) in quotes)
        {
            Assert.That(Flush(Repository.Read(path.Split('/'))), Does.Contain(Flush(code)), path);
        }
    }

    [Test]
    public void Names_of_code_in_changing_the_kit_exist()
    {
        var code = CodeRoots
            .SelectMany(root => Directory.EnumerateFiles(Repository.PathOf(root), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => Word().Matches(File.ReadAllText(path)).Select(match => match.Value))
            .ToHashSet(StringComparer.Ordinal);
        var names = Documents.Spans(Documents.Of("changing-the-kit.md")).Where(span => CodeName().IsMatch(span)).ToList();
        Assert.That(names, Has.Count.AtLeast(40));
        Assert.That(names.SelectMany(name => name.TrimEnd('(', ')').Split('.')).Where(word => !code.Contains(word)), Is.Empty);
    }

    [Test]
    public async Task Every_command_and_option_exists()
    {
        var calls = Documents.Calls().ToList();
        Assert.That(calls, Is.Not.Empty);
        foreach (var call in calls)
        {
            var words = call.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] command = words.Length > 1 && !words[1].StartsWith('-') ? [words[1]] : [];
            var help = await Csk.RunAsync([.. command, "--help"]);
            Assert.That(help.Code, Is.Zero, call);
            foreach (var option in words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.Split('=')[0]))
            {
                Assert.That(help.Out, Does.Contain(option), call);
            }
        }
    }

    [Test]
    public async Task The_generate_command_generates()
    {
        var call = GenerateCommand().Match(Documents.Command("generate-command"));
        Assert.That(call.Success, Is.True);
        Assert.That(Repository.PathOf(call.Groups[1].Value), Does.Exist);
        using var output = new TemporaryFolder();
        await Csk.GenerateAsync(Repository.Root, [.. call.Groups[2].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--out", output.PathOf("content")]);
        Assert.That(output.Files(), Has.Count.GreaterThan(60));
    }

    [Test]
    public void The_test_command_is_what_CI_runs()
    {
        Assert.That(Documents.Command("test-command"), Does.StartWith("dotnet test"));
        var ci = Repository.Read(".ci", "run");
        Assert.That(ci, Does.Contain("<!-- test-command -->").And.Contain("README.md").And.Contain("dotnet format --verify-no-changes"));
        Assert.That(ci, Does.Not.Contain("dotnet test"));
    }

    private static Task<Compilation> CompileAsync(IEnumerable<DocumentedFile> files) => new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CompileAsync(
        [.. PackFolder.Read(Repository.Root)], [.. files.Select(file => new SpecFile(file.Path, file.Path, Encoding.UTF8.GetBytes(file.Code)))], null, CancellationToken.None);

    // The lines of the tree on the front page, each four columns deeper than its folder.
    private static List<string> Tree()
    {
        var lines = TreeBlock().Match(Documents.Front).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var folders = new List<string>();
        var paths = new List<string>();
        foreach (var line in lines.Skip(1))
        {
            var name = line.TrimStart().Split(' ')[0];
            var depth = (line.Length - line.TrimStart().Length) / 4;
            folders = [.. folders.Take(depth - 1), name.TrimEnd('/')];
            paths.Add(string.Join('/', folders));
        }

        return paths;
    }

    // As GitHub makes the address of a heading.
    private static string Anchor(string heading) =>
        NoAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    // Without the indentation of lines, which a quote may leave out.
    private static string Flush(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Trim().Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^<!-- tree -->\n```text\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex TreeBlock();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Z]\w*[a-z]\w*(\.[A-Z]\w*)*(\(\))?$")]
    private static partial Regex CodeName();

    [GeneratedRegex("^dotnet run --project (src/[A-Za-z./]+) -- generate(.*)$")]
    private static partial Regex GenerateCommand();
}
