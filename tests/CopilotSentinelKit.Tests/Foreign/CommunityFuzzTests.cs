using System.Diagnostics;
using System.Text;
using CopilotSentinelKit.Foreign;
using FsCheck;
using FsCheck.Fluent;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Whatever stands in a file of others, reading it ends soon and with findings, never with an exception.</summary>
internal sealed class CommunityFuzzTests
{
    private static readonly string[] Samples =
    [
        Community.Rule(
            "entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: IPAddress\n", "customDetails:\n  User: UserPrincipalName\n",
            "alertDetailsOverride:\n  alertDisplayNameFormat: '{{IPAddress}}'\n", "incidentConfiguration:\n  createIncident: true\n  groupingConfiguration:\n    enabled: true\n    lookbackDuration: PT5H\n",
            "suppressionEnabled: true\nsuppressionDuration: 5h\n", "requiredDataConnectors:\n  - connectorId: A\n    dataTypes: [B]\n"),
        Community.Hunt(), Community.Parser(), Community.Asim(),
    ];

    private static readonly string[] Pieces =
    [
        "\t", "\n", "\r\n", "  ", "- ", "? ", ": ", "[", "]", "{", "}", "{{", "}}", ",", "|\n", ">-\n", "'", "\"", "#", "&a ", "*a", "<<: *a", "!!str ", "---\n", "...\n", "~", "null", "\\", "é", "\u00A0", "\uFEFF",
        "\u2028", "\0", "99999999999999999999d", "P99999999999D", "99:99:99", "true", "id: ", "query: |\n  ", "kind: NRT\n", "entityMappings:\n", "FunctionQuery: ", "let FabrikamEvents = (a:b) {", "datetime({{StartTimeISO}})",
    ];

    [Test]
    public void Mutated_files_read_without_exception()
    {
        var mutations = Gen.Elements(Samples).SelectMany(sample => Gen.Choose(0, sample.Length - 1).SelectMany(place => Gen.Choose(0, 30).SelectMany(cut => Gen.Elements(Pieces).ListOf().Select(
            pieces => sample.Remove(place, Math.Min(cut, sample.Length - place)).Insert(place, string.Concat(pieces))))));
        var clock = Stopwatch.StartNew();
        Prop.ForAll(mutations.ToArbitrary(), text =>
        {
            ContentReader.Read([new("a.yaml", "a.yaml", Encoding.UTF8.GetBytes(text))]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(120)));
    }

    [TestCase("- entityType: IP\n", "entityMappings:\n")]
    [TestCase("a: b\n  ", "customDetails:\n  ")]
    [TestCase("| where a ", "query: T ")]
    [TestCase("let a = (", "FunctionQuery: ")]
    [TestCase("(a:b", "FunctionQuery: let FabrikamEvents = ")]
    [TestCase("datetime( ", "query: ")]
    [TestCase("[", "tactics: ")]
    public void Much_of_one_thing_reads_quickly(string unit, string key)
    {
        var text = "kind: Scheduled\nqueryPeriod: 1h\nFunctionAlias: FabrikamEvents\n" + key + string.Concat(Enumerable.Repeat(unit, 900_000 / unit.Length)) + "\n";
        var clock = Stopwatch.StartNew();
        ContentReader.Read([new("a.yaml", "a.yaml", Encoding.UTF8.GetBytes(text))]);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }
}
