using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

internal sealed partial class ReadmeTests
{
    private static readonly string[] Roots = ["src/", "tests/", "templates/", "rules/", ".ci/"];

    [Test]
    public async Task Every_YAML_block_compiles_without_a_finding()
    {
        // The blocks are one project: a file shown twice would stand for itself alone.
        var specs = Readme.Specs().ToList();
        Assert.That(specs.Select(spec => spec.Path), Is.Unique.And.Contains("kit.yaml"));
        var compilation = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CompileAsync(
            [.. PackFolder.Read(Repository.Root)],
            [.. specs.Select(spec => new SpecFile(spec.Path, "README.md/" + spec.Path, Encoding.UTF8.GetBytes(spec.Code)))],
            null,
            CancellationToken.None);
        Assert.That(compilation.Lines(), Is.Empty);
    }

    [Test]
    public async Task Its_tests_pass()
    {
        var run = await RunTestsAsync(text => text);
        Assert.That(run.Compilation.Lines(), Is.Empty);
        Assert.That(run.Results, Has.Length.EqualTo(2).And.All.Property("Outcome").EqualTo(TestOutcome.Passed), () => TestReports.Write(ReportFormat.Text, new(run.Results)));
    }

    /// <summary>Runs the README's own tests, its blocks being one project.</summary>
    internal static Task<TestRun> RunTestsAsync(Func<string, string> change) =>
        new Compiler(SharedHost.Analyzer, SharedHost.Catalog).TestAsync(
            [.. PackFolder.Read(Repository.Root)],
            [.. Readme.Specs().Select(spec => new SpecFile(spec.Path, spec.Path, Encoding.UTF8.GetBytes(change(spec.Code))))],
            new("leaver-reads-labelled-files/"),
            new LocalEngine(),
            null,
            CancellationToken.None);

    [Test]
    public void Every_path_exists()
    {
        foreach (var path in Readme.Spans().Where(span => Array.Exists(Roots, root => span.StartsWith(root, StringComparison.Ordinal)) && !span.Contains(' ', StringComparison.Ordinal)))
        {
            // "rules/detections/*.yaml" and "rules/detections/<id>.yaml" name the folder.
            var folder = path.Split('/').TakeWhile(part => part.IndexOfAny(['*', '<', '{']) < 0);
            Assert.That(Path.Exists(Repository.PathOf([.. folder])), Is.True, path);
        }
    }

    [Test]
    public async Task Every_command_and_option_exists()
    {
        var calls = Readme.Calls().ToList();
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
        var call = GenerateCommand().Match(Readme.Command("generate-command"));
        Assert.That(call.Success, Is.True);
        Assert.That(Repository.PathOf(call.Groups[1].Value), Does.Exist);
        using var output = new TemporaryFolder();
        await Csk.GenerateAsync(Repository.Root, [.. call.Groups[2].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--out", output.PathOf("content")]);
        Assert.That(output.Files(), Has.Count.GreaterThan(60));
    }

    [Test]
    public void The_test_command_is_what_CI_runs()
    {
        Assert.That(Readme.Command("test-command"), Does.StartWith("dotnet test"));
        var ci = Repository.Read(".ci", "run");
        Assert.That(ci, Does.Contain("<!-- test-command -->").And.Contain("README.md").And.Contain("dotnet format --verify-no-changes"));
        Assert.That(ci, Does.Not.Contain("dotnet test"));
    }

    [GeneratedRegex("^dotnet run --project (src/[A-Za-z./]+) -- generate(.*)$")]
    private static partial Regex GenerateCommand();
}
