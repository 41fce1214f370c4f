using System.Text.Json.Nodes;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Tests.Golden;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Templates;

/// <summary>The repository's templates of queries over values of every sort that they take. To accept new output: UPDATE_GOLDEN=1 dotnet test --filter
/// ShippedTemplate.</summary>
internal sealed class ShippedTemplateTests
{
    [Test]
    public void Each_writes_what_is_stored()
    {
        var folder = Repository.PathOf("tests", "CopilotSentinelKit.Tests", "Templates");
        var values = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "shipped-values.json")))!.AsObject();
        var paths = Directory.EnumerateFiles(Repository.PathOf("templates"), "*.scriban", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        paths.RemoveAll(path => Path.GetRelativePath(Repository.PathOf("templates"), path).Split(Path.DirectorySeparatorChar)[0] is "output" or "site");
        var names = paths.ConvertAll(path => Path.GetRelativePath(Repository.PathOf("templates"), path).Replace('\\', '/'));
        Assert.That(values.Select(entry => entry.Key), Is.EquivalentTo(names));

        var results = TemplateEngine.Render(
            [.. paths.Zip(names, (path, name) => new RenderRequest(File.ReadAllText(path).ReplaceLineEndings("\n"), "Events\n| where A == {{ n | kql }}", ScriptValues.Members(values[name]!.AsObject())))],
            CancellationToken.None);
        Assert.That(results.Select(result => result.Error?.Message), Is.All.Null);
        GoldenFolder.Verify(Path.Combine(folder, "Shipped"), names.Zip(results).ToDictionary(pair => Path.ChangeExtension(pair.First, ".kql"), pair => pair.Second.Text + "\n"));
    }
}
