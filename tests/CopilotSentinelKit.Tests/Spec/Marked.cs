using System.Text;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Spec;

/// <summary>YAML in which «these» marks, taken out before it is read, show what a finding must underline.</summary>
internal static class Marked
{
    public static IReadOnlyList<Finding> Read(Func<YamlValue, ICollection<Finding>, object?> reader, string yaml)
    {
        var findings = new List<Finding>();
        if (SpecText.Decode("rules/a.yaml", Encoding.UTF8.GetBytes(yaml), findings) is { } file
            && YamlReader.Read(file, findings) is { } root)
        {
            reader(root, findings);
        }

        return findings;
    }

    public static void Verify(Func<YamlValue, ICollection<Finding>, object?> reader, string code, string marked)
    {
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        Assert.That(start >= 0 && end >= start, "the case marks nothing");
        var yaml = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        var findings = Read(reader, yaml);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]), () => Shown(findings));
        var span = findings[0].Span;
        var before = yaml[..start].Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(span.Text, Is.EqualTo(yaml[start..end]));
            Assert.That(span.Position, Is.EqualTo((before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'))));
            Assert.That(findings[0].Message, Does.EndWith(".").Or.EndWith("?"));
        });
    }

    public static void Ok(Func<YamlValue, ICollection<Finding>, object?> reader, string yaml)
    {
        var findings = Read(reader, yaml);
        Assert.That(findings, Is.Empty, () => Shown(findings));
    }

    public static string Shown(IEnumerable<Finding> findings) =>
        string.Join('\n', findings.Select(finding => $"{finding.Span} {finding.Code} {finding.Message}"));
}
