using System.Collections.Immutable;
using CopilotSentinelKit.Findings.Policy;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Policy;

/// <summary>A policy over made findings: one of CSK0520, an error, at each "HERE" of a file. «These» marks show what a finding must underline.</summary>
internal static class Judged
{
    public const string Code = "CSK0520";

    public static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly string[] Codes = [Code, "CSK0521", "CSK0121", "CSK0607", "CSK0707"];

    public static JudgedFindings Run(string text, string kit = "", string path = "rules/detections/a.yaml", string code = Code, FindingSeverity severity = FindingSeverity.Error)
    {
        var file = new SourceFile(path, Unmarked(text));
        var kitFile = new SourceFile("kit.yaml", Unmarked(kit));
        var findings = new List<Finding>();
        var rules = kit.Length > 0 ? KitReader.Read(YamlReader.Read(kitFile, findings)!, findings)!.Findings : [];
        Assert.That(findings.Where(finding => finding.Code != "CSK0122"), Is.Empty, "the case is no kit.yaml");
        return Policy(rules, file, kitFile).JudgeRun(Here(file).Select(span => new Finding(code, severity, span, "A message.")));
    }

    public static FindingPolicy Policy(ImmutableArray<FindingRule> rules, SourceFile file, SourceFile kit) =>
        new(rules, [new(file.Path, file) { Id = "an-id" }, new("kit.yaml", kit)], Codes, Today);

    /// <summary>The finding counts, and there is one more, at the mark.</summary>
    public static void Verify(string code, string text, string kit = "")
    {
        var judged = Run(text, kit);
        var marked = text.Contains('«', StringComparison.Ordinal) ? text : kit;
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var before = marked[..start];
        Assert.That(judged.Findings.Select(finding => finding.Code).Where(found => found != Code), Is.EqualTo([code]));
        var found = judged.Findings.Single(finding => finding.Code == code);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(judged.Suppressed, Is.Empty);
            Assert.That(judged.Findings.Count(finding => finding.Code == Code), Is.EqualTo(Here(new("", Unmarked(text))).Count()));
            Assert.That(found.Span.Text, Is.EqualTo(marked[(start + 1)..marked.IndexOf('»', StringComparison.Ordinal)]));
            Assert.That(found.Span.Position, Is.EqualTo((before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'))));
            Assert.That(found.Message, Does.EndWith("."));
        }
    }

    /// <summary>Each finding is suppressed, and nothing else is found.</summary>
    public static ImmutableArray<Finding> Ok(string text, string kit = "", string path = "rules/detections/a.yaml")
    {
        var judged = Run(text, kit, path);
        Assert.That(judged.Findings, Is.Empty, () => Spec.Marked.Shown(judged.Findings));
        Assert.That(judged.Suppressed, Is.Not.Empty);
        return judged.Suppressed;
    }

    private static IEnumerable<SourceSpan> Here(SourceFile file)
    {
        for (var at = file.Text.IndexOf("HERE", StringComparison.Ordinal); at >= 0; at = file.Text.IndexOf("HERE", at + 1, StringComparison.Ordinal))
        {
            yield return new(file, at, 4);
        }
    }

    private static string Unmarked(string text) => text.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
}
