using System.Diagnostics;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class DiffTests
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";

    private const string Rule = """
        id: my-rule
        version: 1.0.0
        kind: scheduled
        name: My rule
        description: Finds a use of Copilot.
        severity: Medium
        schedule: { every: 1h, lookback: 4h }
        parameters: { few: { type: int, default: 5 } }
        query: |
          CopilotEvents(starttime=ago(4h))
          | where IngestionTime > ago(1h)
          | summarize Uses = count(), TimeGenerated = max(TimeGenerated), Hosts = make_set(AppHost, 5) by ActorUpn
          | where Uses >= {{ few | kql }}
        attack: { tactics: [InitialAccess], techniques: [T1078] }
        entities:
          - { type: Account, FullName: ActorUpn }

        """;

    [Test]
    public async Task Nothing_changed_is_said()
    {
        using var folder = Committed();
        Assert.That((await DiffAsync(folder)).Out, Does.Match(@"\ASince HEAD: 0 changed, 0 new, 0 gone, \d+ unchanged\.\n\z"));
    }

    [Test]
    public async Task A_change_is_told_by_value_line_and_column()
    {
        using var folder = Committed();
        folder.Write("rules/detections/my-rule.yaml", Rule
            .Replace("severity: Medium", "severity: High", StringComparison.Ordinal)
            .Replace("default: 5", "default: 10", StringComparison.Ordinal)
            .Replace(", Hosts = make_set(AppHost, 5)", "", StringComparison.Ordinal)
            .Replace("every: 1h", "every: 30m", StringComparison.Ordinal));
        var result = await DiffAsync(folder);
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Out, Does.StartWith(
            """
            AnalyticsRule my-rule (version 1.0.0, as before)
              severity: Medium to High
              queryFrequency: 1h to 30m
              query:
                - | summarize Uses = count(), TimeGenerated = max(TimeGenerated), Hosts = make_set(AppHost, 5) by ActorUpn
                - | where Uses >= 5
                + | summarize Uses = count(), TimeGenerated = max(TimeGenerated) by ActorUpn
                + | where Uses >= 10
              columns lost: Hosts
            Since HEAD: 1 changed, 0 new, 0 gone, 
            """.ReplaceLineEndings("\n")));
        Assert.That(result.Out, Does.EndWith(" unchanged.\nNext:\n  - csk check --since HEAD says which versions to raise.\n  - csk generate writes the content.\n"));
    }

    [Test]
    public async Task A_layer_that_changes_what_came_with_csk_is_told_too()
    {
        using var folder = Committed();
        folder.Write("kit.yaml", Kit + "detections: { copilot-volume-spike: { disable: true }, copilot-indirect-attack-on-agent: { severity: Low, parameters: { high: 2 } } }\n");
        File.Move(folder.PathOf("rules/detections/my-rule.yaml"), folder.PathOf("rules/detections/other.yaml"));
        folder.Write("rules/detections/other.yaml", Rule.Replace("id: my-rule", "id: other-rule", StringComparison.Ordinal));
        var result = await DiffAsync(folder);
        Assert.That(result.Out, Does.Match(@"AnalyticsRule copilot-indirect-attack-on-agent \(version [\d.]+, as before\)\n  severity: Medium to Low\n(  .*\n)*    - \| where Items > ItemsBefore or \(Counted >= 5 .*\n(    .*\n)*    \+ \| where Items > ItemsBefore or \(Counted >= 2 "));
        Assert.That(result.Out, Does.Match(@"AnalyticsRule copilot-volume-spike \(gone, was version [\d.]+\)\nAnalyticsRule my-rule \(gone, was version 1\.0\.0\)\nAnalyticsRule other-rule \(new, version 1\.0\.0\)\nSince HEAD: 1 changed, 1 new, 2 gone, "));
    }

    [Test]
    public async Task Without_a_repository_or_with_errors_nothing_is_compared()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kit.yaml", Kit);
        Assert.That((await DiffAsync(folder)).Error, Does.Contain("is in no git repository"));
        using var committed = Committed();
        committed.Write("rules/detections/my-rule.yaml", Rule.Replace("by ActorUpn", "by ActorUpm", StringComparison.Ordinal));
        var result = await DiffAsync(committed);
        Assert.That((result.Code, result.Out), Is.EqualTo((1, "")));
        Assert.That(result.Error, Does.Contain("KS142").And.EndWith("Nothing was compared. Correct the errors above and run \"csk diff\" again.\n"));
    }

    private static Task<CskResult> DiffAsync(TemporaryFolder folder) => Csk.RunAsync("diff", "--project", folder.Root);

    private static TemporaryFolder Committed()
    {
        var folder = new TemporaryFolder();
        folder.Write("kit.yaml", Kit);
        folder.Write("rules/detections/my-rule.yaml", Rule);
        Git(folder, "init", "-q");
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=Somebody", "-c", "user.email=somebody@contoso.com", "commit", "-qm", "A project");
        return folder;
    }

    private static void Git(TemporaryFolder folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder.Root })!;
        git.WaitForExit();
        Assert.That(git.ExitCode, Is.Zero);
    }
}
