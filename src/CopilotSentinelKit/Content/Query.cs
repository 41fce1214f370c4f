using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>Rendered KQL, exactly as it is emitted, and where each part of it was written.</summary>
/// <param name="Text">The query, LF line ends, no trailing white space.</param>
/// <param name="Map">Segments in order of <see cref="MapSegment.Start"/>; gaps belong to <paramref name="Fallback"/>.</param>
/// <param name="Fallback">Where findings point that no segment covers: the query's key in the YAML.</param>
public sealed record Query(string Text, ImmutableArray<MapSegment> Map, SourceSpan Fallback)
{
    /// <summary>A query that only its deployment knows: an ARM expression. Checks pass it over.</summary>
    public static Query Unknown(SourceSpan span) => new("", [], span) { IsUnknown = true };

    /// <summary>Whether the text is not known.</summary>
    public bool IsUnknown { get; private init; }

    /// <summary>The place in the YAML (or template) that a range of the KQL comes from.</summary>
    public SourceSpan Locate(int start, int length)
    {
        foreach (var segment in Map)
        {
            if (start >= segment.Start && start < segment.Start + Math.Max(1, segment.Length))
            {
                return segment.Locate(start - segment.Start, Math.Min(length, segment.Length - (start - segment.Start)));
            }
        }

        // An error at the very end ("missing expression") belongs to the last segment before it.
        var last = Map.LastOrDefault(segment => segment.Start + segment.Length <= start);
        return last is null ? Fallback : last.Locate(last.Length, 0);
    }

    /// <summary>The segments that are the literal of a parameter and stand in no comment.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    internal IEnumerable<MapSegment> Uses(string parameter)
    {
        var comments = KqlComments.Find(Text).ToList();
        return Map.Where(segment => segment.Parameter == parameter && !comments.Exists(comment => segment.Start >= comment.Start && segment.Start < comment.Start + comment.Length));
    }

    /// <summary>The query, without a parameter that had more uses in another text of it: what became of the others is no literal of it any more.</summary>
    internal Query WithParametersOf(Query earlier)
    {
        var lost = Map.Select(segment => segment.Parameter).Distinct().Where(name => name is not null && Uses(name).Count() < earlier.Uses(name).Count()).ToHashSet();
        return lost.Count == 0 ? this : this with { Map = [.. Map.Select(segment => lost.Contains(segment.Parameter) ? segment with { Parameter = null } : segment)] };
    }

    /// <summary>The place that holds the very text of a range, so that an edit of it is an edit of the query; null where the text was written
    /// in another way (escaped, folded, over several lines) or came from a parameter. Of length 0: the place to insert at.</summary>
    public SourceSpan? Verbatim(int start, int length)
    {
        if (length == 0)
        {
            return start < Text.Length && Text[start] != '\n' && Verbatim(start, 1) is { } next ? next with { Length = 0 }
                : start > 0 && Text[start - 1] != '\n' && Verbatim(start - 1, 1) is { } last ? last with { Start = last.Start + 1, Length = 0 }
                : null;
        }

        var place = Locate(start, length);
        return place.Length == length && place.File.Text.AsSpan(place.Start, length).SequenceEqual(Text.AsSpan(start, length)) ? place : null;
    }
}

/// <summary>A run of rendered text and the place it comes from.</summary>
/// <param name="Start">Offset in the rendered text.</param>
/// <param name="Length">Length in the rendered text.</param>
/// <param name="Locate">Gives the place of (offset, length) inside this segment.</param>
public sealed record MapSegment(int Start, int Length, Func<int, int, SourceSpan> Locate)
{
    /// <summary>The parameter of the detection of which this is the literal, so that another value's would take its place; or null.</summary>
    internal string? Parameter { get; init; }
}
