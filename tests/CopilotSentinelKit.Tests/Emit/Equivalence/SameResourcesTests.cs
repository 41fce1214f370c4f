using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit.Equivalence;

/// <summary>ARM, Bicep, Terraform and the package of a solution describe the same resources: name, version, kind and every property. What a form cannot say is
/// listed here, and nowhere else may one differ.</summary>
internal sealed class SameResourcesTests
{
    private static readonly string? BicepCompiler = typeof(SameResourcesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "BicepPath")?.Value;

    // In a solution a rule is a template, switched off, which names its connectors and has sub-techniques whatever its kind; a workbook is told where it is when it is installed.
    private static readonly string[] OfSolutions = ["enabled", "status", "subTechniques", "requiredDataConnectors", "eTag", "etag", "sourceId"];

    [Test]
    public async Task Terraform_says_what_the_ARM_files_say()
    {
        var (expected, emission) = await EmitAsync(new OutputFormat("terraform"));
        var found = DeployedResource.OfTerraform(emission.Artifacts.Where(file => file.Path.StartsWith("terraform/", StringComparison.Ordinal)).Select(file => file.Text)).ToList();
        Assert.That(found, Is.EquivalentTo(expected));
        Assert.That(found.Select(resource => resource.Type).Distinct(), Is.EquivalentTo(["savedsearches", "alertrules", "watchlists", "workbooks", "summarylogs", "automationrules"]));
    }

    [Test]
    public async Task A_solution_says_what_the_ARM_files_say_but_for_automation_rules_and_parsers_of_ASIM()
    {
        var (expected, emission) = await EmitAsync(OutputFormat.Solution);
        var package = DeployedResource.OfSolution(emission.Artifacts.Single(file => file.Path.EndsWith("Package/mainTemplate.json", StringComparison.Ordinal)).Text).ToList();
        var deployed = expected.Where(resource => resource.Type != "automationrules" && !resource.Properties.Contains($"\"category\":\"{ArmContent.AsimCategory}\"", StringComparison.Ordinal)).ToList();
        Assert.That(
            package.Select(resource => resource.Without(OfSolutions) with { Name = "" }),
            Is.EquivalentTo(deployed.Select(resource => resource.Without(OfSolutions) with { Name = "" })));

        // Parsers, workbooks and summary rules have names of their own there.
        Assert.That(
            package.Where(resource => Guid.TryParse(resource.Name, out _) && resource.Type != "summarylogs").Select(resource => (resource.Type, resource.Name)),
            Is.SubsetOf(deployed.Select(resource => (resource.Type, resource.Name)).ToHashSet()));
        Assert.That(package.Where(resource => resource.Type == "alertrules").Select(resource => resource.Name), Is.EquivalentTo(deployed.Where(resource => resource.Type == "alertrules").Select(resource => resource.Name)));
    }

    [Test]
    public async Task Both_forms_of_Bicep_say_what_the_ARM_files_say()
    {
        if (BicepCompiler is null)
        {
            Assert.Ignore("The package of Bicep's compiler that the tests restore is for Linux on x64.");
        }

        using var folder = new TemporaryFolder();
        var (expected, emission) = await EmitAsync(new("bicep"), new("bicep-repositories"));
        foreach (var file in emission.Artifacts)
        {
            folder.Write(file.Path, file.Text);
        }

        Assert.That(Run(folder, "build", "bicep/main.bicep"), Is.Empty);
        Assert.That(Run(folder, "lint", "bicep/main.bicep"), Is.Empty);
        Assert.That(Run(folder, "build", "--pattern", folder.PathOf("bicep-repositories/**/*.bicep")), Is.Empty);
        Assert.That(Run(folder, "build-params", "bicep/main.bicepparam", "--outfile", folder.PathOf("parameters.json")), Is.Empty);

        var main = JsonNode.Parse(folder.Read("bicep/main.json"))!;
        Assert.That(
            DeployedResource.OfArm((main["resources"] is JsonObject named ? named.Select(module => module.Value) : main["resources"]!.AsArray()).Select(module => module!["properties"]!["template"]!.ToJsonString())),
            Is.EquivalentTo(expected));

        // Repository connections do not deploy summary rules.
        Assert.That(
            DeployedResource.OfArm(folder.Files("bicep-repositories").Keys.Where(path => path.EndsWith(".json", StringComparison.Ordinal)).Select(path => folder.Read("bicep-repositories/" + path))),
            Is.EquivalentTo(expected.Where(resource => resource.Type != "summarylogs")));
    }

    [Test]
    public async Task The_template_with_everything_says_what_the_ARM_files_say()
    {
        var (expected, emission) = await EmitAsync();
        var whole = emission.Artifacts.Single(file => file.Path == ArmWhole.Path).Text;

        // Settings and parameters of rules are variables there, with the values of the specs.
        Assert.That(DeployedResource.OfArm([whole]), Is.EquivalentTo(expected));
        var resources = JsonNode.Parse(whole)!["resources"]!.AsArray();
        Assert.That(resources.Where(resource => resource!["condition"] is not null).Select(resource => (string)resource!["type"]!), Is.EqualTo(["Microsoft.OperationalInsights/workspaces/summaryLogs"]));
        Assert.That(
            (string)resources.Single(resource => ((string)resource!["type"]!).EndsWith("/automationRules", StringComparison.Ordinal))!["dependsOn"]!.AsArray().Single()!,
            Does.StartWith("[extensionResourceId(").And.Contain("alertRules"));
    }

    private static async Task<(List<DeployedResource> Arm, Emission Emission)> EmitAsync(params OutputFormat[] formats)
    {
        var emission = Compiler.Emit(await DeployedResource.EverythingAsync(), [OutputFormat.Arm, .. formats]);
        Assert.That(emission.Findings.Where(finding => finding.Code != "CSK0979"), Is.Empty);
        return ([.. DeployedResource.OfArm(emission.Artifacts.Where(file => file.Path.StartsWith("arm/", StringComparison.Ordinal) && file.Path != ArmWhole.Path).Select(file => file.Text))], emission);
    }

    private static string Run(TemporaryFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(BicepCompiler!, arguments) { WorkingDirectory = folder.Root, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["SENTINEL_WORKSPACE"] = "sentinel";
        start.Environment["blockUserPlaybook"] = "/subscriptions/x";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return error + output.Result;
    }
}
