using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>What records are in a schema of ASIM, the Advanced Security Information Model. Two parsers are made of it: <c>ASim</c>, schema, name,
/// and <c>vim</c>, schema, name, which filters.</summary>
public sealed record AsimSpec
{
    /// <summary>The schema, AgentEvent for example.</summary>
    public required Spanned<string> Schema { get; init; }

    /// <summary>What stands behind the schema in the parsers' names.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>The product as people read it.</summary>
    public required string Product { get; init; }

    /// <summary>What the parsers give.</summary>
    public required string Description { get; init; }

    /// <summary>What explains the source: title and address.</summary>
    public required ImmutableArray<(string Title, string Link)> References { get; init; }

    /// <summary>Values that several fields need, in KQL over the mapping's fields and those before.</summary>
    public required ImmutableArray<(Spanned<string> Name, YamlText Expression)> Helpers { get; init; }

    /// <summary>Columns of the schema, in KQL over the mapping's fields and the helpers.</summary>
    public required ImmutableArray<(Spanned<string> Name, YamlText Expression)> Fields { get; init; }

    /// <summary>Recommended columns that the source does not have, with the reason.</summary>
    public required ImmutableArray<(Spanned<string> Name, Spanned<string> Reason)> Omitted { get; init; }

    /// <summary>The names of both parsers in KQL.</summary>
    public ImmutableArray<string> ParserNames => [ParserName(filters: false), ParserName(filters: true)];

    /// <summary>The name of one of the two parsers in KQL.</summary>
    /// <param name="filters">Whether it is the one that filters.</param>
    public string ParserName(bool filters) => (filters ? "vim" : "ASim") + Schema.Value + Name.Value;
}
