using System.Buffers;
using System.Text.Json;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>A question to the language host.</summary>
/// <param name="Method">schema or analyze.</param>
/// <param name="WriteParameters">Writes its parameters as one JSON value.</param>
/// <param name="Subject">What it is about, to tell a person when there is no answer; may be empty.</param>
internal sealed record HostRequest(string Method, Action<Utf8JsonWriter> WriteParameters, string Subject = "");

/// <summary>Its answer: a result, or an error that the host survived.</summary>
internal sealed record HostReply(JsonElement Result, string? Error);

/// <summary>The wire format: one JSON object a line.</summary>
internal static class LanguageHostMessages
{
    public static void Write(ArrayBufferWriter<byte> output, long id, HostRequest request)
    {
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", id);
            writer.WriteString("method", request.Method);
            writer.WritePropertyName("params");
            request.WriteParameters(writer);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Reads a line; null when it is no reply to that request. The greeting is the reply to request 0.</summary>
    public static HostReply? Read(in ReadOnlySequence<byte> line, long id)
    {
        JsonElement root;
        try
        {
            // Kusto.Language speaks of single UTF-16 units where it does not know a character.
            root = JsonParser.Parse(line.ToArray()).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("error", out var error))
        {
            return new(default, error.ToString());
        }

        var (isFor, property) = id == 0
            ? (true, "hello")
            : (root.TryGetProperty("id", out var number) && number.ValueKind == JsonValueKind.Number && number.GetInt64() == id, "result");
        return isFor && root.TryGetProperty(property, out var result) ? new(result, null) : null;
    }
}
