using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Golden;

/// <summary>A case per folder: a project, and in expected/ its findings as the text reporter prints them and, when none is an error, its
/// output. What is in pack/ joins or replaces the small shipped pack of <see cref="TestPack"/>.</summary>
internal sealed class GoldenTests
{
    private static readonly string Cases = Repository.PathOf("tests", "CopilotSentinelKit.Tests", "Golden", "Cases");

    [TestCaseSource(nameof(Names))]
    public async Task Project(string name)
    {
        var compilation = await Read(name).CompileAsync();
        var reporter = new TextReporter(colour: false);
        var actual = new Dictionary<string, string> { ["findings.txt"] = string.Concat(compilation.Findings.Select(reporter.Format)) };
        if (!compilation.HasErrors)
        {
            var emission = Compiler.Emit(compilation, []);
            var plan = OutputPlan.Create(emission, OutputState.Empty(compilation.Pack!.Output), overwrite: false, []);
            Assert.That(plan.Findings, Is.Empty);
            actual.Add(compilation.Pack.Output + "/kit.lock.json", plan.LockText);
            foreach (var file in emission.Artifacts)
            {
                actual.Add($"{compilation.Pack.Output}/{file.Path}", file.Text);
            }

            if (DeploymentConfig.Update(null, new(compilation.Pack.Output + "/", [], []), emission.Deployment).Text is { } config)
            {
                actual.Add(DeploymentConfig.FileName, config);
            }
        }

        GoldenFolder.Verify(Path.Combine(Cases, name, "expected"), actual);
    }

    [Test]
    public async Task Parsers_of_a_small_mapping() => GoldenFolder.Verify(
        Repository.PathOf("tests", "CopilotSentinelKit.Tests", "Golden", "Parsers"),
        (await TestPack.Small.WithKit("sources: [CloudAppEvents, Custom]").Ok()).OfType<ParserFunction>().ToImmutableSortedDictionary(parser => parser.Alias + ".kql", parser => parser.Query.Text + "\n"));

    private static IEnumerable<string> Names() => Directory.EnumerateDirectories(Cases).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    private static TestPack Read(string name)
    {
        var folder = Path.Combine(Cases, name);
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("expected/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Aggregate(TestPack.Small, (pack, path) => path.StartsWith("pack/", StringComparison.Ordinal)
                ? pack.With(path["pack/".Length..], Repository.Read(folder, path))
                : pack.Project(path, Repository.Read(folder, path)));
    }
}
