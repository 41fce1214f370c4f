using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Tests.Architecture;

internal sealed partial class CodeTests
{
    private const string Kql = "src/CopilotSentinelKit.Kql/";
    private const int LongestFile = 300;

    // The files of the libraries that may touch files, processes, clock or environment.
    // The evaluator's time limit needs a clock; no value depends on it.
    private static readonly string[] Impure =
    [
        Kql + "Evaluate/Budget.cs",
        Kql + "InProcess/InProcessKqlAnalyzer.cs",
        Kql + "Language/ProgramPath.cs",
        Kql + "NodeHost/LanguageHostFiles.cs",
        Kql + "NodeHost/LanguageHostOptions.cs",
        Kql + "NodeHost/LanguageHostProcess.cs",
    ];

    [Test]
    public void No_file_is_long()
    {
        var lines = SourceFiles.CSharp("src/").Concat(SourceFiles.CSharp("tests/"))
            .ToDictionary(path => path, path => SourceFiles.Read(path).TrimEnd('\n').Count(character => character == '\n') + 1);
        Assert.That(lines, Has.Count.GreaterThan(100));
        var product = lines.Where(file => file.Key.StartsWith("src/", StringComparison.Ordinal)).Select(file => file.Value).Order().ToList();
        TestContext.Out.WriteLine($"{product.Count} product files, {product.Sum()} lines; median {product[product.Count / 2]}, 95th percentile {product[product.Count * 95 / 100]}, longest {product[^1]}.");
        Assert.That(lines.Where(file => file.Value > LongestFile).Select(file => $"{file.Key}: {file.Value}"), Is.Empty);
    }

    [Test]
    public void The_namespace_is_the_folder()
    {
        foreach (var path in SourceFiles.CSharp("src/").Concat(SourceFiles.CSharp("tests/")))
        {
            var declared = Namespace().Match(SourceFiles.Read(path)).Groups[1].Value;
            var folder = string.Join('.', path.Split('/')[1..^1]);
            if (declared.Length > 0 && !path.EndsWith("Support/SharedHost.cs", StringComparison.Ordinal))
            {
                Assert.That(declared, Is.EqualTo(folder), path);
            }
        }
    }

    [Test]
    public void Only_the_listed_files_touch_the_machine()
    {
        var touching = SourceFiles.CSharp(Kql).Concat(SourceFiles.CSharp("src/CopilotSentinelKit/")).Where(path => Machine().IsMatch(SourceFiles.Read(path)));
        Assert.That(touching, Is.EquivalentTo(Impure));
    }

    [Test]
    public void Files_are_written_in_one_place()
    {
        string[] writers = ["src/CopilotSentinelKit.Cli/Files/FolderClaim.cs", "src/CopilotSentinelKit.Cli/Files/SafeFile.cs", "src/CopilotSentinelKit.Cli/ReportFile.cs"];
        Assert.That(SourceFiles.CSharp("src/").Where(path => Writing().IsMatch(SourceFiles.Read(path))), Is.EquivalentTo(writers));
    }

    [Test]
    public void Programs_are_started_by_the_path_that_PATH_gives()
    {
        string[] starters = [Kql + "NodeHost/LanguageHostFiles.cs", "src/CopilotSentinelKit.Cli/GitRevision.cs"];
        Assert.That(SourceFiles.CSharp("src/").Where(path => SourceFiles.Read(path).Contains("new ProcessStartInfo(", StringComparison.Ordinal)), Is.EquivalentTo(starters));
        Assert.That(starters.Select(SourceFiles.Read), Has.All.Contains("ProgramPath.Find("));
        Assert.That(starters.Select(SourceFiles.Read), Has.None.Contains("new ProcessStartInfo(\""));
    }

    [Test]
    public void Nothing_is_called_a_drawer() =>
        Assert.That(SourceFiles.CSharp("src/"), Has.None.Match("(Utils?|Helpers?|Common|Manager|Misc)[./]"));

    [GeneratedRegex(@"^namespace ([\w.]+);$", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(?<![\w.])File\.(Write|Append|Create|Copy|OpenWrite)\w*\(|new StreamWriter\([^s]|FileMode\.(Create|OpenOrCreate|Append)")]
    private static partial Regex Writing();

    // Method names too, because a span has a File of its own.
    [GeneratedRegex(@"(?<![\w.])((File|Directory)\.(Exists|Read|Write|Open|Move|Delete|Create|Enumerate|GetFile|GetDirectories|GetCurrent|GetLast|GetCreation|GetAttributes|GetUnix|Set|Copy|Append|Replace)\w*\(|Console\.|Environment\.[A-Z]|Process\.|Path\.(GetFullPath|GetTemp\w*|Exists)\(|new (FileInfo|DirectoryInfo|FileStream|StreamReader|Random)\(|Random\.|Guid\.(NewGuid|CreateVersion7)|DateTime(Offset)?\.(Utc)?(Now|Today)|Stopwatch\.|TimeProvider\.)")]
    private static partial Regex Machine();
}
