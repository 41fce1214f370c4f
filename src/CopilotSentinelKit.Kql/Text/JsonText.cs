using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Writes a value as JSON: two spaces, LF on every operating system, a final line end.</summary>
internal static class JsonText
{
    // Relaxed: the file is read by people, and no HTML page ever embeds it.
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Plain JSON.</summary>
    public static string Write(OutputMap root) => Write(root, arm: false);

    /// <summary>Plain JSON on one line, for a string that holds JSON; no line end.</summary>
    public static string WriteCompact(OutputNode root) => Write(root, arm: false, Compact);

    /// <summary>Plain JSON of any value, indented; no line end.</summary>
    public static string WriteIndented(OutputNode root) => Write(root, arm: false, Options);

    /// <summary>JSON of an ARM template: no string can turn into an expression.</summary>
    public static string WriteTemplate(OutputMap root) => Write(root, arm: true);

    /// <summary>ARM evaluates a string that starts with "[" and ends with "]"; a second "[" in front makes it text again.</summary>
    internal static string EscapeLiteral(string value) => value.StartsWith('[') && value.EndsWith(']') ? "[" + value : value;

    private static string Write(OutputMap root, bool arm) => Write(root, arm, Options) + "\n";

    private static string Write(OutputNode root, bool arm, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            Write(json, root, arm);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, OutputNode node, bool arm)
    {
        switch (node)
        {
            case OutputText { Value: var value }:
                json.WriteStringValue(arm ? EscapeLiteral(value) : value);
                break;
            case ArmExpression { Code: var code } when arm:
                json.WriteStringValue($"[{code}]");
                break;
            case OutputNumber { Value: var number }:
                json.WriteNumberValue(number);
                break;
            case OutputFlag { Value: var flag }:
                json.WriteBooleanValue(flag);
                break;
            case OutputList { Items: var items }:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    Write(json, item, arm);
                }

                json.WriteEndArray();
                break;
            case OutputMap { Entries: var entries }:
                json.WriteStartObject();
                foreach (var (key, value) in entries)
                {
                    json.WritePropertyName(arm ? EscapeLiteral(key) : key);
                    Write(json, value, arm);
                }

                json.WriteEndObject();
                break;
            default:
                throw new ArgumentException($"{node.GetType().Name} has no JSON form here.", nameof(node));
        }
    }
}
