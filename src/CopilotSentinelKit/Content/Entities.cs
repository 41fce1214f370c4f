using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>An entity of an alert: a type and the query columns that identify it.</summary>
/// <param name="Type">Sentinel's entity type, such as Account.</param>
/// <param name="Fields">1 to 3 identifiers.</param>
public sealed record EntityMapping(Spanned<string> Type, ImmutableArray<FieldMapping> Fields);

/// <summary>One identifier of an entity.</summary>
/// <param name="Identifier">Sentinel's identifier name, such as FullName.</param>
/// <param name="Column">A column of the query's result.</param>
public sealed record FieldMapping(Spanned<string> Identifier, Spanned<string> Column);

/// <summary>A custom detail: a key shown in the alert and the column it is read from.</summary>
public sealed record CustomDetail(Spanned<string> Key, Spanned<string> Column);
