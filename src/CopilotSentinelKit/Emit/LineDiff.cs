using System.Collections.Immutable;

namespace CopilotSentinelKit.Emit;

/// <summary>Lines of a text that are gone or new.</summary>
internal static class LineDiff
{
    /// <summary>The fewest lines to take away (- in front) and to add (+), in order; what stays is left out.</summary>
    public static IEnumerable<string> Of(ImmutableArray<string> before, ImmutableArray<string> now)
    {
        // common[i, j]: the most lines that the rests of both, from i and from j, have in common in order.
        var common = new int[before.Length + 1, now.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < before.Length || j < now.Length;)
        {
            if (i < before.Length && j < now.Length && before[i] == now[j])
            {
                i++;
                j++;
            }
            else if (j == now.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                yield return "- " + before[i++];
            }
            else
            {
                yield return "+ " + now[j++];
            }
        }
    }
}
