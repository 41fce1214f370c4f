using System.Globalization;
using System.Xml;
using CopilotSentinelKit.Findings.Reporters;

namespace CopilotSentinelKit.Testing;

/// <summary>Test results as JUnit's XML: a suite for each detection, hunt or parser, a case for each test and source. A test that could not run
/// is an error, and no case is ever skipped.</summary>
internal static class JUnitTestReporter
{
    public static string Write(TestReport report) => JUnitXml.Write(xml =>
    {
        foreach (var target in report.Ordered.GroupBy(result => result.Target, StringComparer.Ordinal))
        {
            xml.StartSuite(
                target.Key, target.Count(), target.Count(result => result.Outcome == TestOutcome.Failed), target.Count(result => result.Outcome == TestOutcome.NotRunnable));
            foreach (var result in target)
            {
                WriteCase(xml, report, result);
            }

            xml.WriteEndElement();
        }
    });

    private static void WriteCase(XmlWriter xml, TestReport report, TestResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", JUnitXml.Clean(TestReport.NameOf(result)));
        xml.WriteAttributeString("classname", JUnitXml.Clean(result.Target));
        xml.WriteAttributeString("file", JUnitXml.Clean(report.FromRoot(result.Span.File.Path)));
        xml.WriteAttributeString("line", result.Span.Position.Line.ToString(CultureInfo.InvariantCulture));
        if (result.Outcome != TestOutcome.Passed)
        {
            var (element, type) = result.Outcome == TestOutcome.Failed ? ("failure", "failed") : ("error", "not runnable");
            xml.WriteFault(element, type, result.Explanation.FirstOrDefault(""), string.Concat(result.Explanation.Select(line => "\n" + line)) + "\n");
        }

        xml.WriteEndElement();
    }
}
