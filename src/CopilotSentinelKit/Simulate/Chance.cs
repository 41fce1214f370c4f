using System.Buffers.Binary;
using System.Collections.Immutable;

namespace CopilotSentinelKit.Simulate;

/// <summary>Numbers that look random and are the same on every machine and in every version (SplitMix64). Each thing that is decided has a row of numbers of
/// its own, so that one more decision changes no other.</summary>
internal sealed class Chance
{
    private ulong _state;

    private Chance(ulong state) => _state = state;

    /// <summary>The numbers of something.</summary>
    /// <param name="seed">The seed of the simulation.</param>
    /// <param name="what">What is decided, and for whom.</param>
    public static Chance Of(int seed, params ReadOnlySpan<string> what)
    {
        // FNV-1a.
        var hash = 14695981039346656037UL ^ unchecked((ulong)seed);
        foreach (var part in what)
        {
            foreach (var character in part)
            {
                hash = unchecked((hash ^ character) * 1099511628211UL);
            }

            hash = unchecked((hash ^ 0x1F) * 1099511628211UL);
        }

        return new(hash);
    }

    /// <summary>A whole number from 0 to below <paramref name="limit"/>, which is at least 1.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A whole number between two, both of them possible.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>Whether something happens that happens so often of so many times.</summary>
    public bool Happens(int share, int of = 100) => Below(of) < share;

    /// <summary>A time between two, in whole milliseconds.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + new TimeSpan((long)(Next() % (ulong)Math.Max(1, (most - least).Ticks / TimeSpan.TicksPerMillisecond)) * TimeSpan.TicksPerMillisecond);

    /// <summary>One of some things.</summary>
    public T Of<T>(ImmutableArray<T> things) => things[Below(things.Length)];

    /// <summary>One of some things, each as often as its share says; the first where nobody has a share.</summary>
    public T Of<T>(ImmutableArray<T> things, Func<T, int> share)
    {
        var left = Below(Math.Max(1, things.Sum(share)));
        return things.FirstOrDefault(thing => (left -= share(thing)) < 0) ?? things[0];
    }

    /// <summary>A GUID.</summary>
    public string Guid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Next());
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x40), (byte)((bytes[8] & 0x3F) | 0x80));
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
