
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Policy;

/// <summary>Comments that suppress findings.</summary>
internal sealed class SuppressionCommentTests
{
    private const string Sound = "csk: ignore CSK0520 until 2027-01-31: Seen.";

    [TestCase("a: HERE # " + Sound, Description = "behind it")]
    [TestCase("# " + Sound + "\na: HERE\n", Description = "above it")]
    [TestCase("x: 1\n\n  # " + Sound + "\n\n  # another comment\n  a: HERE\n", Description = "above it, with blank lines and comments between")]
    [TestCase("# " + Sound + "\r\na: HERE\r\n", Description = "Windows")]
    [TestCase("query: |\n  T\n  | where HERE // " + Sound + "\n", Description = "in KQL")]
    [TestCase("query: |\n  T\n  // " + Sound + "\n  // a comment\n  | where HERE\n", Description = "above it in KQL")]
    [TestCase("a: HERE # csk:ignore CSK0520 until 2026-11-22 : Seen: and accepted.", Description = "on its last day, with other spaces")]
    [TestCase("a: HERE # csk: ignore CSK0520 until 2026-11-22: because", Description = "the last day counts")]
    public void Suppressed(string text) => Judged.Ok(text);

    [Test]
    public void The_finding_says_why()
    {
        var found = Judged.Ok("a: HERE # " + Sound).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Severity, Is.EqualTo(FindingSeverity.Error));
            Assert.That(found.Suppression!.Reason, Is.EqualTo("Seen."));
            Assert.That(found.Suppression.Expires, Is.EqualTo(new DateOnly(2027, 1, 31)));
            Assert.That(found.Suppression.Kind, Is.EqualTo(SuppressionKind.InSource));
            Assert.That(found.Suppression.Place.Text, Is.EqualTo("CSK0520"));
        }
    }

    [TestCase("templates/detections/a.scriban", "T\n| where HERE // " + Sound + "\n")]
    [TestCase("rule.json", "{ \"query\": \"T\\n| where HERE // " + Sound + "\\n| take 1\", \"name\": 1 }")]
    [TestCase("rule.json", "{ \"query\": \"T\\r\\n// " + Sound + "\\r\\n| where HERE\\r\\n| take 1\" }")]
    [TestCase("rule.json", "{\n  \"query\": \"HERE // " + Sound + "\",\n  \"name\": 1\n}")]
    [TestCase("community.yml", "query: T # " + Sound + " \nname: 1 # no\nx: 1")]
    public void Suppressed_in_other_files(string path, string text)
    {
        var here = text.Contains("HERE", StringComparison.Ordinal) ? text : text.Replace("query: T", "query: HERE", StringComparison.Ordinal);
        Judged.Ok(here, path: path);
    }

    [Test]
    public void In_JSON_the_reason_ends_with_the_string() =>
        Assert.That(Judged.Ok("{ \"query\": \"HERE // " + Sound + "\", \"name\": 1 }", path: "rule.json").Single().Suppression!.Reason, Is.EqualTo("Seen."));

    [Test]
    public void In_JSON_another_line_of_the_query_is_not_covered() =>
        Assert.That(Judged.Run("{ \"query\": \"T // " + Sound + "\\n| where HERE\" }", path: "rule.json").Findings.Select(finding => finding.Code), Is.EqualTo(["CSK0520"]),
            "the finding counts, and because it is an error, nothing is said of the comment");

    [Test]
    public void One_comment_can_name_several_codes()
    {
        var judged = Judged.Run("a: HERE # csk: ignore CSK0520, CSK0521 until 2027-01-31: Seen.", severity: FindingSeverity.Warning);
        Assert.That(judged.Suppressed.Select(finding => finding.Code), Is.EqualTo(["CSK0520"]));
        Assert.That(judged.Findings.Select(finding => finding.Span.Text), Is.EqualTo(["CSK0521"]), "the other is unused");
    }

    [TestCase("CSK0701", "a: HERE # «csk: ignroe CSK0520 until 2027-01-31: Seen.»")]
    [TestCase("CSK0701", "a: HERE # «csk: ignore until 2027-01-31: Seen.»")]
    [TestCase("CSK0701", "a: HERE # «csk:»")]
    [TestCase("CSK0702", "a: HERE # csk: ignore «CSK0529» until 2027-01-31: Seen.")]
    [TestCase("CSK0702", "a: HERE # csk: ignore «everything» until 2027-01-31: Seen.")]
    [TestCase("CSK0703", "a: HERE # «csk: ignore CSK0520 until 2027-01-31»")]
    [TestCase("CSK0703", "a: HERE # «csk: ignore CSK0520 until 2027-01-31:»")]
    [TestCase("CSK0704", "a: HERE # «csk: ignore CSK0520: Seen.»")]
    [TestCase("CSK0704", "a: HERE # «csk: ignore CSK0520 until: Seen.»")]
    [TestCase("CSK0705", "a: HERE # csk: ignore CSK0520 until «31.1.2027»: Seen.")]
    [TestCase("CSK0705", "a: HERE # csk: ignore CSK0520 until «2027-02-29»: Seen.")]
    [TestCase("CSK0706", "a: HERE # csk: ignore CSK0520 until «2026-11-21»: Seen.")]
    public void Does_not_count(string code, string text) => Judged.Verify(code, text);

    [Test]
    public void The_nearest_word_and_code_are_named()
    {
        Assert.That(Judged.Run("a: HERE # csk: ignroe CSK0520 until 2027-01-31: Seen.").Findings.Single(finding => finding.Code == "CSK0701").Message, Does.Contain("Did you mean \"ignore\"?"));
        Assert.That(Judged.Run("a: HERE # csk: ignore CSK0523 until 2027-01-31: Seen.").Findings.Single(finding => finding.Code == "CSK0702").Message, Does.Contain("Did you mean \"CSK0520\"?"));
    }

    [TestCase("a: 1 # csk: ignore «CSK0520» until 2027-01-31: Seen.", Description = "nothing is found")]
    [TestCase("# csk: ignore «CSK0520» until 2027-01-31: Seen.\nb: 1\na: 2", Description = "the line below is another")]
    public void Unused(string text) => Judged.Verify("CSK0707", text);

    [Test]
    public void Two_on_one_finding_are_both_used() => Judged.Ok($"# {Sound}\na: HERE # {Sound}");

    [TestCase("# a comment of csk without a colon\na: 1")]
    [TestCase("url: https://csk.example.com/csk:ignore\n")]
    [TestCase("a: \"#csk\"\n")]
    public void No_comment_to_the_kit(string text) => Assert.That(Judged.Run(text).Findings, Is.Empty);

    [Test]
    public void What_cannot_be_read_cannot_be_ignored()
    {
        var judged = Judged.Run("a: HERE # csk: ignore CSK0121 until 2027-01-31: Seen.", code: "CSK0121");
        Assert.That(judged.Suppressed, Is.Empty);
        Assert.That(judged.Findings.Select(finding => finding.Code), Is.EqualTo(["CSK0121", "CSK0708"]));
        Assert.That(judged.Findings[1].Span.Text, Is.EqualTo("CSK0121"));
        Assert.That(judged.Findings[1].Related.Single().Span, Is.EqualTo(judged.Findings[0].Span));
        Assert.That(Judged.Run("a: HERE # csk: ignore CSK0121 until 2027-01-31: Seen.", code: "CSK0121", severity: FindingSeverity.Warning).Suppressed, Has.Length.EqualTo(1), "a warning of a reader can");
    }

    [Test]
    public void Of_the_output_only_the_output_can_say_that_it_is_unused() =>
        Assert.That(Judged.Run("a: 1 # csk: ignore CSK0607 until 2027-01-31: Seen.").Findings, Is.Empty);

    [Test]
    public void Later_findings_are_judged_too()
    {
        var file = new SourceFile("content/kit.lock.json", "HERE");
        var policy = Judged.Policy([new(new("CSK0607", file.All), null, true, [], new Spanned<string>("Seen.", file.All), new Spanned<string>("2027-01-31", file.All))], file, file);
        var judged = policy.Judge([Finding.Warning("CSK0607", file.All, "A message."), Finding.Error("CSK0605", file.All, "A message.")]);
        Assert.That(judged.Suppressed.Select(finding => finding.Code), Is.EqualTo(["CSK0607"]));
        Assert.That(judged.Findings.Select(finding => finding.Code), Is.EqualTo(["CSK0605"]));
    }
}
