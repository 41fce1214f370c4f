using System.Text.Json;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>JSON text as a dynamic value.</summary>
public static class DynamicJson
{
    private const int MaxDepth = 512;

    /// <summary>Reads JSON: whole numbers are long, others real. Null when the text is no JSON.</summary>
    public static Value? TryParse(string text)
    {
        try
        {
            using var document = JsonParser.Parse(text, new() { MaxDepth = MaxDepth });
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is for an escape such as \ud800 that is half a character.
            return null;
        }
    }

    /// <summary>A JSON element as a dynamic value.</summary>
    public static Value Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Value.Of(DynamicBag.From(element.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Read(property.Value))))),
        JsonValueKind.Array => Value.Of(new DynamicArray([.. element.EnumerateArray().Select(Read)])),
        JsonValueKind.String => Value.Of(element.GetString()!),
        JsonValueKind.True => Value.Of(true),
        JsonValueKind.False => Value.Of(false),
        JsonValueKind.Number => element.TryGetInt64(out var integer) ? Value.Of(integer) : Value.Of(element.GetDouble()),
        _ => Value.Null,
    };
}
