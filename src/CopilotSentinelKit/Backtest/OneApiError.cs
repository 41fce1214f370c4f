using System.Text.Json;

namespace CopilotSentinelKit.Backtest;

/// <summary>An error object as Microsoft's services write it: code, message, and what is inside of it.</summary>
internal static class OneApiError
{
    private const int Deepest = 8;

    /// <summary>The error of an answer's body, whatever else there is; null when the body has none.</summary>
    public static JsonElement? Find(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String ? error : null;

    /// <summary>Its messages from the outside in, each once, after the code.</summary>
    public static string Text(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            return error.GetString()!;
        }

        var parts = new List<string>();
        for (JsonElement? at = error; at is { ValueKind: JsonValueKind.Object } level && parts.Count < Deepest; at = level.TryGetProperty("innererror", out var inner) ? inner : null)
        {
            var message = String(level, "@message") ?? String(level, "message");
            if (message is not null && !parts.Contains(message))
            {
                parts.Add(message.TrimEnd('.', ' '));
            }
        }

        var text = string.Join(": ", parts).ReplaceLineEndings(" ");
        return Code(error) is { } code ? text.Length > 0 ? $"{code}: {text}" : code : text;
    }

    /// <summary>The code, or null.</summary>
    public static string? Code(JsonElement error) => error.ValueKind == JsonValueKind.Object ? String(error, "code") : null;

    /// <summary>Whether it says that another attempt is in vain.</summary>
    public static bool IsPermanent(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("@permanent", out var permanent) && permanent.ValueKind == JsonValueKind.True;

    private static string? String(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
