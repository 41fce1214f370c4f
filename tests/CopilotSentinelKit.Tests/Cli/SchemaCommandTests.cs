
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class SchemaCommandTests
{
    [Test]
    public async Task One_is_printed()
    {
        foreach (var schema in SpecSchema.All.Append(CommunitySchema.Schema))
        {
            Assert.That(await Csk.RunAsync("schema", schema.Name), Is.EqualTo(new CskResult(0, schema.ToText(), "")));
        }
    }

    [Test]
    public async Task All_are_written()
    {
        using var folder = new TemporaryFolder();
        var result = await Csk.RunAsync("schema", "--out", folder.PathOf("rules/schemas"));
        Assert.That(result, Has.Property("Code").Zero.And.Property("Error").Empty);
        Assert.That(folder.Files("rules/schemas").Keys, Is.EquivalentTo(SpecSchema.All.Select(schema => schema.FileName)));
        Assert.That(folder.Read("rules/schemas/hunt.json"), Is.EqualTo(Repository.Read("rules", "schemas", "hunt.json")));
    }

    [TestCase("schema", "Name one of kit, mapping, detection, hunt, watchlist, workbook, panel, summary, automation, test")]
    [TestCase("schema detektion", "Did you mean \"detection\"?")]
    public async Task Wrong_usage_is_answered(string args, string message)
    {
        var result = await Csk.RunAsync(args.Split(' '));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(message));
    }

    [Test]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "x");
        var result = await Csk.RunAsync("schema", "--out", folder.PathOf("file"));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.StartWith("csk: error: The schemas cannot be written: "));
    }
}
