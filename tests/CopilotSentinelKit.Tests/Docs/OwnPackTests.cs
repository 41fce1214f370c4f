using System.Text.RegularExpressions;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>src/docs/own-pack.md, followed from an empty folder; and the whole sample that it is a part of.</summary>
internal sealed partial class OwnPackTests
{
    private static readonly string Sample = Repository.PathOf("tests", "samples", "entra-signins");

    [Test]
    public async Task It_can_be_followed_from_an_empty_folder()
    {
        using var folder = new TemporaryFolder();
        var commands = 0;
        foreach (Match step in Step().Matches(Documents.Of("own-pack.md")))
        {
            if (step.Groups["path"].Success)
            {
                folder.Write(step.Groups["path"].Value, step.Groups["text"].Value);
            }

            foreach (var call in step.Groups["calls"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                await Clean(call.Split(' ')[1..], folder.Root);
                commands++;
            }
        }

        Assert.That(commands, Is.AtLeast(6));
        Assert.That(folder.Files("content").Keys, Does.Contain("yaml/AnalyticRules/EntraLegacyAuthentication.yaml").And.Contain("arm/Parsers/EntraSignIns.parser.json"));
    }

    [Test]
    public async Task The_whole_sample_is_checked_tested_and_generated_without_a_finding()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in Directory.EnumerateFiles(Sample, "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(Sample, path), File.ReadAllText(path));
        }

        await Clean(["check"], folder.Root);
        var tests = await Clean(["test"], folder.Root);
        Assert.That(int.Parse(Passed().Match(tests.Out).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), Is.AtLeast(90));
        await Clean(["generate"], folder.Root);
        var content = string.Concat(folder.Files("content").Keys.Where(path => !path.EndsWith("kit.lock.json", StringComparison.Ordinal)).Select(path => folder.Read("content/" + path)));
        Assert.That(content, Does.Contain("AzureActiveDirectory").And.Not.Contain("Copilot").And.Not.Contain("copilot"));
    }

    private static async Task<CskResult> Clean(string[] call, string project)
    {
        var result = await Csk.RunAsync([.. call, "--project", project]);
        Assert.That(result.Code, Is.Zero, $"{string.Join(' ', call)}\n{result.Out}{result.Error}");
        Assert.That(result.Error, Does.Not.Contain(": warning").And.Not.Contain(": note"), string.Join(' ', call));
        return result;
    }

    [GeneratedRegex("<!-- from: tests/samples/entra-signins/(?<path>[^ ]+) -->\n```yaml\n(?<text>.*?)^```$|^```bash\n(?<calls>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Step();

    [GeneratedRegex(@"(\d+) tests passed")]
    private static partial Regex Passed();
}
