using System.Collections.Immutable;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>Text in the language that a template writes: what its filters make, and the only thing that an output may write.</summary>
/// <param name="text">The text.</param>
/// <param name="origin">The origin of the value that it was made from, or null.</param>
internal class WrittenText(string text, string? origin = null)
{
    public string Text { get; } = text;

    public string? Origin { get; } = origin;

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>The detection's own query, rendered; <c>{{ query }}</c> inserts it with its segments.</summary>
internal sealed class QueryValue(string text, ImmutableArray<RenderSegment> segments) : WrittenText(text)
{
    public ImmutableArray<RenderSegment> Segments { get; } = segments;
}

/// <summary>A value that is written into KQL in a way of its own. A template compares it as its text.</summary>
/// <param name="Type">How it is written.</param>
/// <param name="Text">What it says.</param>
/// <param name="Origin">Tells the generator where a person wrote it; null when that is the parameter of this name.</param>
internal sealed record TypedValue(TypedKind Type, string Text, string? Origin = null)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>How a <see cref="TypedValue"/> is written.</summary>
internal enum TypedKind
{
    /// <summary>A name of a table, column or function.</summary>
    Name,

    /// <summary>A column that a parameter chooses.</summary>
    Column,

    /// <summary>14d, 1.06:30:00.</summary>
    Timespan,

    /// <summary>2026-01-31T08:00:00Z.</summary>
    Datetime,

    /// <summary>A number that may have a fraction.</summary>
    Real,

    /// <summary>KQL that a person or the generator wrote; it is copied as it stands.</summary>
    Expression,
}

/// <summary>Columns that a parameter chooses; written with commas between.</summary>
internal sealed class ColumnList(IEnumerable<string> names) : ScriptArray(names.Select(name => new TypedValue(TypedKind.Column, name)));
