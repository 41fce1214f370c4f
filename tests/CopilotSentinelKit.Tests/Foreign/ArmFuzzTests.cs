using System.Diagnostics;
using CopilotSentinelKit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Whatever stands in a file, reading ends soon and with findings, never with an exception.</summary>
public class ArmFuzzTests
{
    private static readonly string[] Samples = [Template.Rule, Template.Search, Template.Workbook, Template.Watchlist, Template.Collection];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\\"", "\\u00", "\\uD800", "\\\\", "//", "/*", "*/", "null", "true", "-1", "1e999", "{}", "[]", "\"\"", "\"[\"", "\"[[]\"", "\"[variables('a')]\"",
        "\"type\":", "\"resources\":", "\"properties\":null,", "\"name\": 5,", "\"P99999999999D\"", "\"T1078,,\"", "{TimeRange", "{a:b}", "\\\"items\\\":", "\n", "\r", "\0", "\uFEFF", "😀", "\uD800", "\u00A0",
        "\"copy\":", "\"existing\": true,", "\"mainTemplate\":{\"resources\":[{}]},", "\"serializedData\":", "\"rawContent\":\"\\\"\",", "\"numberOfLinesToSkip\":-3,",
    ];

    [Test]
    public void Mutated_templates_read_without_exception()
    {
        var clock = Stopwatch.StartNew();
        Prop.ForAll(TextMutations.Of(Samples, Pieces).ToArbitrary(), text =>
        {
            var (items, findings) = Template.Read(text);
            foreach (var finding in findings)
            {
                // Throws where the place is not in the file.
                _ = finding.Span.Text;
            }

            return !items.IsDefault;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    [TestCase("[", ""), TestCase("{\"a\":", ""), TestCase("\"\\n", "\""), TestCase("\\u0041", ""), TestCase("/*", ""), TestCase("//\n", "{}"), TestCase("[],", ""), TestCase("\"a\":1,", "}"), TestCase(" ", "x"), TestCase("\\\"", "")]
    public void Much_of_one_thing_reads_quickly(string unit, string end)
    {
        var much = string.Concat(Enumerable.Repeat(unit, 900_000 / unit.Length));
        var clock = Stopwatch.StartNew();
        Template.Read("{ \"$schema\": \"deploymentTemplate.json\", \"resources\": [\"" + much + end);
        Template.Read("{ \"$schema\": \"deploymentTemplate.json\", \"resources\": [" + much + end);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [TestCase("\\\\n| where Actor {TimeRange}", "\"query\\\":\\\"CopilotActivity"), TestCase(",{\\\"type\\\":3,\\\"name\\\":\\\"top\\\",\\\"content\\\":{\\\"query\\\":\\\"T '{X}\\\"}}", "take 10\\\",\\\"queryType\\\":0}}")]
    public void Large_workbooks_read_quickly(string unit, string behind)
    {
        var text = Template.Workbook.Replace(behind, behind + string.Concat(Enumerable.Repeat(unit, 900_000 / unit.Length)), StringComparison.Ordinal);
        Assert.That(text, Has.Length.GreaterThan(800_000));
        var clock = Stopwatch.StartNew();
        Assert.That(Template.Read(text).Items, Has.Length.EqualTo(1));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }
}
