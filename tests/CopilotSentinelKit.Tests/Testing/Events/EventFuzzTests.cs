using System.Diagnostics;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;
using CopilotSentinelKit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CopilotSentinelKit.Tests.Testing.Events;

/// <summary>Whatever stands in a file, reading ends soon and with findings, never with an exception.</summary>
internal sealed class EventFuzzTests
{
    private static readonly string[] Samples =
    [
        """
        {"CreationTime":"2026-05-02T07:00:00","Id":"r1","RecordType":261,"Operation":"CopilotInteraction","UserId":"kim@fabrikam.example","CopilotEventData":{"AppHost":"Loop","Messages":[{"Id":"1","isPrompt":true}]}}
        {"CreationTime":"2026-05-02T07:01:00","Id":"r2","RecordType":261,"Operation":"CopilotInteraction","UserId":"kim@fabrikam.example","CopilotEventData":{"AppHost":"Word"}}
        """,
        """{"value":[{"id":"g1","createdDateTime":"2026-05-02T07:00:00Z","auditLogRecordType":"copilotInteraction","auditData":{"CopilotEventData":{}}}]}""",
        """[{"RecordId":"p1","CreationDate":"2026-05-02T07:00:00Z","AuditData":"{\"Workload\":\"Copilot\",\"s\":\"\\u00e9\"}"}]""",
        "RecordId,CreationDate,Operation,AuditData\r\nr1,2026-05-02T07:00:00Z,x,\"{\"\"Workload\"\":\"\"Copilot\"\"}\"\r\nr2,,y,\"{\"\"n\"\":[1,2]}\"\r\n",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\"\"", "\\", "\\u00", "\\ud800", "\r\n", "\n", "\r", "\0", "\uFEFF", "😀", "\uD800", "null", "1e999", "{}", "[]", ";", "\t", "#", "sep=;", "AuditData", "\"AuditData\":", "\"auditData\":5,",
        "\"value\":[", "\"TimeGenerated\":1,", "é", "//", "-", "9999999999999999999999", "\"RecordType\":\"\",", "\\\"",
    ];

    [Test]
    public void Mutated_files_read_without_exception()
    {
        var clock = Stopwatch.StartNew();
        Prop.ForAll(TextMutations.Of(Samples, Pieces).ToArbitrary(), text =>
        {
            var findings = new List<Finding>();
            var records = EventReader.Read(new SourceFile("e", text), findings);
            foreach (var span in findings.Select(finding => finding.Span).Concat(records.Select(record => record.Span)))
            {
                // Throws where the place is not in the file.
                _ = span.Text;
            }

            return records.All(record => !record.Members.Properties.IsEmpty);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    [TestCase("["), TestCase("{\"a\":"), TestCase("[],"), TestCase("{}\n"), TestCase("\\\""), TestCase("\""), TestCase(","), TestCase("\"\","), TestCase("\n"), TestCase("{\"AuditData\":\"{}\"}"), TestCase("a,b\n"), TestCase("#\n")]
    public void Much_of_one_thing_reads_quickly(string unit)
    {
        var much = string.Concat(Enumerable.Repeat(unit, 400_000 / unit.Length));
        var clock = Stopwatch.StartNew();
        foreach (var text in new[] { much, "[" + much, "[{\"AuditData\":\"" + much, "Id,AuditData\n1," + much, "Id,AuditData\n1,\"{\"\"a\"\":\"\"" + much, "{\"Operation\":\"" + much + "\"}" })
        {
            EventReader.Read(new SourceFile("e", text), []);
        }

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void A_large_export_is_read_in_one_pass()
    {
        var row = "r1,2026-05-02T07:00:00Z,\"{\"\"Operation\"\":\"\"é" + new string('x', 1000) + "\"\"}\"\n";
        var file = new SourceFile("e.csv", "RecordId,CreationDate,AuditData\n" + string.Concat(Enumerable.Repeat(row, 20_000)));
        var clock = Stopwatch.StartNew();
        var records = EventReader.Read(file, []);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
        Assert.That(records, Has.Length.EqualTo(20_000));
        Assert.That(records[^1].Span.Position, Is.EqualTo((20_001, 1)));
    }

    [Test]
    public void A_CSV_and_its_JSON_hold_the_same_records() => Prop.ForAll(Gen.ListOf(Texts()).ToArbitrary(), texts =>
    {
        var records = texts.Select(text => ValueText.Json(Value.Of(DynamicBag.From([KeyValuePair.Create("Operation", Value.Of("x" + text)), KeyValuePair.Create("v" + text, Value.Of(text))])))).ToList();
        var csv = "Nr,AuditData\n" + string.Concat(records.Select((record, i) => FormattableString.Invariant($"{i},\"{record.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n")));
        var json = "[" + string.Join(',', records) + "]";
        var wrapped = string.Concat(records.Select(record => "{\"AuditData\":" + ValueText.Json(Value.Of(record)) + "}\n"));
        return EventFile.Ok(csv).SequenceEqual(records) && EventFile.Ok(json).SequenceEqual(records) && (texts.Count == 0 || EventFile.Ok(wrapped).SequenceEqual(records));
    }).QuickCheckThrowOnFailure();

    private static Gen<string> Texts() => Gen.ListOf(Gen.Elements("a", "\"", "\\", ",", "\n", "\r\n", "é", "😀", "{", "}", " ", "\t", "'", ";")).Select(string.Concat);
}
