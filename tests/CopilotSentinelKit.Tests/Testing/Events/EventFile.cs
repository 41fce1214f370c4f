using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;
using CopilotSentinelKit.Tests.Spec;

namespace CopilotSentinelKit.Tests.Testing.Events;

/// <summary>Files of events in which «these» marks, taken out before they are read, show what a finding must underline.</summary>
internal static class EventFile
{
    /// <summary>The records, as JSON, of a file without a finding.</summary>
    public static ImmutableArray<string> Ok(string text)
    {
        var findings = new List<Finding>();
        var records = EventReader.Read(new SourceFile("events.json", text), findings);
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        return [.. records.Select(record => ValueText.Json(Value.Of(record.Members)))];
    }

    /// <summary>The one finding, which must have the code and be at the mark; and the records that there are all the same.</summary>
    public static (Finding Finding, ImmutableArray<AuditRecord> Records) Verify(string code, string marked)
    {
        var findings = new List<Finding>();
        var records = EventReader.Read(new SourceFile("events.json", Plain(marked)), findings);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]), () => Marked.Shown(findings));
        AssertAt(findings[0], marked);
        return (findings[0], records);
    }

    public static void AssertAt(Finding finding, string marked)
    {
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        Assert.That(start >= 0 && end >= start, "the case marks nothing");
        var before = marked[..start];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Span.Text, Is.EqualTo(Plain(marked)[start..end]));
            Assert.That(finding.Span.Position, Is.EqualTo((before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'))));
            Assert.That(finding.Message, Does.EndWith(".").Or.EndWith("?"));
        }
    }

    public static string Plain(string marked) => marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
}
