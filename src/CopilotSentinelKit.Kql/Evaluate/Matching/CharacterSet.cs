namespace CopilotSentinelKit.Kql.Evaluate.Matching;

/// <summary>A set of Unicode code points.</summary>
internal sealed class CharacterSet
{
    private const int Last = 0x10FFFF;
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly UInt128 _ascii;

    private CharacterSet(List<(int First, int Last)> ranges)
    {
        _starts = [.. ranges.Select(range => range.First)];
        _ends = [.. ranges.Select(range => range.Last)];
        for (var code = 0; code < 128; code++)
        {
            _ascii |= Find(code) ? UInt128.One << code : 0;
        }
    }

    public static CharacterSet Empty { get; } = Of([]);

    public static CharacterSet Ascii { get; } = Of([(0, 127)]);

    /// <summary>Its ranges, in order, with gaps between them.</summary>
    public IEnumerable<(int First, int Last)> Ranges => _starts.Zip(_ends);

    public bool IsEmpty => _starts.Length == 0;

    /// <summary>The set of some ranges, which may overlap.</summary>
    public static CharacterSet Of(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new(merged);
    }

    public static CharacterSet Single(int code) => Of([(code, code)]);

    /// <summary>The set of the code points that a test picks.</summary>
    public static CharacterSet Where(Func<int, bool> test)
    {
        var ranges = new List<(int First, int Last)>();
        var start = -1;
        for (var code = 0; code <= Last + 1; code++)
        {
            var isIn = code <= Last && test(code);
            if (isIn && start < 0)
            {
                start = code;
            }
            else if (!isIn && start >= 0)
            {
                ranges.Add((start, code - 1));
                start = -1;
            }
        }

        return new(ranges);
    }

    public bool Contains(int code) => (uint)code < 128 ? (_ascii >> code & 1) != 0 : code >= 0 && Find(code);

    public CharacterSet Union(CharacterSet other) => Of(Ranges.Concat(other.Ranges));

    public CharacterSet Negated()
    {
        var ranges = new List<(int First, int Last)>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            if (first > next)
            {
                ranges.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            ranges.Add((next, Last));
        }

        return new(ranges);
    }

    public CharacterSet Intersection(CharacterSet other) => Negated().Union(other.Negated()).Negated();

    public CharacterSet Without(CharacterSet other) => Intersection(other.Negated());

    /// <summary>What is in one of the two, not in both.</summary>
    public CharacterSet Difference(CharacterSet other) => Union(other).Without(Intersection(other));

    private bool Find(int code)
    {
        var place = Array.BinarySearch(_starts, code);
        return place >= 0 || (~place > 0 && code <= _ends[~place - 1]);
    }
}
