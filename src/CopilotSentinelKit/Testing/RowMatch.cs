using System.Collections.Immutable;

namespace CopilotSentinelKit.Testing;

/// <summary>Which expected row stands for which actual one: as many pairs as there can be, whatever the order.</summary>
internal static class RowMatch
{
    /// <summary>For each expected row the index of its actual row, or -1.</summary>
    /// <param name="expected">The number of expected rows.</param>
    /// <param name="actual">The number of actual rows.</param>
    /// <param name="fits">Whether an actual row has what an expected one asks for.</param>
    public static ImmutableArray<int> Find(int expected, int actual, Func<int, int, bool> fits)
    {
        var ofActual = Enumerable.Repeat(-1, actual).ToArray();
        var candidates = Enumerable.Range(0, expected)
            .Select(row => Enumerable.Range(0, actual).Where(other => fits(row, other)).ToArray())
            .ToArray();
        for (var row = 0; row < expected; row++)
        {
            Place(row, new bool[actual]);
        }

        var ofExpected = Enumerable.Repeat(-1, expected).ToArray();
        for (var other = 0; other < actual; other++)
        {
            if (ofActual[other] >= 0)
            {
                ofExpected[ofActual[other]] = other;
            }
        }

        return [.. ofExpected];

        // An augmenting path: a row takes a place, and the one that had it looks for another.
        bool Place(int row, bool[] tried)
        {
            foreach (var other in candidates[row])
            {
                if (!tried[other])
                {
                    tried[other] = true;
                    if (ofActual[other] < 0 || Place(ofActual[other], tried))
                    {
                        ofActual[other] = row;
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
