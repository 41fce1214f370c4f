using System.Globalization;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Shipped;

/// <summary>The same input gives the same bytes, wherever, whenever and by whomever it is compiled.</summary>
[NonParallelizable]
internal sealed class DeterminismTests
{
    private static readonly string[] Cultures = ["tr-TR", "ar-SA", "de-DE", "th-TH"];

    private readonly TemporaryFolder _place = new();
    private SortedDictionary<string, string> _expected = [];

    [OneTimeSetUp]
    public async Task Generate()
    {
        await RunAsync("first");
        _expected = _place.Files("first");
        Assert.That(_expected.Keys, Does.Contain("kit.lock.json").And.Contain("sentinel-deployment.config"));
    }

    [OneTimeTearDown]
    public void Remove() => _place.Dispose();

    [TestCaseSource(nameof(Cultures))]
    public async Task In_every_culture(string name)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            Assume.That(1.5.ToString(CultureInfo.CurrentCulture) + DateTime.UnixEpoch.ToString(CultureInfo.CurrentCulture), Is.Not.EqualTo(1.5.ToString(CultureInfo.InvariantCulture) + DateTime.UnixEpoch.ToString(CultureInfo.InvariantCulture)));
            await RunAsync(name);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }

        Assert.That(_place.Files(name), Is.EqualTo(_expected));
    }

    [TestCase("Pacific/Kiritimati")]
    [TestCase("America/St_Johns")]
    public async Task In_every_time_zone(string zone)
    {
        var before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            await RunAsync(zone);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
            TimeZoneInfo.ClearCachedData();
        }

        Assert.That(_place.Files(zone), Is.EqualTo(_expected));
    }

    [Test]
    public async Task In_every_folder_and_from_every_folder()
    {
        var before = Directory.GetCurrentDirectory();
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("ünder way/kit.yaml", "name: contoso-copilot\npublisher: Contoso\n");
        _place.Write("project/kit.yaml", "name: contoso-copilot\npublisher: Contoso\n");
        try
        {
            Directory.SetCurrentDirectory(elsewhere.Root);
            await Csk.GenerateAsync("ünder way");
            Directory.SetCurrentDirectory(_place.Root);
            await Csk.GenerateAsync(_place.PathOf("project"), "--out", "other");
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }

        // Where the output is outside of the project and of any clone, it is the repository.
        Assert.That(elsewhere.Files("ünder way/content"), Is.EqualTo(_place.Files("other").Where(file => file.Key != "sentinel-deployment.config")));
    }

    [Test]
    public async Task From_a_checkout_with_Windows_line_ends()
    {
        foreach (var (folder, ends) in new[] { ("lf", "\n"), ("crlf", "\r\n") })
        {
            foreach (var path in new[] { "rules/detections/copilot-volume-spike.yaml", "rules/mapping.yaml", "templates/detections/baseline.scriban", "templates/parsers/events.scriban", "templates/parsers/elements.scriban" })
            {
                _place.Write($"{folder}/{path}", Repository.Read(path.Split('/')).ReplaceLineEndings(ends)
                    .Replace("id: copilot-volume-spike", "id: contoso-volume-spike", StringComparison.Ordinal)
                    .Replace("name: Copilot volume", "name: Contoso volume", StringComparison.Ordinal));
            }

            _place.Write(folder + "/kit.yaml", $"name: contoso-copilot{ends}publisher: Contoso{ends}");
            await Csk.RunAsync("generate", "--project", _place.PathOf(folder));
        }

        Assert.That(_place.Files("lf/content"), Does.ContainKey("arm/AnalyticRules/ContosoVolumeSpike.rule.json"));
        Assert.That(_place.Files("crlf/content"), Is.EqualTo(_place.Files("lf/content")));
    }

    // The cache keeps only what Kusto.Language, in its own process, says of a text: another text is analysed anew.
    private Task<CskResult> RunAsync(string folder)
    {
        Directory.CreateDirectory(_place.PathOf("empty"));
        return Csk.GenerateAsync(_place.PathOf("empty"), ["--out", _place.PathOf(folder)]);
    }
}
