using System.Globalization;
using CopilotSentinelKit.Emit;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class DeterminismTests
{
    private static readonly string Expected = Everything();

    [TestCase("tr-TR")]
    [TestCase("ar-SA")]
    [TestCase("de-DE")]
    [TestCase("fa-IR")]
    public void The_culture_changes_no_byte(string name)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            Assert.That(Everything(), Is.EqualTo(Expected));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    [TestCase("Pacific/Kiritimati")]
    [TestCase("America/St_Johns")]
    public void The_time_zone_changes_no_byte(string zone)
    {
        var before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            Assert.That(Everything(), Is.EqualTo(Expected));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [Test]
    public void Files_are_in_ordinal_order_and_the_order_of_rules_changes_none()
    {
        var paths = Sample.Emission.Artifacts.Select(artifact => artifact.Path).ToList();
        Assert.That(paths, Is.EqualTo(paths.Order(StringComparer.Ordinal)));
        var other = ContentEmitter.Emit([Sample.Workbook, Sample.Watchlist, Sample.Hunt, Sample.Nrt, Sample.Events, Sample.Messages, Sample.Bare, Sample.Rule], Sample.Both);
        Assert.That(Everything(other), Is.EqualTo(Expected));
    }

    private static string Everything() => Everything(Sample.Emission);

    private static string Everything(Emission emission) =>
        string.Concat(emission.Artifacts.Select(artifact => artifact.Path + "\n" + artifact.Text))
        + OutputPlan.Create(emission, OutputState.Empty("content"), overwrite: false, []).LockText;
}
