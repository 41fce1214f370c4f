using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotSentinelKit.Kql;

/// <summary>Syntax trees in JSON: their flat form as one Base64 text. As nested objects they would take ten times the room and time.</summary>
internal sealed class SyntaxTreeJson : JsonConverter<SyntaxNode>
{
    public override SyntaxNode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            using var bytes = new BinaryReader(new MemoryStream(reader.GetBytesFromBase64()), Encoding.UTF8);
            var text = bytes.ReadString();
            var names = ReadList(bytes, () => bytes.ReadString());
            return SyntaxTree.Read(text, names, ReadList(bytes, () => ReadNumbers(bytes)), ReadList(bytes, () => ReadNumbers(bytes)), ReadNumbers(bytes));
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException or IndexOutOfRangeException or ArgumentException)
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

    private static ImmutableArray<T> ReadList<T>(BinaryReader bytes, Func<T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>(bytes.Read7BitEncodedInt());
        for (var i = 0; i < items.Capacity; i++)
        {
            items.Add(read());
        }

        return items.MoveToImmutable();
    }

    private static void WriteList<T>(BinaryWriter bytes, ImmutableArray<T> items, Action<T> write)
    {
        bytes.Write7BitEncodedInt(items.Length);
        foreach (var item in items)
        {
            write(item);
        }
    }

    private static int[] ReadNumbers(BinaryReader bytes)
    {
        var numbers = new int[bytes.Read7BitEncodedInt()];
        for (var i = 0; i < numbers.Length; i++)
        {
            var folded = bytes.Read7BitEncodedInt();
            numbers[i] = (folded >> 1) ^ -(folded & 1);
        }

        return numbers;
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
}
