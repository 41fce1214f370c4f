using System.Collections.Immutable;
using System.Text.Json;

namespace CopilotSentinelKit.Kql;

/// <summary>Builds a syntax tree from the host's flat form: ten numbers an element, in source order.</summary>
internal static class SyntaxTreeReader
{
    private const int Width = 10;

    public static SyntaxNode Read(string text, JsonElement tree)
    {
        string[] names = [.. tree.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)];
        ImmutableArray<Column>[] tables = [.. tree.GetProperty("tables").EnumerateArray().Select(ReadColumns)];
        int[] numbers = [.. tree.GetProperty("elements").EnumerateArray().Select(number => number.GetInt32())];
        var position = 0;
        return ReadElement(text, names, tables, numbers, ref position);
    }

    private static SyntaxNode ReadElement(
        string text, string[] names, ImmutableArray<Column>[] tables, int[] numbers, ref int position)
    {
        var element = numbers.AsSpan(position, Width);
        position += Width;
        var (start, length, count) = (element[2], element[3], element[9]);
        var symbol = element[4] < 0 ? null : new SyntaxSymbol(names[element[4]], names[element[5]]);
        var resultType = element[6] < 0 ? null : names[element[6]];
        ImmutableArray<Column>? columns = element[7] < 0 ? null : tables[element[7]];
        var resultName = element[8] < 0 ? null : names[element[8]];
        var (kind, role) = (names[element[0]], names[element[1]]);
        if (count < 0)
        {
            return new(kind, role, start, length, text.Substring(start, length), null, null, []);
        }

        var children = ImmutableArray.CreateBuilder<SyntaxNode>(count);
        for (var i = 0; i < count; i++)
        {
            children.Add(ReadElement(text, names, tables, numbers, ref position));
        }

        return new(kind, role, start, length, null, symbol, resultType, children.MoveToImmutable()) { Columns = columns, ResultName = resultName };
    }

    private static ImmutableArray<Column> ReadColumns(JsonElement columns) =>
        [.. columns.EnumerateArray().Select(part => part.GetString()!).Chunk(2).Select(pair => new Column(pair[0], pair[1]))];
}
