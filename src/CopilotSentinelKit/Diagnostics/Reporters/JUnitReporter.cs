using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;

namespace CopilotSentinelKit.Diagnostics.Reporters;

/// <summary>Findings as JUnit's XML: a test case for each checked file, failed when a finding in it makes the run fail; its other findings are
/// its output.</summary>
internal static class JUnitReporter
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };

    public static string Write(FindingReport report)
    {
        var findings = report.All.ToLookup(finding => finding.Span.File.Path, StringComparer.Ordinal);
        var paths = report.Files.Concat(findings.Select(group => group.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var failed = paths.Count(path => findings[path].Any(Fails));
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", "csk");
            foreach (var (name, count) in new[] { ("tests", paths.Count), ("failures", failed), ("errors", 0), ("skipped", 0) })
            {
                xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));
            }

            foreach (var path in paths)
            {
                WriteCase(xml, report, path, [.. findings[path]]);
            }
        }

        return text.Append('\n').ToString();

        bool Fails(Diagnostic finding) => finding.Suppression is null && finding.Severity >= report.FailOn;
    }

    private static void WriteCase(XmlWriter xml, FindingReport report, string path, ImmutableArray<Diagnostic> findings)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Clean(report.FromRoot(path)));
        xml.WriteAttributeString("classname", "csk");
        xml.WriteAttributeString("file", Clean(report.FromRoot(path)));
        var failing = findings.Where(finding => finding.Suppression is null && finding.Severity >= report.FailOn).ToList();
        if (failing.Count > 0)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", failing[0].Code);
            xml.WriteAttributeString("message", Clean(failing.Count == 1 ? failing[0].Message : SeverityWords.Count(failing, 0)));
            xml.WriteString(Texts(failing));
            xml.WriteEndElement();
        }

        if (findings.Except(failing).ToList() is { Count: > 0 } others)
        {
            xml.WriteElementString("system-out", Texts(others));
        }

        xml.WriteEndElement();
    }

    private static string Texts(IEnumerable<Diagnostic> findings)
    {
        var reporter = new TextReporter(colour: false);
        return Clean("\n" + string.Concat(findings.Select(reporter.Format)));
    }

    /// <summary>XML 1.0 has no place for most control characters, not even escaped.</summary>
    private static string Clean(string text) =>
        string.Concat(ReportText.Whole(text).EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));
}
