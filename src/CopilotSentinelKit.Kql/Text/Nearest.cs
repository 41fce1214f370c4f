namespace CopilotSentinelKit.Kql.Text;

/// <summary>"Did you mean": the known name closest to a misspelt one.</summary>
public static class Nearest
{
    // No file has so many names that a person would have meant one of them, and each is compared with each that is unknown.
    private const int MostCandidates = 2000;
    private const int LongestName = 256;

    /// <summary>The candidate within a third of the name's length in edits (letter case costs nothing), or null.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        string? best = null;
        var bestDistance = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in candidates.Take(MostCandidates))
        {
            // Lengths that differ too much cannot be near: skip the table for 900 table names.
            if (Math.Abs(candidate.Length - name.Length) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(name, candidate, bestDistance);
            if (distance < bestDistance || (distance == bestDistance && best is not null && string.CompareOrdinal(candidate, best) < 0))
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>A sentence " Did you mean "X"?" or nothing, to append to a message.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } near ? $" Did you mean \"{near}\"?" : "";

    // Or any larger number than the limit, as soon as it is clear that it is larger.
    private static int Distance(string a, string b, int limit)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                least = Math.Min(least, current[j]);
            }

            if (least > limit)
            {
                return least;
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
