using System.Collections.Immutable;
using System.Text.Json;

namespace CopilotSentinelKit.Kql;

/// <summary>Builds a syntax tree from the host's flat form: eight numbers an element, in source order.</summary>
internal static class SyntaxTreeReader
{
    private const int Width = 8;

    public static SyntaxNode Read(string text, JsonElement tree)
    {
        string[] names = [.. tree.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)];
        int[] numbers = [.. tree.GetProperty("elements").EnumerateArray().Select(number => number.GetInt32())];
        var position = 0;
        return ReadElement(text, names, numbers, ref position);
    }

    private static SyntaxNode ReadElement(string text, string[] names, int[] numbers, ref int position)
    {
        var element = numbers.AsSpan(position, Width);
        position += Width;
        var (start, length, count) = (element[2], element[3], element[7]);
        var symbol = element[4] < 0 ? null : new SyntaxSymbol(names[element[4]], names[element[5]]);
        var resultType = element[6] < 0 ? null : names[element[6]];
        var (kind, role) = (names[element[0]], names[element[1]]);
        if (count < 0)
        {
            return new(kind, role, start, length, text.Substring(start, length), null, null, []);
        }

        var children = ImmutableArray.CreateBuilder<SyntaxNode>(count);
        for (var i = 0; i < count; i++)
        {
            children.Add(ReadElement(text, names, numbers, ref position));
        }

        return new(kind, role, start, length, null, symbol, resultType, children.MoveToImmutable());
    }
}
