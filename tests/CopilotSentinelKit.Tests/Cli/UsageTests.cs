using System.CommandLine;
using CopilotSentinelKit.Tests.Golden;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class UsageTests
{
    [TestCase("frob", "There is no command \"frob\".", "csk")]
    [TestCase("generat", "There is no command \"generat\". Did you mean \"generate\"?", "csk")]
    [TestCase("generate --overwrit", "There is no option \"--overwrit\". Did you mean \"--overwrite\"?", "csk generate")]
    [TestCase("list all", "\"all\" is one word too many: csk list takes options only.", "csk list")]
    [TestCase("generate --format xml", "--format: \"xml\" is none of yaml, arm, solution, defender, bicep, bicep-repositories, markdown, siem, terraform.", "csk generate")]
    [TestCase("generate --format 1", "--format: \"1\" is none of yaml, arm, solution, defender, bicep, bicep-repositories, markdown, siem, terraform.", "csk generate")]
    [TestCase("generate --format yaml,am", "--format: \"am\" is none of yaml, arm, solution, defender, bicep, bicep-repositories, markdown, siem, terraform. Did you mean \"arm\"?", "csk generate")]
    [TestCase("check --fail-on warnin", "--fail-on: \"warnin\" is none of error, warning, note. Did you mean \"warning\"?", "csk check")]
    [TestCase("check --fail-on 7", "--fail-on: \"7\" is none of error, warning, note.", "csk check")]
    [TestCase("list --project \0", "--project: \" \" is not the path of a folder.", "csk list")]
    [TestCase("generate --out", "Required argument missing for option: '--out'.", "csk generate")]
    [TestCase("generate --format", "Required argument missing for option: '--format'.", "csk generate")]
    public async Task Wrong_usage_is_named_and_answered(string args, string message, string help) =>
        Assert.That(await Csk.RunAsync(args.Split(' ')), Is.EqualTo(new CskResult(
            2, "", $"csk: error: {message}\nRun \"{help} --help\" for what it takes.\n")));

    [Test]
    public async Task No_command_at_all_shows_the_help()
    {
        var result = await Csk.RunAsync();
        Assert.That(result, Is.EqualTo(new CskResult(2, "", (await Csk.RunAsync("--help")).Out)));
    }

    [Test]
    public async Task The_version_names_the_language_host_and_its_libraries()
    {
        var result = await Csk.RunAsync("--version");
        Assert.That((result.Code, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Out, Does.Match(
            @"\Acsk \d+\.\d+\.\d+( \(commit [0-9a-f]{12}\))?\npack: copilot \(\d+ detections, mapping \d+\.\d+\.\d+\)\nlanguage host: (Node\.js|in process) \(Kusto\.Language 12\.4\.1\)\n"
            + @"templates: Scriban 7\.6\.1\nlibraries: Azure\.Identity [0-9.]+, CsvHelper [0-9.]+, Spectre\.Console [0-9.]+, System\.CommandLine [0-9.]+, System\.IO\.Hashing [0-9.]+, YamlDotNet [0-9.]+\nruntime: \.NET 10\.[0-9.]+ on .+\n\z"));
    }

    [Test]
    public async Task Golden_help()
    {
        var texts = new Dictionary<string, string>();
        foreach (var command in new[] { "csk", "init", "new", "import", "convert", "generate", "check", "list", "explain", "schema", "backtest", "discover", "diff", "plan", "explain-rule", "format", "docs" })
        {
            var result = await Csk.RunAsync(command == "csk" ? ["--help"] : [command, "--help"]);
            Assert.That(result, Has.Property("Code").Zero.And.Property("Error").Empty);
            // The parser takes the name of the process for that of the program.
            var text = result.Out.Replace(RootCommand.ExecutableName, "csk", StringComparison.Ordinal);
            texts[command + ".txt"] = string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";
        }

        GoldenFolder.Verify(Repository.PathOf("tests", "CopilotSentinelKit.Tests", "Cli", "Help"), texts);
    }
}
