using CopilotSentinelKit.Tests.Foreign;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class ConvertTests
{
    private const string Details = "customDetails: { Country: Location }\nalertDetailsOverride: { alertDisplayNameFormat: 'Sign-in from {{Location}}' }\n";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task There_and_back_is_the_same_rule()
    {
        var rule = Community.Rule("tactics: [InitialAccess]\n", "relevantTechniques: [T1078.004]\n") + Details;
        _folder.Write("rules/SignInNewCountry.yaml", rule);
        var there = await ConvertAsync("rules", "arm", "arm");
        Assert.That((there.Code, there.Error), Is.EqualTo((0, "")));
        Assert.That(there.Out, Does.Contain("Converted 1 analytics rule.\nNext:\n  - csk check "));
        Assert.That(Only("arm"), Does.Contain("3b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90"));

        var back = await ConvertAsync("arm", "yaml", "yaml");
        Assert.That((back.Code, back.Error), Is.EqualTo((0, "")));
        await ConvertAsync("rules", "yaml", "straight");

        // The form of ARM has neither version nor file name; all else is what a conversion to the same form gives.
        Assert.That(Only("yaml"), Is.EqualTo(Only("straight")));
        Assert.That(Only("yaml"), Does.Contain("- T1078.004").And.Contain("Country: Location").And.Contain("Sign-in from {{Location}}").And.Contain("connectorId: AzureActiveDirectory"));
    }

    [Test]
    public async Task What_the_other_form_has_no_place_for_is_said()
    {
        _folder.Write("rules/rule.yaml", Community.Rule("tactics: [InitialAccess]\n", "relevantTechniques: [T1078]\n") + "metadata: { source: { kind: Community } }\ntags: [Contoso]\n");
        var result = await ConvertAsync("rules", "arm", "made");
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Error, Does.Contain("warning CSK0926: ARM has no place for \"metadata\", \"tags\" of "));
    }

    [Test]
    public async Task What_is_there_stays_and_what_cannot_be_read_is_said()
    {
        _folder.Write("rules/rule.yaml", Community.Rule("tactics: [InitialAccess]\n", "relevantTechniques: [T1078]\n"));
        await ConvertAsync("rules", "arm", "made");
        var path = _folder.Files("made").Keys.Single();
        _folder.Write("made/" + path, "mine");
        var again = await ConvertAsync("rules", "arm", "made");
        Assert.That((again.Code, _folder.Read("made/" + path)), Is.EqualTo((1, "mine")));
        Assert.That(again.Out, Does.Contain("kept  ").And.Contain("it was there before and says something else"));

        _folder.Write("broken/rule.yaml", Community.Rule("tactics: [InitialAccess]\n", "relevantTechniques: [T1078]\n").Replace("severity: ", "severity: Enormous # ", StringComparison.Ordinal));
        var broken = await ConvertAsync("broken", "arm", "other");
        Assert.That((broken.Code, broken.Error.Contains("CSK0922", StringComparison.Ordinal)), Is.EqualTo((1, true)), broken.Error);
        Assert.That(broken.Out, Does.Contain("Converted nothing. Not converted, for what is said above: 1 analytics rule."));
    }

    private string Only(string folder) => _folder.Read($"{folder}/{_folder.Files(folder).Keys.Single()}");

    private Task<CskResult> ConvertAsync(string from, string to, string folder) => Csk.RunAsync("convert", _folder.PathOf(from), "--to", to, "--out", _folder.PathOf(folder));
}
