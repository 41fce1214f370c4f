using System.Collections.Immutable;
using System.Xml;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>Findings as JUnit's XML: a test case for each checked file, failed when a finding in it makes the run fail; its other findings are
/// its output.</summary>
internal static class JUnitReporter
{
    public static string Write(FindingReport report)
    {
        var findings = report.All.ToLookup(finding => finding.Span.File.Path, StringComparer.Ordinal);
        var paths = report.Files.Concat(findings.Select(group => group.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var failed = paths.Count(path => findings[path].Any(Fails));
        return JUnitXml.Write(xml =>
        {
            xml.StartSuite("csk", paths.Count, failed, errors: 0);
            foreach (var path in paths)
            {
                WriteCase(xml, report, path, [.. findings[path]]);
            }
        });

        bool Fails(Finding finding) => finding.Suppression is null && finding.Severity >= report.FailOn;
    }

    private static void WriteCase(XmlWriter xml, FindingReport report, string path, ImmutableArray<Finding> findings)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", JUnitXml.Clean(report.FromRoot(path)));
        xml.WriteAttributeString("classname", "csk");
        xml.WriteAttributeString("file", JUnitXml.Clean(report.FromRoot(path)));
        var failing = findings.Where(finding => finding.Suppression is null && finding.Severity >= report.FailOn).ToList();
        if (failing.Count > 0)
        {
            xml.WriteFault("failure", failing[0].Code, failing.Count == 1 ? failing[0].Message : SeverityWords.Count(failing, 0), Texts(failing));
        }

        if (findings.Except(failing).ToList() is { Count: > 0 } others)
        {
            xml.WriteElementString("system-out", JUnitXml.Clean(Texts(others)));
        }

        xml.WriteEndElement();
    }

    private static string Texts(IEnumerable<Finding> findings)
    {
        var reporter = new TextReporter(colour: false);
        return "\n" + string.Concat(findings.Select(reporter.Format));
    }
}
