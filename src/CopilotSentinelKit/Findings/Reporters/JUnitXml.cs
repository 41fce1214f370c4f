using System.Globalization;
using System.Text;
using System.Xml;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>How reports write JUnit's XML.</summary>
internal static class JUnitXml
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };

    /// <summary>A report.</summary>
    /// <param name="suites">Writes its test suites.</param>
    public static string Write(Action<XmlWriter> suites)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("testsuites");
            suites(xml);
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Starts a test suite.</summary>
    public static void StartSuite(this XmlWriter xml, string name, int tests, int failures, int errors)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(name));
        foreach (var (counted, count) in new[] { ("tests", tests), ("failures", failures), ("errors", errors), ("skipped", 0) })
        {
            xml.WriteAttributeString(counted, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes why a test case did not pass.</summary>
    /// <param name="xml">The writer, inside the case.</param>
    /// <param name="element">failure or error.</param>
    /// <param name="type">What of.</param>
    /// <param name="message">In one line.</param>
    /// <param name="text">All of it.</param>
    public static void WriteFault(this XmlWriter xml, string element, string type, string message, string text)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("message", Clean(message));
        xml.WriteString(Clean(text));
        xml.WriteEndElement();
    }

    /// <summary>XML 1.0 has no place for most control characters, not even escaped.</summary>
    public static string Clean(string text) => HarmlessText.Lines(
        string.Concat(text.Select(character => char.IsSurrogate(character) || XmlConvert.IsXmlChar(character) ? character : '\uFFFD')));
}
