using System.Text.Json;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>Builds a syntax tree from the host's message.</summary>
internal static class SyntaxTreeReader
{
    public static SyntaxNode Read(string text, JsonElement tree) => SyntaxTree.Read(
        text,
        [.. tree.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)],
        [.. tree.GetProperty("symbols").EnumerateArray().Select(Numbers)],
        [.. tree.GetProperty("tables").EnumerateArray().Select(Numbers)],
        Numbers(tree.GetProperty("elements")));

    private static int[] Numbers(JsonElement array)
    {
        var numbers = new int[array.GetArrayLength()];
        var i = 0;
        foreach (var number in array.EnumerateArray())
        {
            numbers[i++] = number.GetInt32();
        }

        return numbers;
    }
}
