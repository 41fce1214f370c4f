using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Tests.Architecture;

internal sealed partial class CodeTests
{
    private const string Library = "src/CopilotSentinelKit/";
    private const string Kql = "src/CopilotSentinelKit.Kql/";
    private const int LongestFile = 300;

    // Every stage may use these, and they each other.
    private static readonly string[] Shared = ["Diagnostics", "Kql"];

    // The stages: each uses those before it, and no other.
    private static readonly string[] Stages = ["Content", "Spec", "Import", "Model", "Generate", "Validate", "Emit", "Evaluate", "Events", "Testing", "Remote"];

    // The two ways to the language services: each uses what every stage uses, and nothing else knows of them.
    private static readonly string[] Hosts = ["NodeHost", "InProcess"];

    // The files below Compiler that may touch files, processes, clock or environment.
    private static readonly string[] Impure =
    [
        Kql + "InProcess/InProcessKqlAnalyzer.cs",
        Kql + "LanguageServices.NodeHost.cs",
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
    public void A_stage_uses_only_those_before_it()
    {
        var folders = SourceFiles.CSharp(Library).Select(path => path[Library.Length..].Split('/')).Where(parts => parts.Length > 1).Select(parts => parts[0]).Distinct();
        Assert.That(folders, Is.EquivalentTo([.. Stages, .. Shared, .. Hosts, "Cache"]));
        foreach (var path in SourceFiles.CSharp(Library).Where(path => path[Library.Length..].Contains('/', StringComparison.Ordinal)))
        {
            var stage = path[Library.Length..].Split('/')[0];
            var allowed = Shared.Concat(Stages.TakeWhile(other => other != stage || !Stages.Contains(stage)).Where(_ => Stages.Contains(stage)));
            var used = Using().Matches(SourceFiles.Read(path)).Select(match => match.Groups[1].Value).Distinct();
            Assert.That(used, Is.SubsetOf(allowed.Append(stage)), path);
        }
    }

    [Test]
    public void Only_the_listed_files_touch_the_machine()
    {
        var touching = SourceFiles.CSharp(Kql).Concat(SourceFiles.CSharp(Library)).Where(path => Machine().IsMatch(SourceFiles.Read(path)));
        Assert.That(touching, Is.EquivalentTo(Impure));
    }

    [Test]
    public void Nothing_is_called_a_drawer() =>
        Assert.That(SourceFiles.CSharp("src/"), Has.None.Match("(Utils?|Helpers?|Common|Manager|Misc)[./]"));

    [GeneratedRegex(@"^namespace ([\w.]+);$", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static |\w+ = )?CopilotSentinelKit\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    // Method names too, because a span has a File of its own.
    [GeneratedRegex(@"(?<![\w.])((File|Directory)\.(Exists|Read|Write|Open|Move|Delete|Create|Enumerate|GetFile|GetDirectories|GetCurrent|GetLast|GetCreation|GetAttributes|GetUnix|Set|Copy|Append|Replace)\w*\(|Console\.|Environment\.[A-Z]|Process\.|Path\.(GetFullPath|GetTemp\w*|Exists)\(|new (FileInfo|DirectoryInfo|FileStream|StreamReader|Random)\(|Random\.|Guid\.(NewGuid|CreateVersion7)|DateTime(Offset)?\.(Utc)?(Now|Today)|Stopwatch\.|TimeProvider\.)")]
    private static partial Regex Machine();
}
