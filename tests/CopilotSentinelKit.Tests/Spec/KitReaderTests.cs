
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Spec;

public class KitReaderTests
{
    private static readonly string[] Solution =
    [
        "name: Contoso Copilot",
        "publisherId: contoso",
        "offerId: contoso-copilot-sentinel",
        "description: What it is for.",
        "support: { email: soc@contoso.com }",
        "releases: [{ version: 3.0.0, date: 2026-10-01, changes: Initial release. }]",
    ];

    private const string Head = "name: contoso\npublisher: Contoso\n";

    [TestCase("CSK0121", "«format»: [yaml]")]
    [TestCase("CSK0121", "detections: { a-b-c: { «sevrity»: Low } }")]
    [TestCase("CSK0124", "sources: «CloudAppEvents»")]
    [TestCase("CSK0126", "detections: { «A»: { disable: true } }")]
    [TestCase("CSK0126", "tables: { «A b»: { c: int } }")]
    [TestCase("CSK0126", "formats: [«JSON»]")]
    [TestCase("CSK0126", "output: «nul»")]
    [TestCase("CSK0126", "output: «deploy/Con.x»")]
    [TestCase("CSK0126", "environments: { test: { output: «COM1/x» } }")]
    [TestCase("CSK0127", "parsers: «inlined»")]
    [TestCase("CSK0131", "detections: { a-b-c: { schedule: { every: «1 hour» } } }")]
    [TestCase("CSK0143", "functions: { F: { parameters: { a: { type: timespan, default: «1d) | x» } }, columns: { A: int } } }")]
    [TestCase("CSK0143", "functions: { F: { parameters: { a: { type: dynamic, default: «x» } }, columns: { A: int } } }")]
    [TestCase("CSK0230", "formats: [yaml, «solution»]")]
    public void Finding(string code, string marked) => Marked.Verify(KitReader.Read, code, Head + marked + "\n");

    [TestCase("CSK0126", "name: «Contoso  Copilot»")]
    [TestCase("CSK0126", "name: «Contoso-Copilot»")]
    [TestCase("CSK0126", "publisherId: «Contoso»")]
    [TestCase("CSK0126", "offerId: «contoso-copilot»")]
    [TestCase("CSK0126", "support: { email: «soc» }")]
    [TestCase("CSK0126", "support: { link: «http://contoso.com» }")]
    [TestCase("CSK0127", "domains: [«Copilot»]")]
    [TestCase("CSK0126", "releases: [{ version: «2.0.0», date: 2026-10-01, changes: x }]")]
    [TestCase("CSK0231", "support: «{ name: Contoso SOC }»")]
    [TestCase("CSK0232", "releases: [{ version: 3.0.0, date: 2026-10-01, changes: x }, { version: «3.0.0», date: 2026-10-01, changes: x }]")]
    [TestCase("CSK0232", "releases: [{ version: 3.0.10, date: 2026-10-01, changes: x }, { version: «3.0.9», date: 2026-10-02, changes: x }]")]
    public void Finding_of_a_solution(string code, string marked) => Marked.Verify(KitReader.Read, code, Head + "solution: {" + With(marked) + "}\n");

    [TestCase("releases: [{ version: 3.0.10, date: 2026-10-01, changes: x }, { version: 3.0.9, date: 2026-10-01, changes: x }]")]
    [TestCase("support: { link: https://contoso.com }")]
    public void A_sound_solution(string entry) => Marked.Ok(KitReader.Read, Head + "formats: [solution]\nsolution: {" + With(entry) + "}\n");

    // A solution of one line with another value for a key.
    private static string With(string entry) => string.Join(", ", Solution.Where(usual => usual.Split(':')[0] != entry.Split(':')[0]).Append(entry));

    [TestCase("csk: «99.0.0»\nof-tomorrow: 1")]
    [TestCase("of-tomorrow: 1\ncsk: «99.0.0»")]
    public void That_it_is_for_a_newer_csk_is_all_there_is_to_say(string marked) => Marked.Verify(KitReader.Read, "CSK0154", Head + marked + "\n");

    [TestCase("csk: 0.1.0"), TestCase("detections: { a-b-c: { schedule: { lookback: 1d } } }"), TestCase("formats: [arm]"), TestCase("output: console/auxiliary.nul-1")]
    public void No_finding(string yaml) => Marked.Ok(KitReader.Read, Head + yaml + "\n");

    [Test]
    public void All_values_are_read()
    {
        var findings = new List<Finding>();
        var kit = KitReader.Read(YamlReader.Read(new("kit.yaml", Samples.Kit), findings)!, findings)!;
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        var layer = kit.Detections.Single();
        var function = kit.Functions.Single().Value;
        Assert.Multiple(() =>
        {
            Assert.That(kit.Sources?.Select(source => source.Value), Is.EqualTo(["CopilotActivity", "CloudAppEvents"]));
            Assert.That(kit.Formats?.Select(format => format.Value), Is.EqualTo([OutputFormat.Yaml, OutputFormat.Arm]));
            Assert.That(kit.Parsers, Is.EqualTo(ParserPlacement.Inline));
            Assert.That(kit.Solution?.Id, Is.EqualTo("contoso.contoso-copilot-sentinel"));
            Assert.That(kit.Solution?.Support, Is.EqualTo(new SolutionSupport("Contoso SOC", "soc@contoso.com", "https://contoso.com/support", "Community")));
            Assert.That(kit.Solution?.Releases, Is.EqualTo([new SolutionRelease("3.0.1", "2026-11-28", "More agents."), new SolutionRelease("3.0.0", "2026-10-01", "Initial release.")]));
            Assert.That((kit.Solution?.Domains.Single(), kit.Solution?.Verticals.Single(), kit.Solution?.Logo), Is.EqualTo(("Compliance", "Finance", "Contoso.svg")));
            Assert.That(layer.Severity?.Value, Is.EqualTo(AlertSeverity.Medium));
            Assert.That(layer.Schedule?.Every?.Value, Is.EqualTo(TimeSpan.FromMinutes(30)));
            Assert.That(layer.Schedule?.Lookback, Is.Null);
            Assert.That(layer.Parameters.Select(parameter => parameter.Name.Value), Is.EqualTo(["minAttempts", "hosts"]));
            Assert.That(kit.Tables.Single().Value.Columns, Has.Length.EqualTo(2));
            Assert.That(function.Parameters.Select(parameter => parameter.Default), Is.EqualTo(["1d", "\"a\\\"b\"", "datetime(null)"]));
            Assert.That(kit.Watchlists.Single().Value.Alias, Is.EqualTo("VipUsers"));
        });
    }
}
