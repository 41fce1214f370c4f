using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>How reports write text.</summary>
internal static class ReportText
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON of two spaces and LF, with a final line end.</summary>
    public static string Json(JsonNode root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            root.WriteTo(writer);
        }

        return Escape(Encoding.UTF8.GetString(buffer.WrittenSpan)) + "\n";
    }

    // In JSON these stand in texts alone. A log that shows the report must not be turned round by it, nor hold the start of a command.
    private static string Escape(string json)
    {
        if (!json.Any(IsUnsafe) && !json.Contains("##", StringComparison.Ordinal))
        {
            return json;
        }

        var text = new StringBuilder(json.Length);
        foreach (var character in json)
        {
            _ = IsUnsafe(character) || (character == '#' && text is { Length: > 0 } && text[^1] == '#')
                ? text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}")
                : text.Append(character);
        }

        return text.ToString();
    }

    private static bool IsUnsafe(char character) => HarmlessText.IsHidden(character) || character is '\u2028' or '\u2029' or (>= '\u007F' and <= '\u009F');

    /// <summary>At most a number of UTF-16 units, whole words with an ellipsis where it is cut.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', length - 1);
        return text[..(space > length / 2 ? space : length - 2)] + "…";
    }

    /// <summary>The 1-based line and column behind the last character of a span.</summary>
    public static (int Line, int Column) End(this SourceSpan span) => span.File.GetPosition(span.Start + span.Length);
}
