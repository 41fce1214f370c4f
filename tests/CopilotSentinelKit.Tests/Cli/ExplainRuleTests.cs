using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class ExplainRuleTests
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";
    private const string Id = "copilot-denied-access-burst";

    private TemporaryFolder _project = null!;

    [SetUp]
    public void Create() => _project = new();

    [TearDown]
    public void Remove() => _project.Dispose();

    [Test]
    public async Task Each_value_is_shown_with_the_layer_that_set_it()
    {
        _project.Write("kit.yaml", Kit + $"detections:\n  {Id}: {{ severity: High, schedule: {{ every: 15m }}, parameters: {{ threshold: 9 }} }}\n");
        var result = await Csk.RunAsync("explain-rule", Id, "--project", _project.Root);
        Assert.That((result.Code, result.Error), Is.EqualTo((0, "")));
        var lines = result.Out.Replace(_project.Root.Replace('\\', '/'), "P", StringComparison.Ordinal).Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        var kit = _project.Read("kit.yaml").Split('\n')[3];
        Assert.That(lines[0], Does.StartWith($"{Id}, of the pack copilot, from "));
        Assert.That(lines, Has.One.Matches($"^severity High P/kit.yaml:4:{kit.IndexOf("High", StringComparison.Ordinal) + 1} Medium \\(.*{Id}.yaml:\\d+:11\\)$"));
        Assert.That(lines, Has.One.Matches("^schedule.every 15m P/kit.yaml:4:.* 30m \\(.*\\)$"));
        Assert.That(lines, Has.One.Matches($"^schedule.lookback 1d .*{Id}.yaml:\\d+:\\d+$"));
        Assert.That(lines, Has.One.Matches("^parameters.threshold 9 P/kit.yaml:4:.* 5 \\(.*\\)$"));
        Assert.That(lines, Has.One.Matches("^parameters.key \\[Actor\\] .*yaml:\\d+:\\d+$"));
    }

    [Test]
    public async Task An_environment_is_a_layer_over_what_kit_yaml_says_for_all()
    {
        _project.Write("kit.yaml", Kit + $"detections: {{ {Id}: {{ severity: Low }} }}\nenvironments: {{ production: {{ detections: {{ {Id}: {{ severity: High }} }} }} }}\n");
        var result = await Csk.RunAsync("explain-rule", Id, "--project", _project.Root, "--environment", "production");
        Assert.That(result.Out, Does.Match($@"\nseverity +High +\S+kit\.yaml:4:\d+ +Low \(\S+kit\.yaml:3:\d+\), Medium \(\S+{Id}\.yaml:\d+:\d+\)"));
        Assert.That((await Csk.RunAsync("list", "--resolved", "--project", _project.Root, "--environment", "production")).Out, Does.Match($@"\n{Id} +severity +High +\S+kit\.yaml:4:\d+ +Low \("));
    }

    [Test]
    public async Task A_spec_of_the_project_stands_in_place_of_the_shipped_one()
    {
        _project.Write("kit.yaml", Kit);
        _project.Write($"rules/detections/{Id}.yaml", Repository.Read("rules", "detections", Id + ".yaml").Replace("severity: Medium", "severity: Low", StringComparison.Ordinal).Replace("version:", "override: true\nversion:", StringComparison.Ordinal));
        Assert.That((await Csk.RunAsync("explain-rule", Id, "--project", _project.Root)).Out, Does.Match($@"\nseverity +Low +\S+{Id}\.yaml:\d+:11 +Medium \(\S+{Id}\.yaml:\d+:11\)"));
    }

    [Test]
    public async Task One_that_is_disabled_or_unknown_is_said()
    {
        _project.Write("kit.yaml", Kit + $"detections: {{ {Id}: {{ disable: true }} }}\n");
        Assert.That((await Csk.RunAsync("explain-rule", Id, "--project", _project.Root)).Out, Does.Match($@"\A{Id} is left out: \S+kit\.yaml:3:15 disables it\.\n\z"));
        var unknown = await Csk.RunAsync("explain-rule", "copilot-volum-spike", "--project", _project.Root);
        Assert.That(unknown, Is.EqualTo(new CskResult(2, "", "csk: error: There is no detection or hunt \"copilot-volum-spike\". Did you mean \"copilot-volume-spike\"? \"csk list\" shows them.\n")));
    }

    [Test]
    public async Task The_list_shows_them_all()
    {
        _project.Write("kit.yaml", Kit + $"detections: {{ {Id}: {{ severity: High }} }}\n");
        var result = await Csk.RunAsync("list", "--resolved", "--project", _project.Root);
        Assert.That(result.Out, Does.Match($@"\n{Id} +severity +High +\S+kit\.yaml:3:\d+ +Medium \(").And.Match(@"\ncopilot-rare-host-per-user +kind +hunting +"));
        Assert.That(result.Out, Does.StartWith("ID "));
    }
}
