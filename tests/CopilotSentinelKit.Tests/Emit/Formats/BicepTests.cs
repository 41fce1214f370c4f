using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit.Formats;

/// <summary>Bicep's own compiler over what is emitted for the whole pack: no warning, and resources that are those of the ARM files.</summary>
internal sealed class BicepTests
{
    private static readonly string? Compiler = typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "BicepPath")?.Value;

    [Test]
    public async Task Both_forms_say_what_the_ARM_files_say()
    {
        if (Compiler is null)
        {
            Assert.Ignore("The package of Bicep's compiler that the tests restore is for Linux on x64.");
        }

        using var folder = new TemporaryFolder();
        var emission = CopilotSentinelKit.Compiler.Emit(await ShippedPack.Compilation, [OutputFormat.Arm, new("bicep"), new("bicep-repositories")]);
        foreach (var file in emission.Artifacts)
        {
            folder.Write(file.Path, file.Text);
        }

        Assert.That(Run(folder, "build", "bicep/main.bicep"), Is.Empty);
        Assert.That(Run(folder, "lint", "bicep/main.bicep"), Is.Empty);
        Assert.That(Run(folder, "build", "--pattern", folder.PathOf("bicep-repositories/**/*.bicep")), Is.Empty);
        Assert.That(Run(folder, "build-params", "bicep/main.bicepparam", "--outfile", folder.PathOf("parameters.json")), Is.Empty);

        var expected = Resources(emission.Artifacts.Where(file => file.Path.StartsWith("arm/", StringComparison.Ordinal) && file.Path.EndsWith(".json", StringComparison.Ordinal) && file.Path != "arm/main.json").Select(file => file.Text));
        var main = JsonNode.Parse(folder.Read("bicep/main.json"))!;
        Assert.That(Resources(Members(main["resources"]!).Select(module => module!["properties"]!["template"]!.ToJsonString())), Is.EqualTo(expected));
        Assert.That(Resources(folder.Files("bicep-repositories").Keys.Where(path => path.EndsWith(".json", StringComparison.Ordinal)).Select(path => folder.Read("bicep-repositories/" + path))), Is.EqualTo(expected));
    }

    // What a resource is called and where it is follows from the form; what it says does not.
    private static SortedSet<string> Resources(IEnumerable<string> templates) => new(
        from template in templates.Select(WithDefaults)
        from resource in Members(template["resources"]!)
        where resource!["existing"] is null
        select $"{resource!["apiVersion"]} {resource["kind"]} {Plain(resource["properties"]!)}",
        StringComparer.Ordinal);

    // An ARM file leaves to a parameter what the Bicep says: the parameter's default.
    private static JsonNode WithDefaults(string text)
    {
        var template = JsonNode.Parse(text)!;
        foreach (var (name, parameter) in template["parameters"]!.AsObject())
        {
            text = parameter!["defaultValue"] is { } value ? text.Replace($"\"[parameters('{name}')]\"", value.ToJsonString(), StringComparison.Ordinal) : text;
        }

        return JsonNode.Parse(text)!;
    }

    private static IEnumerable<JsonNode?> Members(JsonNode resources) => resources is JsonObject members ? members.Select(member => member.Value) : resources.AsArray();

    private static string Plain(JsonNode properties)
    {
        var sorted = new JsonObject(properties.AsObject().OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        sorted.Remove("sourceId");
        return sorted.ToJsonString();
    }

    private static string Run(TemporaryFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Compiler!, arguments) { WorkingDirectory = folder.Root, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["SENTINEL_WORKSPACE"] = "sentinel";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return error + output.Result;
    }
}
