using System.Text;
using System.Text.Json;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Strict JSON as programs export it: one value, or several one after another, which covers a value a line. The elements of an array
/// are given one by one, so that a large file is never a tree as a whole.</summary>
internal static class JsonSequence
{
    /// <summary>Reads until the end or to what is no JSON, which is then a finding; false for that.</summary>
    /// <param name="text">The JSON; a byte order mark may come first.</param>
    /// <param name="place">Gives the place of (offset, length) in the text.</param>
    /// <param name="wording">Makes the findings.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="take">Takes each value.</param>
    /// <param name="pool">Keeps the short texts of what is read one after another; null for what stands alone.</param>
    public static bool Read(
        string text, Func<int, int, SourceSpan> place, JsonWording wording, ICollection<Finding> findings, Action<YamlValue> take, TextPool? pool = null)
    {
        var utf8 = Encoding.UTF8.GetBytes(text is ['\uFEFF', ..] ? " " + text[1..] : text);
        var nodes = new JsonNodes(text, utf8, place, wording, findings, pool ?? new());
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = JsonReader.MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                var depth = reader.TokenType == JsonTokenType.StartArray ? 2 : 1;
                while (depth == 1 || (reader.Read() && reader.TokenType != JsonTokenType.EndArray))
                {
                    if (nodes.Read(ref reader, depth) is not { } value)
                    {
                        return false;
                    }

                    take(value);
                    if (depth == 1)
                    {
                        break;
                    }
                }
            }

            return true;
        }
        catch (JsonException exception)
        {
            findings.Add(nodes.Explain(exception));
            return false;
        }
    }
}
