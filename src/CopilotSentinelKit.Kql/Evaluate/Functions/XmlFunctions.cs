using System.Xml;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>parse_xml(): elements as properties, attributes with @ before their names, text beside them as #text, equal names as an array.</summary>
internal static class XmlFunctions
{
    private const int LongestText = 1048576;

    // Nothing is read from elsewhere, and nothing is expanded.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    public static IEnumerable<ScalarFunction> All => [Unary("parse_xml(text)", KqlType.String, KqlType.Dynamic, text => Parse(text.Text))];

    private static Value Parse(string text)
    {
        if (text.Length > LongestText)
        {
            return Value.Null;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return reader.MoveToContent() == XmlNodeType.Element ? Value.Of(DynamicBag.From([KeyValuePair.Create(reader.Name, Element(reader))])) : Value.Null;
        }
        catch (XmlException)
        {
            return Value.Null;
        }
    }

    /// <summary>The value of the element that the reader stands at, which is read to its end.</summary>
    private static Value Element(XmlReader reader)
    {
        var properties = new List<KeyValuePair<string, Value>>();
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            properties.Add(KeyValuePair.Create("@" + reader.Name, Scalar(reader.Value)));
        }

        var text = "";
        while (!isEmpty && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                properties.Add(KeyValuePair.Create(reader.Name, Element(reader)));
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                text += reader.Value;
            }
        }

        text = text.Trim();
        if (properties.Count == 0)
        {
            return text.Length == 0 ? Value.Null : Scalar(text);
        }

        var own = text.Length == 0 ? [] : new[] { KeyValuePair.Create("#text", Scalar(text)) };
        return Value.Of(DynamicBag.From(properties.Concat(own).GroupBy(property => property.Key, StringComparer.Ordinal).Select(group => KeyValuePair.Create(
            group.Key,
            group.Count() == 1 ? group.First().Value : ArrayFunctions.Of(group.Select(property => property.Value))))));
    }

    // The documented example has numbers; one that would be written otherwise stays a text.
    private static Value Scalar(string text) =>
        text.Length > 0 && text[0] is '-' or (>= '0' and <= '9') && DynamicJson.TryParse(text) is { Kind: ValueKind.Long or ValueKind.Real } number && ValueText.Of(number) == text
            ? number
            : Value.Of(text);
}
