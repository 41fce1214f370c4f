using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Syntax trees in JSON: their flat form as one Base64 text. As nested objects they would take ten times the room and time.</summary>
internal sealed class SyntaxTreeJson : JsonConverter<SyntaxNode>
{
    public override SyntaxNode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            var bytes = new Cursor(reader.GetBytesFromBase64());
            var text = bytes.ReadText();
            var names = ImmutableArray.CreateBuilder<string>(bytes.ReadCount());
            for (var i = 0; i < names.Capacity; i++)
            {
                names.Add(bytes.ReadText());
            }

            return SyntaxTree.Read(text, names.MoveToImmutable(), ReadLists(ref bytes), ReadLists(ref bytes), bytes.ReadNumbers());
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new JsonException("This is no syntax tree.", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, SyntaxNode value, JsonSerializerOptions options)
    {
        var tree = value.Tree;
        var stream = new MemoryStream();
        using (var bytes = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            bytes.Write(tree.Text);
            WriteList(bytes, tree.Names, bytes.Write);
            WriteList(bytes, tree.SymbolNumbers, numbers => WriteNumbers(bytes, numbers));
            WriteList(bytes, tree.Tables, numbers => WriteNumbers(bytes, numbers));
            WriteNumbers(bytes, tree.Elements);
        }

        writer.WriteBase64StringValue(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static ImmutableArray<int[]> ReadLists(ref Cursor bytes)
    {
        var lists = ImmutableArray.CreateBuilder<int[]>(bytes.ReadCount());
        for (var i = 0; i < lists.Capacity; i++)
        {
            lists.Add(bytes.ReadNumbers());
        }

        return lists.MoveToImmutable();
    }

    private static void WriteList<T>(BinaryWriter bytes, ImmutableArray<T> items, Action<T> write)
    {
        bytes.Write7BitEncodedInt(items.Length);
        foreach (var item in items)
        {
            write(item);
        }
    }

    // Small negative numbers would take five bytes as they are: 0, -1, 1, -2 become 0, 1, 2, 3.
    private static void WriteNumbers(BinaryWriter bytes, int[] numbers)
    {
        bytes.Write7BitEncodedInt(numbers.Length);
        foreach (var number in numbers)
        {
            bytes.Write7BitEncodedInt((number << 1) ^ (number >> 31));
        }
    }

    /// <summary>Reads what BinaryWriter writes; half a million numbers are many for a BinaryReader.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;

        /// <summary>How many of something follow, each of at least a byte.</summary>
        public int ReadCount() => ReadNumber() is var count && count >= 0 && count <= _bytes.Length - _at ? count : throw new FormatException();

        public string ReadText()
        {
            var length = ReadCount();
            var text = Encoding.UTF8.GetString(_bytes.Slice(_at, length));
            _at += length;
            return text;
        }

        public int[] ReadNumbers()
        {
            var numbers = new int[ReadCount()];
            for (var i = 0; i < numbers.Length; i++)
            {
                var folded = ReadNumber();
                numbers[i] = (folded >> 1) ^ -(folded & 1);
            }

            return numbers;
        }

        private int ReadNumber()
        {
            var number = 0;
            for (var shift = 0; shift < 35; shift += 7)
            {
                var part = _bytes[_at++];
                number |= (part & 0x7F) << shift;
                if (part < 0x80)
                {
                    return number;
                }
            }

            throw new FormatException();
        }
    }
}
