using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>Something that the reader of a workbook sets.</summary>
/// <typeparam name="TQuery">The form of queries: as written, or as rendered.</typeparam>
/// <param name="Name">The name that queries use in braces.</param>
/// <param name="Label">What the reader sees.</param>
public abstract record WorkbookParameter<TQuery>(Spanned<string> Name, string Label);

/// <summary>A time range; the reader may also choose one of their own.</summary>
/// <param name="Name">The name that queries use in braces.</param>
/// <param name="Label">What the reader sees.</param>
/// <param name="Ranges">The ranges to choose from, up to now.</param>
/// <param name="Default">The range at first.</param>
public sealed record TimeRangeParameter<TQuery>(
    Spanned<string> Name, string Label, ImmutableArray<Spanned<TimeSpan>> Ranges, Spanned<TimeSpan> Default)
    : WorkbookParameter<TQuery>(Name, Label);

/// <summary>A choice among values.</summary>
/// <param name="Name">The name that queries use in braces.</param>
/// <param name="Label">What the reader sees.</param>
/// <param name="Query">Returns the values in its first column, or null for <paramref name="Values"/>.</param>
/// <param name="Values">The values and their labels, where there is no query.</param>
/// <param name="Multiple">Whether several can be chosen: they appear in KQL as <c>"a","b"</c>.</param>
/// <param name="All">Whether all can be chosen at once, as at first; appears in KQL as <c>*</c>.</param>
/// <param name="Default">The value at first, or null.</param>
public sealed record DropdownParameter<TQuery>(
    Spanned<string> Name,
    string Label,
    TQuery? Query,
    ImmutableArray<(Spanned<string> Value, Spanned<string> Label)> Values,
    bool Multiple,
    bool All,
    Spanned<string>? Default)
    : WorkbookParameter<TQuery>(Name, Label)
    where TQuery : class;

/// <summary>A text to type.</summary>
/// <param name="Name">The name that queries use in braces.</param>
/// <param name="Label">What the reader sees.</param>
/// <param name="Default">The text at first; may be empty.</param>
public sealed record TextParameter<TQuery>(Spanned<string> Name, string Label, string Default) : WorkbookParameter<TQuery>(Name, Label);
