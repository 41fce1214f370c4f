using System.Text.Json.Nodes;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Tests.Golden;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Contract;

/// <summary>What templates give, whichever host is compiled in.</summary>
internal sealed class TemplateContractTests
{
    private const string FromTheLibrary = "The template is not correct: ";

    [TestCase("filters.txt")]
    [TestCase("tags.txt")]
    [TestCase("mistakes.txt")]
    [TestCase("differences.txt")]
    public async Task Templates(string name)
    {
        var file = new ContractFile("Templates", name);
        file.Verify((await RenderAsync(file)).Select(result => result.Result.Error is { } error ? Show(result.Template, error) : result.Result.Text));
    }

    [Test]
    public async Task Segments()
    {
        var file = new ContractFile("Templates", "segments.txt");
        file.Verify((await RenderAsync(file)).Select(result => string.Join(" | ", result.Result.Segments.Select(segment => Show(result.Template, result.Result.Text, segment)))));
    }

    [Test]
    public async Task Each_shipped_template_writes_the_same_bytes()
    {
        var folder = Repository.PathOf("tests", "CopilotSentinelKit.Tests", "Contract", "Shipped");
        var values = JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(folder)!, "Templates", "shipped.json")))!.AsObject();
        var templates = Directory.EnumerateFiles(Repository.PathOf("templates"), "*.liquid", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var names = templates.ConvertAll(path => Path.GetRelativePath(Repository.PathOf("templates"), path).Replace('\\', '/'));
        Assert.That(values.Select(entry => entry.Key), Is.SupersetOf(names), "Templates/shipped.json has no values for a template.");

        var requests = templates.Zip(names, (path, name) => new RenderRequest(
            File.ReadAllText(path).ReplaceLineEndings("\n"), "Events\n| where A == {{ n | kql }}", values[name]!.AsObject()));
        var results = await SharedHost.Engine.RenderAsync([.. requests], CancellationToken.None);
        Assert.That(results.Select(result => result.Error?.Message), Is.All.Null);
        Assert.That(ContractFile.IsNode || !ContractFile.IsUpdate, "Results are recorded from the Node host.");
        GoldenFolder.Verify(folder, names.Zip(results).ToDictionary(pair => Path.ChangeExtension(pair.First, ".kql"), pair => pair.Second.Text + "\n"));
    }

    private static async Task<IEnumerable<(string Template, RenderResult Result)>> RenderAsync(ContractFile file)
    {
        var values = Repository.Read("tests", "CopilotSentinelKit.Tests", "Contract", "Templates", "values.json");
        var templates = file.Inputs.ToList();
        var results = await SharedHost.Engine.RenderAsync([.. templates.Select(template => new RenderRequest(template, null, JsonNode.Parse(values)!.AsObject()))], CancellationToken.None);
        return templates.Zip(results);
    }

    private static string Show(string template, RenderError error)
    {
        var message = error.Message.StartsWith(FromTheLibrary, StringComparison.Ordinal) ? "" : $": {error.Message}";
        return $"{error.Source} {error.Kind} at {error.Start} «{template.Substring(error.Start, error.Length)}»{message}";
    }

    private static string Show(string template, string text, RenderSegment segment)
    {
        var written = text.Substring(segment.Start, segment.Length);
        return $"{segment.Source}:{segment.SourceStart} " + (segment.Value is { } path
            ? $"{path} \"{written}\" <- \"{template.Substring(segment.SourceStart, segment.SourceLength)}\""
            : $"\"{written}\"");
    }
}
