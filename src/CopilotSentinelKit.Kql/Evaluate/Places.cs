using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>Places of a row that somebody reads. What stands at the others need not be computed: a parser gives a hundred columns, and a rule reads ten.</summary>
internal sealed class Places
{
    private readonly ImmutableHashSet<int>? _places;

    private Places(ImmutableHashSet<int>? places) => _places = places;

    /// <summary>Every place.</summary>
    public static Places All { get; } = new(null);

    /// <summary>No place, as when rows are only counted.</summary>
    public static Places None { get; } = new([]);

    public static Places Of(params IEnumerable<int> places) => new([.. places]);

    public bool Contains(int place) => _places is null || _places.Contains(place);

    public bool Contains(Places others) => _places is null || (others._places is not null && _places.IsSupersetOf(others._places));

    public Places With(Places other) => _places is null || other._places is null ? All : new(_places.Union(other._places));

    /// <summary>Those of them below a width.</summary>
    public IEnumerable<int> Below(int width) => Enumerable.Range(0, width).Where(Contains);
}

/// <summary>Reads rows, anew each time. Places that are not asked for may hold anything; the hidden time of ingestion is always there.</summary>
internal delegate IEnumerable<Value[]> RowReader(Places needed);

/// <summary>What an operator makes of the places that it is asked for. The subquery of mv-apply is read once for each row, with the same question.</summary>
internal sealed class Asked<T>(Func<Places, T> make)
{
    private (Places Needed, T Made)? _last;

    public T For(Places needed)
    {
        if (_last is not { } last || !ReferenceEquals(last.Needed, needed))
        {
            _last = last = (needed, make(needed));
        }

        return last.Made;
    }
}
