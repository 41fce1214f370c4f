using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class AlertTests
{
    [Test]
    public void Twenty_one_custom_details()
    {
        Ok("", yaml => Rule(yaml) with { CustomDetails = Many(yaml, 20) });
        Verify("CSK0530", "«K20»", yaml => Rule(yaml) with { CustomDetails = [.. Many(yaml, 20), new(yaml["K20"], yaml.Any("Col"))] });
    }

    [TestCase("1st")]
    [TestCase("_key")]
    [TestCase("two words")]
    [TestCase("TwentyOneCharactersXX")]
    public void A_key_that_sentinel_does_not_take(string key) =>
        Verify("CSK0531", $"«{key}»: Col", yaml => Rule(yaml) with { CustomDetails = Details((yaml[key], yaml["Col"])) });

    [Test]
    public void A_key_of_twenty_characters() =>
        Ok("TwentyCharactersLong: Col", yaml => Rule(yaml) with { CustomDetails = Details((yaml["TwentyCharactersLong"], yaml["Col"])) });

    [Test]
    public void A_key_twice_shows_both_places()
    {
        var finding = Verify("CSK0532", "Key: Col\n«Key»: Col",
            yaml => Rule(yaml) with { CustomDetails = Details((yaml["Key"], yaml["Col"]), (yaml["Key", 2], yaml["Col", 2])) });
        Assert.That(finding.Related.Single().Span.Position, Is.EqualTo((1, 1)));
        Ok("Key: Col\nkEy: Col", yaml => Rule(yaml) with { CustomDetails = Details((yaml["Key"], yaml["Col"]), (yaml["kEy"], yaml["Col", 2])) });
    }

    [Test]
    public void A_detail_column_that_sentinel_does_not_take() =>
        Verify("CSK0529", "Key: «1st»", yaml => Rule(yaml) with { CustomDetails = Details((yaml["Key"], yaml["1st"])) });

    [Test]
    public void A_blank_format() => Verify("CSK0533", "name: «' '»", yaml => PerResult(yaml, Alert with { NameFormat = yaml.At("' '", " ") }));

    [Test]
    public void A_format_that_is_too_long()
    {
        Ok("x", yaml => PerResult(yaml, Alert with { NameFormat = yaml.Any(new string('x', 256)), DescriptionFormat = yaml.Any(new string('x', 5000)) }));
        Verify("CSK0534", "name: «x»", yaml => PerResult(yaml, Alert with { NameFormat = yaml.At("x", new string('x', 257)) }));
        Verify("CSK0534", "text: «y»", yaml => PerResult(yaml, Alert with { DescriptionFormat = yaml.At("y", new string('y', 5001)) }));
    }

    [Test]
    public void Four_placeholders()
    {
        Ok("{{A}} {{B}} {{C}}", yaml => PerResult(yaml, Alert with { NameFormat = yaml["{{A}} {{B}} {{C}}"] }));
        Verify("CSK0535", "{{A}} {{B}} {{C}} «{{D}}»", yaml => PerResult(yaml, Alert with { NameFormat = yaml["{{A}} {{B}} {{C}} {{D}}"] }));
    }

    [TestCase("by {{Upn")]
    [TestCase("by Upn}}")]
    [TestCase("by {{Upn}} {{")]
    [TestCase("by {{{{Upn}}}}")]
    public void Braces_that_do_not_belong_together(string format) =>
        Verify("CSK0536", $"name: «{format}»", yaml => PerResult(yaml, Alert with { NameFormat = yaml.At(format, format) }));

    [TestCase("{{}}")]
    [TestCase("{{  }}")]
    public void A_placeholder_without_a_column(string format) =>
        Verify("CSK0537", $"name: by «{format}»", yaml => PerResult(yaml, Alert with { NameFormat = yaml["by " + format] }), Returns("Upn"));

    [Test]
    public void A_placeholder_with_spaces()
    {
        var finding = Verify("CSK0538", "name: by «{{ Upn }}»", yaml => PerResult(yaml, Alert with { NameFormat = yaml["by {{ Upn }}"] }), Returns("Upn"));
        Assert.That(finding.Message, Does.EndWith("Write {{Upn}}."));
    }

    [Test]
    public void An_unknown_alert_property_names_the_nearest()
    {
        var finding = Verify("CSK0539", "«ConfidenceLvl»: Col",
            yaml => PerResult(yaml, Alert with { DynamicProperties = Details((yaml["ConfidenceLvl"], yaml["Col"])) }));
        Assert.That(finding.Message, Does.Contain("Did you mean \"ConfidenceLevel\"?"));
    }

    [Test]
    public void An_alert_property_twice() => Verify("CSK0540", "AlertLink: A\n«AlertLink»: B", yaml => PerResult(yaml, Alert with
    {
        DynamicProperties = Details((yaml["AlertLink"], yaml["A"]), (yaml["AlertLink", 2], yaml["B"])),
    }));

    [Test]
    public void A_severity_column_that_is_a_number()
    {
        Verify("CSK0541", "severity: «Sev»", yaml => PerResult(yaml, Alert with { SeverityColumn = yaml["Sev"] }), Returns("Sev:long"));
        Ok("severity: Sev", yaml => PerResult(yaml, Alert with { SeverityColumn = yaml["Sev"] }), Returns("Sev:string"));
    }

    [Test]
    public void Placeholders_when_all_rows_share_one_alert()
    {
        var finding = Verify("CSK0542", "name: by «{{Upn}}»", yaml => Rule(yaml) with { AlertDetails = Alert with { NameFormat = yaml["by {{Upn}}"] } });
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Warning));
        Ok("by {{Upn}}", yaml => PerResult(yaml, Alert with { NameFormat = yaml["by {{Upn}}"] }));
        Ok("no placeholder", yaml => Rule(yaml) with { AlertDetails = Alert with { NameFormat = yaml["no placeholder"] } });
    }

    private static AnalyticsRule PerResult(Yaml yaml, AlertDetails alert) =>
        Rule(yaml) with { AlertDetails = alert, EventGrouping = yaml.Any(EventGrouping.AlertPerResult) };

    private static ImmutableArray<CustomDetail> Many(Yaml yaml, int count) =>
        [.. Enumerable.Range(0, count).Select(number => new CustomDetail(yaml.Any($"Key{number}"), yaml.Any("Col")))];
}
