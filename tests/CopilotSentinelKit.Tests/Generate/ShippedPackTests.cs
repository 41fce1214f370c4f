using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

internal sealed class ShippedPackTests
{
    private static readonly string[] Folders = ["rules", "templates"];

    [TestCase("sources: [CopilotActivity]")]
    [TestCase("sources: [CloudAppEvents]")]
    [TestCase("sources: [ManagementActivityApi]")]
    [TestCase("sources: [CopilotActivity, CloudAppEvents, ManagementActivityApi]\nparsers: inline")]
    public async Task Every_choice_of_sources_compiles_without_a_finding(string choice)
    {
        var kit = new SpecFile("kit.yaml", "kit.yaml", Encoding.UTF8.GetBytes($"name: contoso\npublisher: Contoso\n{choice}\n"));
        var compilation = await new Compiler(SharedHost.Analyzer, SharedHost.Engine, SharedHost.Catalog).CompileAsync(Shipped(), [kit], null, CancellationToken.None);
        Assert.That(compilation.Findings.Select(finding => $"{finding.Span.Start} {finding.Message}"), Is.Empty);
        Assert.That(compilation.Items, Is.Not.Empty);
    }

    private static ImmutableArray<SpecFile> Shipped() =>
    [
        .. from folder in Folders
           from path in Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)
           let name = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
           orderby name
           select new SpecFile(name, name, File.ReadAllBytes(path)),
    ];
}
