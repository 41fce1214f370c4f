
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class DeploymentConfigTests
{
    [Test]
    public void Parsers_come_first_in_the_order_given_and_what_cannot_be_deployed_is_excluded() =>
        Assert.That(Config("content/"), Is.EqualTo(
            """
            {
              "prioritizedcontentfiles": [
                "content/arm/Parsers/CopilotEvents.parser.json",
                "content/arm/Parsers/ACopilotMessages.parser.json"
              ],
              "excludecontentfiles": [
                "content/arm/Watchlists/CopilotEntitledUsers.watchlist.json",
                "content/kit.lock.json",
                "content/yaml/Workbooks/CopilotActivity.json"
              ],
              "parameterfilemappings": {}
            }

            """));

    [Test]
    public void An_output_folder_that_is_the_repository_has_no_prefix() =>
        Assert.That(Config(""), Does.Contain("\"arm/Parsers/CopilotEvents.parser.json\"").And.Contain("\"kit.lock.json\""));

    [Test]
    public void There_is_none_without_ARM() =>
        Assert.That(ContentEmitter.Emit(Sample.Items, [OutputFormat.Yaml], "").Artifacts.Select(artifact => artifact.Path), Has.All.StartsWith("yaml/"));

    [Test]
    public void The_next_steps_name_the_files()
    {
        Assert.That(DeploymentConfig.NextStep("content/"), Does.StartWith("Copy content/arm/sentinel-deployment.config to the root of the repository"));
        Assert.That(DeploymentConfig.WatchlistStep("content/"), Does.Contain("content/arm/Watchlists").And.EndWith("--parameters workspace=NAME"));
    }

    private static string Config(string prefix) =>
        ContentEmitter.Emit(Sample.Items, Sample.Both, prefix).Artifacts.Single(artifact => artifact.Path == DeploymentConfig.Path).Text;
}
