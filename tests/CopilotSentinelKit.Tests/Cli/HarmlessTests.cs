using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>Names, paths and texts that would speak to a terminal or to the system that runs a build.</summary>
internal sealed class HarmlessTests
{
    private const string Kit = "name: own-pack\npublisher: X\n";

    private static readonly string[] Hostile =
    [
        "x\n::error file=a.yaml::PWNED", "::add-mask::x", "a\e[2J\e]0;pwn\ab", "##[error]pwned", "##vso[task.setvariable variable=a]b", "a\u202Eb", "a\u2066b", "x\r::warning::y", "a\u009B31mb",
    ];

    [TestCaseSource(nameof(Hostile))]
    [Platform(Exclude = "Win", Reason = "Files have no such names there.")]
    public async Task The_name_of_a_file_is_harmless(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Write("kit.yaml", Kit);
        folder.Write($"rules/detections/{name}.yaml", "nonsense: 1\n");
        folder.Write($"loose/{name}.yaml", "name: a\nquery: T |\nid: x\nkind: Scheduled\n");
        foreach (var format in (string[])["text", "json", "sarif", "junit", "github"])
        {
            VerifyHarmless(await Csk.RunAsync("check", "--project", folder.Root, "--format", format), format);
            VerifyHarmless(await Csk.RunAsync("check", folder.PathOf("loose"), "--format", format), format);
        }

        VerifyHarmless(await Csk.RunAsync("test", "--project", folder.Root, folder.PathOf($"rules/detections/{name}.yaml")), "text");
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            File.CreateSymbolicLink(folder.PathOf("rules/" + name), "/etc");
            VerifyHarmless(await Csk.RunAsync("check", "--project", folder.Root), "text");
        }
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task What_a_spec_says_is_harmless(string text)
    {
        using var folder = new TemporaryFolder();
        var quoted = "\"" + string.Concat(text.Select(character => character < ' ' || character > '~' ? $"\\u{(int)character:x4}" : character.ToString())) + "\"";
        folder.Write("kit.yaml", Kit);
        folder.Write("rules/detections/a.yaml", $"id: a-rule\nversion: 1.0.0\nkind: {quoted}\nname: {quoted}\nseverity: {quoted}\n{quoted}: 1\nquery: {quoted}\n");
        foreach (var format in (string[])["text", "json", "sarif", "junit", "github"])
        {
            VerifyHarmless(await Csk.RunAsync("check", "--project", folder.Root, "--format", format), format);
        }
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task What_somebody_typed_is_harmless(string word)
    {
        string[][] lines = [[word], ["check", word], ["check", "--" + word], ["check", "--format", word], ["generate", "--project", word], ["list", "--project", word], ["explain", word], ["new", "detection", word], ["discover", word], ["explain-rule", word], ["backtest", "--workspace", word]];
        foreach (var line in lines)
        {
            VerifyHarmless(await Csk.RunAsync(line), "text");
        }
    }

    [TestCase("plain ü \U0001F600", "plain ü \U0001F600")]
    [TestCase("a\nb\tc", "a b c")]
    [TestCase("\e[31m", " [31m")]
    [TestCase("a\u202Eb\u200Bc", "a\uFFFDb\uFFFDc")]
    [TestCase("##[group]##vso[a]", "#\\#[group]#\\#vso[a]")]
    [TestCase("# [a] ##", "# [a] ##")]
    public void A_line_is_one_line(string text, string line) => Assert.That(HarmlessText.Line(text), Is.EqualTo(line));

    [Test]
    public void Half_a_surrogate_pair_is_shown_as_such() => Assert.That(HarmlessText.Line("\uD83D!\uDE00" + "\U0001F600"), Is.EqualTo("\uFFFD!\uFFFD\U0001F600"));

    // JSON may hold a line end of its own between members, XML and text too: what matters is how a line starts and what is in it.
    private static void VerifyHarmless(CskResult result, string format)
    {
        var all = result.Out + "\n" + result.Error;
        Assert.That(all.Where(character => (char.IsControl(character) && character is not '\n') || HarmlessText.IsHidden(character)), Is.Empty);
        Assert.That(all, Does.Not.Contain("##[").And.Not.Contain("##vso["));
        var commands = all.Split('\n').Where(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal)).ToList();
        Assert.That(commands, format == "github" ? Has.All.Match("^::(error|warning|notice) file=[^:]*,line=[0-9]+,endLine=[0-9]+(,col=[0-9]+,endColumn=[0-9]+)?,title=[^:]*::") : Is.Empty);
    }
}
