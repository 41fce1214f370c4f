
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>What goes wrong around a run: no stack trace, nothing written, and what to do next.</summary>
[NonParallelizable]
internal sealed class FailureTests
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";

    private TemporaryFolder _project = null!;
    private string? _node;

    [SetUp]
    public void Create()
    {
        _project = new();
        _project.Write("kit.yaml", Kit);
        _node = Environment.GetEnvironmentVariable("CSK_NODE");
    }

    [TearDown]
    public void Remove()
    {
        Environment.SetEnvironmentVariable("CSK_NODE", _node);
        _project.Dispose();
    }

    [Test]
    public async Task A_misspelt_column_in_one_detection_is_one_error_at_its_place()
    {
        var spec = Repository.Read("rules", "detections", "copilot-jailbreak-attempt.yaml");
        Assert.That(spec, Does.Contain("where JailbreakDetected\n"));
        _project.Write("rules/detections/mine.yaml", spec
            .Replace("id: copilot-jailbreak-attempt", "id: contoso-jailbreak", StringComparison.Ordinal)
            .Replace("name: Copilot jailbreak attempt\n", "name: Contoso jailbreak attempt\n", StringComparison.Ordinal)
            .Replace("where JailbreakDetected", "where JailbreakDetectd", StringComparison.Ordinal));
        var lines = _project.Read("rules/detections/mine.yaml").Split('\n');
        var line = Array.FindIndex(lines, text => text.Contains("JailbreakDetectd", StringComparison.Ordinal));
        var column = lines[line].IndexOf("JailbreakDetectd", StringComparison.Ordinal);

        var result = await RunAsync("generate");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error.Split('\n'), Has.Exactly(1).Contains("error "));
        Assert.That(result.Error, Does.Contain($"rules/detections/mine.yaml:{line + 1}:{column + 1}: error KS142: ").And.Contain("\n1 error\n"));
        Assert.That(result.Error, Does.EndWith("Nothing was written. Correct the findings above and run \"csk generate\" again.\n"));
        Assert.That(_project.PathOf("content"), Does.Not.Exist);
    }

    [Test]
    public async Task Without_Node_generate_says_what_to_install_and_writes_nothing()
    {
        Environment.SetEnvironmentVariable("CSK_NODE", _project.PathOf("no-node"));
        var result = await RunAsync("generate", "--no-cache");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.StartWith("csk: error CSK0901: ").And.Contain("Install Node.js 18 or newer").And.Contain("CSK_NODE"));
        Assert.That(result.Error.Trim(), Does.Not.Contain("\n"));
        Assert.That(_project.Files().Keys, Is.EqualTo(["kit.yaml"]));
    }

    [Test]
    public async Task List_needs_no_Node()
    {
        Environment.SetEnvironmentVariable("CSK_NODE", _project.PathOf("no-node"));
        var result = await RunAsync("list");
        Assert.That(result.Error, Is.Empty);
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Out, Does.Match("(?m)^KIND +ID +VERSION +SEVERITY +NAME$").And.Match("(?m)^parser +CopilotEvents ").And.Match("(?m)^scheduled +copilot-jailbreak-attempt +[0-9.]+ +Low +Copilot jailbreak attempt$"));
    }

    [Test]
    public async Task A_run_in_which_nothing_changed_needs_no_Node()
    {
        await RunAsync("generate");
        Environment.SetEnvironmentVariable("CSK_NODE", _project.PathOf("no-node"));
        var result = await RunAsync("generate");
        Assert.That(result.Error, Is.Empty);
        Assert.That(result.Out, Does.Contain("Nothing changed"));
    }

    [Test]
    public async Task A_cancelled_run_says_so_and_writes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var result = await Csk.RunAsync(["generate", "--project", _project.Root, "--no-cache"], interactive: false, cancelled.Token);
        Assert.That(result, Is.EqualTo(new CskResult(2, "", "csk: interrupted; nothing was written.\n")));
        Assert.That(_project.Files().Keys, Is.EqualTo(["kit.yaml"]));
    }

    [Test]
    public async Task Fail_on_warning_keeps_a_warning_from_being_written()
    {
        var list = Repository.Read("rules", "watchlists", "copilot-admins.yaml").Replace("alias: CopilotAdmins", "alias: Contoso", StringComparison.Ordinal);
        _project.Write("rules/watchlists/contoso.yaml", list.Replace("UserPrincipalName: copilot.admin@example.com", "UserPrincipalName: \"\"", StringComparison.Ordinal));
        var lenient = await RunAsync("check");
        Assert.That(lenient.Error, Does.Contain(": warning CSK0758: "));
        Assert.That(lenient.Code, Is.Zero);

        var strict = await RunAsync("generate", "--fail-on", "warning");
        Assert.That(strict.Code, Is.EqualTo(1));
        Assert.That(strict.Error, Does.EndWith("Nothing was written. Correct the findings above and run \"csk generate\" again.\n"));
        Assert.That(_project.PathOf("content"), Does.Not.Exist);
    }

    [Test]
    public async Task Colour_is_for_terminals_only()
    {
        _project.Write("kit.yaml", "nane: contoso\n");
        var plain = await RunAsync("list");
        Assert.That(plain.Error, Does.Contain(": error CSK").And.Not.Matches("\e"));
        var terminal = await Csk.RunAsync(["list", "--project", _project.Root], interactive: true, CancellationToken.None);
        Assert.That(terminal.Error, Does.Match("\e\\[31merror CSK"));
        Assert.That(terminal.Out, Does.StartWith("KIND ").And.Not.Matches("\e"));
    }

    [TestCase("NO_COLOR", "1", false)]
    [TestCase("NO_COLOR", "", true)]
    [TestCase("TERM", "dumb", false)]
    public void Colour_can_be_switched_off(string variable, string value, bool interactive)
    {
        string[] names = ["NO_COLOR", "TERM"];
        var before = names.Select(Environment.GetEnvironmentVariable).ToArray();
        try
        {
            Array.ForEach(names, name => Environment.SetEnvironmentVariable(name, null));
            Environment.SetEnvironmentVariable(variable, value);
            Assert.That(CopilotSentinelKit.Cli.Terminal.IsInteractive(redirected: false), Is.EqualTo(interactive));
            Assert.That(CopilotSentinelKit.Cli.Terminal.IsInteractive(redirected: true), Is.False);
        }
        finally
        {
            for (var i = 0; i < names.Length; i++)
            {
                Environment.SetEnvironmentVariable(names[i], before[i]);
            }
        }
    }

    private Task<CskResult> RunAsync(string command, params string[] args) => Csk.RunAsync([command, "--project", _project.Root, .. args]);
}
