using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>The nodes of one JSON text, from the reader's tokens.</summary>
/// <param name="text">The text as written.</param>
/// <param name="utf8">The same, as the reader sees it.</param>
/// <param name="place">Gives the place of (offset, length) in the text.</param>
/// <param name="wording">Makes the findings.</param>
/// <param name="findings">Takes what is wrong.</param>
/// <param name="pool">Keeps its short texts.</param>
internal sealed class JsonNodes(string text, byte[] utf8, Func<int, int, SourceSpan> place, JsonWording wording, ICollection<Finding> findings, TextPool pool)
{
    private readonly Utf8Offsets _offsets = new(utf8);

    /// <summary>The value that starts at the reader's token, or null when a limit was passed.</summary>
    public YamlValue? Read(ref Utf8JsonReader reader, int depth)
    {
        var start = Offset(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when depth > JsonReader.MaxDepth:
                findings.Add(wording.TooDeep(place(start, 1), JsonReader.MaxDepth));
                return null;
            case JsonTokenType.StartObject:
                return ReadEntries(ref reader, depth) is { } entries ? new YamlMap(Span(start, reader.BytesConsumed), entries) : null;
            case JsonTokenType.StartArray:
                return ReadItems(ref reader, depth) is { } items ? new YamlList(Span(start, reader.BytesConsumed), items) : null;
            default:
                return ReadScalar(ref reader, start);
        }
    }

    /// <summary>The finding for what the reader stopped at.</summary>
    public Finding Explain(JsonException exception) => wording.Syntax(PlaceOf(exception), Reason(exception.Message));

    // The reader's own words up to the place, which the finding has already: "'x' is invalid after a value. LineNumber: 3 | ...".
    private static string Reason(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).Trim();
    }

    // The character at the byte that it names, counted in its line.
    private SourceSpan PlaceOf(JsonException exception)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            var end = Array.IndexOf(utf8, (byte)'\n', start);
            start = end < 0 ? start : end + 1;
        }

        var offset = Encoding.UTF8.GetCharCount(utf8, 0, (int)Math.Min(utf8.Length, start + (exception.BytePositionInLine ?? 0)));
        return place(Math.Min(offset, text.Length), offset < text.Length && text[offset] is not ('\r' or '\n') ? 1 : 0);
    }

    private ImmutableArray<YamlEntry>? ReadEntries(ref Utf8JsonReader reader, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = ReadScalar(ref reader, Offset(reader.TokenStartIndex));
            reader.Read();
            if (Read(ref reader, depth + 1) is not { } value)
            {
                return null;
            }

            if (indexes.TryGetValue(key.Value, out var first))
            {
                // As JSON readers do, the later one counts.
                findings.Add(wording.DuplicateKey(key.Span, key.Value, entries[first].Key.Span));
                entries[first] = new(key, value);
            }
            else
            {
                indexes.Add(key.Value, entries.Count);
                entries.Add(new(key, value));
            }
        }

        return entries.DrainToImmutable();
    }

    private ImmutableArray<YamlValue>? ReadItems(ref Utf8JsonReader reader, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Read(ref reader, depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items.DrainToImmutable();
    }

    private YamlText ReadScalar(ref Utf8JsonReader reader, int start)
    {
        var quoted = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;

        // Of a key, the reader has consumed the colon too; a string ends with its quote.
        var end = quoted ? Offset(reader.TokenStartIndex + reader.ValueSpan.Length + 2) : Offset(reader.BytesConsumed);
        if (!quoted)
        {
            return new(place(start, end - start), text[start..end], Plain: true, []) { Place = (from, length) => place(start + from, length) };
        }

        var content = JsonString.Read(text, start + 1, end - 1, pool);
        return new(place(start, end - start), content.Value, Plain: false, [])
        {
            Place = (from, length) =>
            {
                var (first, last) = (content.Offset(from), content.Offset(from + length));
                return place(first, last - first);
            },
        };
    }

    private SourceSpan Span(int start, long end) => place(start, Offset(end) - start);

    private int Offset(long at) => _offsets.Of(at);
}
