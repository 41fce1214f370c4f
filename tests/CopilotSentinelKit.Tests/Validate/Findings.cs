using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Validate;

internal static class Findings
{
    /// <summary>Asserts that content built from the YAML has this one finding, at the marked text, and returns it;
    /// <paramref name="beside"/> is a code that it may have besides.</summary>
    public static Finding Verify(
        string code, string yaml, Func<Yaml, ContentItem> build, KqlAnalysis? analysis = null, string? beside = null)
    {
        var source = new Yaml(yaml);
        var findings = Run(new AnalyzedContent(build(source), analysis)).RemoveAll(finding => finding.Code == beside);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(new[] { code }), string.Join('\n', findings.Select(finding => finding.Message)));
        AssertAt(findings[0], source);
        return findings[0];
    }

    /// <summary>Asserts that content built from the YAML has no finding at all.</summary>
    public static void Ok(string yaml, Func<Yaml, ContentItem> build, KqlAnalysis? analysis = null)
    {
        var findings = Run(new AnalyzedContent(build(new(yaml)), analysis));
        Assert.That(findings.Select(finding => $"{finding.Span} {finding.Code} {finding.Message}"), Is.Empty);
    }

    /// <summary>All findings but those of lints, which have tests of their own: the queries here are as short as can be.</summary>
    public static ImmutableArray<Finding> Run(params ImmutableArray<AnalyzedContent> items) =>
        Validator.Run(items, Sample.Schema).RemoveAll(finding => string.CompareOrdinal(finding.Code, "CSK0411") >= 0 && string.CompareOrdinal(finding.Code, "CSK0439") <= 0);

    public static void AssertAt(Finding finding, Yaml source)
    {
        var marked = source.Marked ?? throw new InvalidOperationException("The YAML of this test marks no text with « and ».");
        Assert.That(finding.Span.Text, Is.EqualTo(marked.Text));
        Assert.That(finding.Span.Position, Is.EqualTo(marked.Position));
    }
}
