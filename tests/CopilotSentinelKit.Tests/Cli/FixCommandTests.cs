using System.Runtime.Versioning;
using System.Text;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class FixCommandTests
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\ndetections:\n  copilot-volume-spike: { severity: low } # quieter\n";

    // Every line ends with CR LF, one with none of them, and a byte order mark stands first.
    private const string Rule =
        "\uFEFF# A comment\r\n\r\nid: my-rule\r\nversion: 1.0.0\r\nKind:   Scheduled # why\r\nname: 'My rule'\r\ndescription: Finds.\r\nseverity: \"high\"\r\n"
        + "schedule: { every: 1H,  lookback: 2h }\r\nquery: |\r\n  CopilotActivity | where ingestion_time() > ago(1h)\r\n  | project TimeGenerated, ActorUpn = ActorName\r\n"
        + "attack: { tactics: [initialaccess, InitialAccess ], techniques: [t1078] }\r\nentities:\r\n  - { type: account, fullname: ActorUpn }\r\n# The end";

    private const string FixedRule =
        "\uFEFF# A comment\r\n\r\nid: my-rule\r\nversion: 1.0.0\r\nkind:   scheduled # why\r\nname: 'My rule'\r\ndescription: Finds.\r\nseverity: \"High\"\r\n"
        + "schedule: { every: 1h,  lookback: 2h }\r\nquery: |\r\n  CopilotActivity | where ingestion_time() > ago(1h)\r\n  | project TimeGenerated, ActorUpn = ActorName\r\n"
        + "attack: { tactics: [InitialAccess ], techniques: [T1078] }\r\nentities:\r\n  - { type: Account, FullName: ActorUpn }\r\n# The end";

    [Test]
    public async Task It_corrects_in_place_and_touches_nothing_else()
    {
        using var folder = Project(Rule);
        var result = await Csk.RunAsync("check", "--project", folder.Root, "--fix");
        Assert.That(File.ReadAllBytes(folder.PathOf("rules/detections/my-rule.yaml")), Is.EqualTo(Encoding.UTF8.GetBytes(FixedRule)));
        Assert.That(folder.Read("kit.yaml"), Is.EqualTo(Kit.Replace("low }", "Low }", StringComparison.Ordinal)));
        Assert.That(result.Out, Does.Contain("my-rule.yaml:8:11: CSK0127: Write \"High\"\n").And.Contain(" fixed in 2 files; 0 findings left.\n"));
        Assert.That(result.Error, Is.Empty);
        Assert.That(result.Code, Is.Zero);
        Assert.That(folder.Files().Keys, Is.EqualTo(["kit.yaml", "rules/detections/my-rule.yaml"]), "nothing is left behind");
        Assert.That((await Csk.RunAsync("check", "--project", folder.Root, "--fix")).Out, Does.StartWith("0 findings fixed in 0 files; 0 findings left.\n"));
    }

    [Test]
    public async Task A_dry_run_writes_nothing()
    {
        using var folder = Project(Rule);
        var before = folder.Files();
        var result = await Csk.RunAsync("check", "--project", folder.Root, "--fix", "--dry-run");
        Assert.That(result.Out, Does.Contain("would fix ").And.Contain(" would be fixed in 2 files; 0 findings left.\n"));
        Assert.That(result.Error, Does.Contain("error CSK0127"));
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(folder.Files(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_dry_run_of_nothing_is_wrong_usage()
    {
        var result = await Csk.RunAsync("check", "--dry-run");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("pass --fix too"));
    }

    [Test]
    public async Task A_fix_that_shows_an_error_which_nothing_fixes_is_not_made()
    {
        using var folder = Project(FixedRule.Replace("FullName: ActorUpn", "FullName: ActorUpn, Nme: ActorUpn", StringComparison.Ordinal).Replace("Account", "account", StringComparison.Ordinal));
        var before = folder.Files();
        var result = await Csk.RunAsync("check", "--project", folder.Root, "--fix");
        Assert.That(result.Error, Does.Contain("csk: note: ").And.Contain("CSK0522 is not fixed"));
        Assert.That(folder.Files("rules"), Is.EqualTo(before.Where(file => file.Key != "kit.yaml").ToDictionary(file => file.Key[6..], file => file.Value)));
    }

    [Test]
    public void Only_what_a_project_reads_may_be_edited()
    {
        using var folder = Project(Rule);
        var files = CopilotSentinelKit.Cli.EditableFiles.OfProject(folder.Root);
        Assert.That(files.Contains(new(folder.PathOf("rules/detections/my-rule.yaml"), "")), Is.True);
        Assert.That(files.Contains(new(folder.PathOf("tool/rules/detections/my-rule.yaml"), "")), Is.False);
        Assert.That(files.Contains(new(folder.PathOf("../kit.yaml"), "")), Is.False);
        Assert.That(files.MayEdit(new(folder.PathOf("kit.yaml"), Kit)), Is.True);
        Assert.That(files.MayEdit(new(folder.PathOf("kit.yaml"), "what it was before")), Is.False);
    }

    [Test]
    public async Task A_file_behind_a_link_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        var target = folder.Write("elsewhere/my-rule.yaml", FixedRule.Replace("\"High\"", "high", StringComparison.Ordinal));
        folder.Write("kit.yaml", "name: contoso-copilot\npublisher: Contoso\n");
        Directory.CreateDirectory(folder.PathOf("rules/detections"));
        File.CreateSymbolicLink(folder.PathOf("rules/detections/my-rule.yaml"), target);
        var result = await Csk.RunAsync("check", "--project", folder.Root, "--fix");
        Assert.That(File.ReadAllText(target), Does.Contain("severity: high"));
        Assert.That(result.Out, Does.Contain("0 findings fixed in 0 files; 1 finding left."));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public async Task A_file_keeps_its_mode()
    {
        using var folder = Project(Rule);
        var path = folder.PathOf("rules/detections/my-rule.yaml");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(path, mode);
        await Csk.RunAsync("check", "--project", folder.Root, "--fix");
        Assert.That(folder.Read("rules/detections/my-rule.yaml"), Does.Contain("\"High\""));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(mode));
    }

    private static TemporaryFolder Project(string rule)
    {
        var folder = new TemporaryFolder();
        folder.Write("kit.yaml", Kit);
        Directory.CreateDirectory(folder.PathOf("rules/detections"));
        File.WriteAllBytes(folder.PathOf("rules/detections/my-rule.yaml"), Encoding.UTF8.GetBytes(rule));
        return folder;
    }
}
