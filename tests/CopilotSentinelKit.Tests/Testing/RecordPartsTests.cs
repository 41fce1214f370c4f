using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Testing;

/// <summary>A file that is read a few records at a time gives what it gives when it is read as a whole.</summary>
internal sealed class RecordPartsTests
{
    private const string One = """{ "Id": "1", "Operation": "A", "Text": "a \" } ] , \\" }""";
    private const string Two = """{ "Id": "2", "Operation": "B", "List": [{ "x": [] }] }""";

    private static readonly string[] Shipped = [.. Directory.EnumerateFiles(Repository.PathOf("rules", "events"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.PathOf("rules", "events"), path)).Order(StringComparer.Ordinal)];

    [TestCaseSource(nameof(Shipped))]
    public void Every_shipped_form_is_read_alike(string path) => Compare(File.ReadAllText(Repository.PathOf("rules", "events", path)));

    [TestCase(One)]
    [TestCase(One + "\n" + Two)]
    [TestCase(One + Two)]
    [TestCase("[" + One + ",\n" + Two + "]")]
    [TestCase("[ ]")]
    [TestCase("{ \"value\": [" + One + "," + Two + "] }")]
    [TestCase("{\n  \"Id\": \"1\",\n  \"Operation\": \"A\"\n}\n{\n  \"Id\": \"2\",\n  \"Operation\": \"B\"\n}\n")]
    [TestCase("AuditData,Other\n\"{\"\"Id\"\": \"\"1\"\",\n\"\"Operation\"\": \"\"A\"\"}\",x\n\"{\"\"Id\"\": \"\"2\"\", \"\"Operation\"\": \"\"B\"\"}\",y\n")]
    [TestCase("#TYPE X\nOther,AuditData\nx,\"{\"\"Id\"\": \"\"1\"\", \"\"Operation\"\": \"\"A\"\"}\"\n")]
    public void Each_form_is_read_alike(string text) => Compare(text);

    [Test]
    public void Lines_are_those_of_the_file()
    {
        Assert.That(Lines(One + "\n\n" + Two + "\r\n" + One), Is.EqualTo([1, 3, 4]));
        Assert.That(Lines("[\n" + One + ",\n" + Two + "\n]"), Is.EqualTo([2, 3]));
        var row = "\"{\"\"Id\"\": \"\"1\"\", \"\"Operation\"\": \"\"A\"\"}\"\n";
        Assert.That(Lines("AuditData\n" + string.Concat(Enumerable.Repeat(row, 450))), Is.EqualTo(Enumerable.Range(2, 450)));
    }

    [Test]
    public void A_line_that_is_cut_off_costs_itself_alone()
    {
        var parts = RecordParts.Read("e", new StringReader(string.Join('\n', One, One[..20], Two, Two))).ToList();
        Assert.That(parts.SelectMany(part => part.Records).Select(record => record.Line), Is.EqualTo([1, 3, 4]));
        Assert.That(parts.SelectMany(part => part.Faults).Select(fault => (fault.Line, fault.Finding.Code)), Is.EqualTo([(2L, "CSK1142")]));
    }

    [Test]
    public void What_has_no_end_is_given_up()
    {
        var part = RecordParts.Read("e", new Endless()).Single();
        Assert.That(part.Faults.Single().Finding.Code, Is.EqualTo("CSK1152"));
    }

    private static IEnumerable<long> Lines(string text) => RecordParts.Read("e", new StringReader(text)).SelectMany(part => part.Records).Select(record => record.Line);

    private static void Compare(string text)
    {
        var findings = new List<Finding>();
        var whole = EventReader.Read(new SourceFile("e", text), findings).Select(record => ValueText.Json(Value.Of(record.Members)));
        var parts = RecordParts.Read("e", new StringReader(text)).ToList();
        Assert.That(parts.SelectMany(part => part.Records).Select(record => ValueText.Json(Value.Of(record.Record.Members))), Is.EqualTo(whole));
        Assert.That(parts.SelectMany(part => part.Faults).Select(fault => fault.Finding.Code), Is.EqualTo(findings.Select(finding => finding.Code)));
    }

    // An object that never ends.
    private sealed class Endless : TextReader
    {
        private bool _started;

        public override int Peek() => _started ? ' ' : '{';

        public override int Read()
        {
            _started = true;
            return '{';
        }
    }
}
