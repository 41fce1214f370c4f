using System.Text.Json.Nodes;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Golden;

/// <summary>A repository laid out as public ones are (YAML, ARM, workbooks and .kql, with tests beside them and below): what becomes of each test, and how mistakes are told.</summary>
internal sealed class RepositoryTests
{
    private static readonly string Folder = Repository.PathOf("tests", "CopilotSentinelKit.Tests", "Golden", "Repository");

    [Test]
    public async Task Tests_beside_content()
    {
        var repository = new RepositoryFiles(
            Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Where(path => !path.StartsWith("expected/", StringComparison.Ordinal)),
            path => new(path, path, File.ReadAllBytes(Path.Combine(Folder, path))));
        var run = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).TestContentAsync(
            [.. PackFolder.Read(Repository.Root)], [], repository, Compiler.FindTests(repository, repository.Paths), new(), new LocalEngine(), null, CancellationToken.None);
        var report = new TestReport(run.Results);
        GoldenFolder.Verify(Path.Combine(Folder, "expected"), new Dictionary<string, string>
        {
            ["findings.txt"] = string.Concat(run.Compilation.Findings.Select(new TextReporter(colour: false).Format)),
            ["results.txt"] = string.Concat(report.Ordered.Select(new TextTestReporter(colour: false).Format)),
        });
    }

    [Test]
    public async Task Mistakes_in_queries_are_made_and_noticed()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        folder.Write("rule.kql", "SigninLogs\n| where ResultType == \"50126\" and AppDisplayName =~ \"Portal\"\n| summarize Failures = count() by UserPrincipalName\n| where Failures >= 2\n");
        folder.Write("rule.test.yaml", """
            for: rule.kql
            tests:
              - name: two failures
                tables:
                  SigninLogs:
                    - { UserPrincipalName: a@contoso.com, ResultType: "50126", AppDisplayName: Portal }
                    - { UserPrincipalName: a@contoso.com, ResultType: "50126", AppDisplayName: Portal }
                    - { UserPrincipalName: b@contoso.com, ResultType: "50126", AppDisplayName: Portal }
                    - { UserPrincipalName: b@contoso.com, ResultType: "0", AppDisplayName: Portal }
                expect: [ { UserPrincipalName: a@contoso.com, Failures: 2 } ]

            """);
        var result = await Csk.RunAsync("test", folder.Root, "--mutate", "--mutation-report", folder.PathOf("mutation.json"));
        Assert.That(result.Code, Is.Zero, result.Error);

        // No row of another application shows that the condition on it is there.
        Assert.That(result.Out, Does.Contain("rule.kql:2:35: no test notices \"true\" in place of \"AppDisplayName =~ \"Portal\"\" (rule)\nMutation score 85.7 %: tests notice 6 of 7 mistakes.\n"));
        var report = JsonNode.Parse(folder.Read("mutation.json"))!;
        var mutants = report["files"]!.AsObject().Single().Value!["mutants"]!.AsArray();
        Assert.That(mutants.Select(mutant => (string?)mutant!["status"]), Is.EqualTo(["Killed", "Killed", "Survived", "Killed", "Killed", "Killed", "Killed"]));
        Assert.That((int?)mutants[2]!["location"]!["start"]!["column"], Is.EqualTo(35));
    }

    [Test]
    public async Task The_command_line_finds_them()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)))
        {
            folder.Write(path, File.ReadAllText(Path.Combine(Folder, path)));
        }

        // What makes it a clone, in which parsers of other folders are found.
        folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        var passed = await Csk.RunAsync("test", folder.PathOf("Detections"), folder.PathOf("Queries/spikes.test.yaml"));
        Assert.That((passed.Code, passed.Error), Is.EqualTo((0, "")));
        Assert.That(passed.Out, Does.StartWith("10 tests passed, 0 failed, of 4 detections"));

        var failed = await Csk.RunAsync("test", folder.PathOf("Broken"));
        Assert.That(failed.Code, Is.EqualTo(1));
        Assert.That(failed.Error, Does.Contain("error CSK1118").And.Contain("error CSK1119").And.Contain("error CSK1120").And.Contain("failed: Many failed sign-ins of one account"));
        Assert.That(failed.Out, Does.StartWith("0 tests passed, 3 failed").And.Contain("did not run"));

        var missing = await Csk.RunAsync("test", folder.PathOf("Detection"));
        Assert.That((missing.Code, missing.Error.Contains("There is no file or folder", StringComparison.Ordinal)), Is.EqualTo((2, true)));
    }
}
