using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Fuzz;

/// <summary>What inputs are made of: what the kit ships, the golden cases of the tests, and in Seeds/ what once was a fault.</summary>
internal static class Seeds
{
    private const int QueriesOfAnInput = 3;
    private const int OneIn = 20;

    private static readonly string Root = FindRoot();
    private static readonly string Goldens = Path.Combine(Root, "tests", "CopilotSentinelKit.Tests", "Golden");

    /// <summary>Projects: a kit.yaml and some specs, by their paths in the project.</summary>
    private static readonly ImmutableArray<ImmutableArray<SpecFile>> Projects =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "tests"), "kit.yaml", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(path => PackFolder.Read(Path.GetDirectoryName(path)!).ToImmutableArray()),
        .. Read(Path.Combine(Root, "rules"), "rules/", ".yaml").Where(file => file.PackPath != "rules/mapping.yaml").Select(file => ImmutableArray.Create(Kit, file)),
    ];

    private static readonly ImmutableArray<SpecFile> Contents =
    [
        .. Read(Goldens, "", ".yaml").Concat(Read(Goldens, "", ".json")).Where(file => file.PackPath.Contains("/expected/", StringComparison.Ordinal) || file.PackPath.StartsWith("Repository/", StringComparison.Ordinal)),
        .. Read(SeedFolder("Content"), "", ""),
    ];

    private static readonly ImmutableArray<SpecFile> EventFiles = [.. Read(Path.Combine(Root, "rules", "events"), "", ""), .. Read(SeedFolder("Events"), "", "")];

    private static readonly ImmutableArray<string> Kql =
    [
        .. Read(Goldens, "", ".kql").Concat(Read(SeedFolder("Kql"), "", ".kql")).Select(file => Encoding.UTF8.GetString(file.Bytes.Span)),
        .. Projects.SelectMany(project => project).Select(file => QueryOf(Encoding.UTF8.GetString(file.Bytes.Span))).OfType<string>().Distinct(StringComparer.Ordinal),
    ];

    private static SpecFile Kit => new("kit.yaml", "kit.yaml", "name: contoso-copilot\npublisher: Contoso\n"u8.ToArray());

    public static SpecFile[] Project(Random random)
    {
        SpecFile[] files = [.. Pick(Projects, random)];
        var changed = random.Next(files.Length);
        var other = Text(Pick(Pick(Projects, random), random));
        files[changed] = With(files[changed], Text(files[changed]) is var text && files[changed].PackPath.EndsWith(".scriban", StringComparison.Ordinal)
            ? Mutation.OfTokens(text, Kql, random)
            : Mutation.OfYaml(text, other, Kql, random), random);
        return files;
    }

    public static SpecFile[] Content(Random random)
    {
        var file = Pick(Contents, random);
        var text = Text(file);
        return [With(file, file.PackPath.EndsWith(".json", StringComparison.Ordinal) ? Mutation.OfTokens(text, Kql, random) : Mutation.OfYaml(text, Text(Pick(Contents, random)), Kql, random), random)];
    }

    public static SpecFile[] Events(Random random)
    {
        var file = Pick(EventFiles, random);
        return [With(file, Mutation.OfTokens(Text(file), Kql, random), random)];
    }

    public static SpecFile[] Queries(Random random) =>
        [.. Enumerable.Range(0, QueriesOfAnInput).Select(i => new SpecFile($"{i}.kql", $"{i}.kql", Encoding.UTF8.GetBytes(Mutation.OfTokens(Pick(Kql, random), Kql, random))))];

    // Now and then the bytes are no UTF-8 any more.
    private static SpecFile With(SpecFile file, string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0 && random.Next(OneIn) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return file with { ShownPath = file.PackPath, Bytes = bytes };
    }

    private static T Pick<T>(ImmutableArray<T> from, Random random) => from[random.Next(from.Length)];

    private static string Text(SpecFile file) => Encoding.UTF8.GetString(file.Bytes.Span);

    private static string SeedFolder(string name) => Path.Combine(Root, "tests", "CopilotSentinelKit.Fuzz", "Seeds", name);

    private static IEnumerable<SpecFile> Read(string folder, string prefix, string extension) =>
        Directory.EnumerateFiles(folder, "*" + extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Name: prefix + Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .Select(file => new SpecFile(file.Name, file.Name, File.ReadAllBytes(file.Path)));

    // The lines below "query: |", which is how specs write it.
    private static string? QueryOf(string spec)
    {
        var start = spec.IndexOf("query: |\n", StringComparison.Ordinal);
        return start < 0 ? null : string.Join('\n', spec[(start + "query: |\n".Length)..].Split('\n').TakeWhile(line => line.Length == 0 || line[0] == ' ').Select(line => line.Trim()));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CopilotSentinelKit.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The inputs are made of a source checkout.");
        }

        return folder.FullName;
    }
}
