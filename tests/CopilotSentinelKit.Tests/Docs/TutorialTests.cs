using System.Text.RegularExpressions;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>src/docs/tutorial.md, followed from top to bottom: its files are written, its csk commands run. Those of git and dotnet are run by
/// .ci/package.</summary>
internal sealed partial class TutorialTests
{
    private const string Project = "contoso-copilot";

    private static readonly string Text = Documents.Of("tutorial.md");

    [Test]
    public async Task It_can_be_followed()
    {
        using var folder = new TemporaryFolder();
        var shown = new List<string>();
        var commands = 0;
        foreach (var (language, code) in Documents.Blocks(Text))
        {
            if (language == "yaml")
            {
                var path = FileHeading().Match(code).Groups[1].Value;
                Assert.That(path, Is.Not.Empty, code);
                folder.Write($"{Project}/{path}", code);
            }

            foreach (var call in language == "bash" ? code.Split('\n').Where(line => line.StartsWith("csk ", StringComparison.Ordinal)) : [])
            {
                var result = await Csk.RunAsync(Arguments(call, folder));
                Assert.That(result.Code, Is.Zero, $"{call}\n{result.Out}{result.Error}");
                commands++;
                shown.Add($"<!-- output: {call} -->\n```text\n{result.Out}```\n");
            }
        }

        Assert.That(commands, Is.AtLeast(9));
        var outputs = Output().Matches(Text).Select(match => match.Value).ToList();
        Assert.That(outputs, Is.Not.Empty.And.SubsetOf(shown));
        Assert.That(folder.PathOf($"{Project}/content/arm/AnalyticRules/CopilotFromAbroad.rule.json"), Does.Exist);
        Assert.That((await Csk.RunAsync("generate", "--check", "--project", folder.PathOf(Project))).Code, Is.Zero);

        var mistake = Mistake().Match(Text);
        Assert.That(mistake.Success);
        var detection = $"{Project}/rules/detections/copilot-from-abroad.yaml";
        folder.Write(detection, folder.Read(detection).Replace(mistake.Groups[1].Value, mistake.Groups[2].Value, StringComparison.Ordinal));
        var refused = await Csk.RunAsync("generate", "--project", folder.PathOf(Project));
        Assert.That(refused.Code, Is.EqualTo(1));
        Assert.That(refused.Error.Replace(folder.PathOf(Project).Replace('\\', '/') + "/", "", StringComparison.Ordinal), Does.StartWith(mistake.Groups[3].Value));
    }

    // In a shell each runs in the project's folder, which csk init makes.
    private static string[] Arguments(string call, TemporaryFolder folder)
    {
        string[] words = [.. Word().Matches(call).Skip(1).Select(match => match.Value.Trim('"'))];
        return words[0] == "init" ? [.. words.Select((word, at) => at == 1 ? folder.PathOf(word) : word)]
            : [.. words, "--project", folder.PathOf(Project)];
    }

    [GeneratedRegex(@"^# (?:detection|test): (rules/\S+)\n")]
    private static partial Regex FileHeading();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();

    [GeneratedRegex("^<!-- output: .*? -->\n```text\n.*?^```\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Output();

    [GeneratedRegex("^<!-- mistake: (.+) -> (.+) -->\n```text\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Mistake();
}
