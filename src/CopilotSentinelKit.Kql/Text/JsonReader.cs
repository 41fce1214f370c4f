using System.Text;
using System.Text.Json;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>JSON to the tree that YAML gives, with the place of every value. Takes what Azure Resource Manager takes beside RFC 8259: comments,
/// trailing commas, and line breaks inside strings. Never throws on bad input: what is wrong is a finding.</summary>
internal static class JsonReader
{
    /// <summary>How deep lists and maps may nest. The deepest real templates, workflows inside solutions, reach about half of it.</summary>
    public const int MaxDepth = 128;

    /// <summary>The file's value, or null when it is no JSON, which is then a finding.</summary>
    public static YamlValue? Read(SourceFile file, JsonWording wording, ICollection<Finding> findings) =>
        Read(file.Text, (start, length) => new(file, start, length), wording, findings);

    /// <summary>The value of a text that stands somewhere in a file.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="place">Gives the place of (offset, length) in the text.</param>
    /// <param name="wording">Makes the findings.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static YamlValue? Read(
        string text, Func<int, int, SourceSpan> place, JsonWording wording, ICollection<Finding> findings)
    {
        var utf8 = Encoding.UTF8.GetBytes(JsonLeniency.Mask(text));
        var nodes = new JsonNodes(text, utf8, place, wording, findings, new());
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = MaxDepth + 1,
        });
        try
        {
            reader.Read();
            var value = nodes.Read(ref reader, 1);
            if (value is not null)
            {
                // Throws where something stands behind the value.
                reader.Read();
            }

            return value;
        }
        catch (JsonException exception)
        {
            findings.Add(nodes.Explain(exception));
            return null;
        }
    }
}
