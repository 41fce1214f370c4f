using System.Collections.Immutable;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Emit;

internal sealed class LockFileTests
{
    private static readonly LockEntry Entry = new("Parser", "a", new("2ed6657d-e942-568b-95e1-2665a8aea6a2"), "1.0.0", "h1");

    private static readonly LockFile Lock = new(
        LockFile.Empty.Files.Add("yaml/b.yaml", "h3").Add("arm/a.json", "h2"),
        [Entry with { Id = "b" }, Entry]);

    private const string Text =
        """
        {
          "format": 1,
          "content": [
            {
              "kind": "Parser",
              "id": "a",
              "guid": "2ed6657d-e942-568b-95e1-2665a8aea6a2",
              "version": "1.0.0",
              "hash": "h1"
            },
            {
              "kind": "Parser",
              "id": "b",
              "guid": "2ed6657d-e942-568b-95e1-2665a8aea6a2",
              "version": "1.0.0",
              "hash": "h1"
            }
          ],
          "files": {
            "arm/a.json": "h2",
            "yaml/b.yaml": "h3"
          }
        }

        """;

    [Test]
    public void It_is_sorted() => Assert.That(Lock.ToText(), Is.EqualTo(Text));

    [Test]
    public void It_reads_back()
    {
        var reading = LockFileReader.Read(new("kit.lock.json", Text.Replace("\n", "\r\n")));
        Assert.That(reading.Findings, Is.Empty);
        Assert.That(reading.Lock.ToText(), Is.EqualTo(Text));
    }

    [Test]
    public void What_it_does_not_know_is_passed_over()
    {
        var text = Text.Replace("\"format\": 1,", "\"format\": 1, \"more\": [1],").Replace("\"hash\": \"h1\"\n    },", "\"other\": 1 },");
        var reading = LockFileReader.Read(new("kit.lock.json", text));
        Assert.That(reading.Findings, Is.Empty);
        Assert.That(reading.Lock.Content.Single().Id, Is.EqualTo("b"));
    }

    [TestCase("{\n<<<<<<< HEAD\n}", "2:1", "<<<<<<< HEAD")]
    [TestCase("{\n  \"format\": 1,\n  \"é\": oops\n}", "3:8", "")]
    [TestCase("", "1:1", "")]
    [TestCase("[]", "1:1", "")]
    [TestCase("{\"format\":\"1\",\"files\":{}}", "1:1", "")]
    [TestCase("{\"format\":1}", "1:1", "")]
    public void A_damaged_one_is_an_error_at_its_place(string text, string place, string underlined)
    {
        var reading = LockFileReader.Read(new("kit.lock.json", text));
        Verify(reading.Findings, "CSK0601", FindingSeverity.Error, $"kit.lock.json:{place}", underlined);
        Assert.That(reading.Lock.Files, Is.Empty);
        Assert.That(reading.Findings[0].Message, Does.Contain("version control").And.Contain("--overwrite"));
    }

    [Test]
    public void Half_of_a_character_is_data_like_any_other()
    {
        Assert.That(LockFileReader.Read(new("kit.lock.json", "{\"format\":1,\"files\":{\"a\":\"\\ud800\"}}")).Findings, Is.Empty);
        var reading = LockFileReader.Read(new("kit.lock.json", "{\"format\":1,\"files\":{\"\\ud800\":\"a\"}}"));
        Assert.That(reading.Findings.Select(finding => (finding.Code, $"{finding.Span}")), Is.EqualTo([("CSK0603", "kit.lock.json:1:13")]));
        Assert.That(reading.Lock.Files, Is.Empty);
    }

    [Test]
    public void A_newer_format_is_an_error() =>
        Verify(
            LockFileReader.Read(new("kit.lock.json", Text.Replace("\"format\": 1", "\"format\": 2"))).Findings,
            "CSK0602",
            FindingSeverity.Error,
            "kit.lock.json:2:3",
            "\"format\"");

    [TestCase("../../etc/passwd", "../../etc/passwd")]
    [TestCase("/etc/passwd", "/etc/passwd")]
    [TestCase("arm/../../x", "arm/../../x")]
    [TestCase("C:/x", "C:/x")]
    [TestCase(@"..\\x", @"..\\x")]
    [TestCase("kit.lock.json", "kit.lock.json")]
    public void A_path_that_leaves_the_folder_is_refused(string written, string underlined)
    {
        var text = Text.Replace("yaml/b.yaml", written);
        var reading = LockFileReader.Read(new("kit.lock.json", text));
        Verify(reading.Findings, "CSK0603", FindingSeverity.Warning, "kit.lock.json:21:6", underlined);
        Assert.That(string.Join(' ', reading.Lock.Files.Keys), Is.EqualTo("arm/a.json"));
    }

    [Test]
    public void A_Windows_checkout_has_the_same_hash()
    {
        Assert.That(LockFile.HashOf("a\r\nb\r\n"u8), Is.EqualTo(LockFile.HashOf("a\nb\n")));
        Assert.That(LockFile.HashOf("a\rb\n"u8), Is.Not.EqualTo(LockFile.HashOf("ab\n")));
        Assert.That(LockFile.HashOf("a\n\r\n\r"u8), Is.EqualTo(LockFile.HashOf("a\n\n\r")));
        Assert.That(LockFile.HashOf(""), Is.EqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    [Test]
    public void The_hash_of_content_is_over_everything_but_the_version()
    {
        var hash = ContentEntry.Of(Sample.Rule).Entry.Hash;
        Assert.That(ContentEntry.Of(Sample.Rule with { Version = Sample.At("9.9.9") }).Entry.Hash, Is.EqualTo(hash));
        Assert.That(ContentEntry.Of(Sample.Rule with { Enabled = false }).Entry.Hash, Is.Not.EqualTo(hash));
        Assert.That(ContentEntry.Of(Sample.Rule with { Query = Sample.Query("T") }).Entry.Hash, Is.Not.EqualTo(hash));
        Assert.That(ContentEntry.Of(Sample.Watchlist with { Rows = [] }).Entry.Hash, Is.Not.EqualTo(ContentEntry.Of(Sample.Watchlist).Entry.Hash));
    }

    private static void Verify(ImmutableArray<Finding> findings, string code, FindingSeverity severity, string place, string underlined)
    {
        var finding = findings.Single();
        Assert.That(
            $"{finding.Code} {finding.Severity} {finding.Span} {finding.Span.Text}",
            Is.EqualTo($"{code} {severity} {place} {underlined}"));
    }
}
