using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>What a parser is in the Advanced Security Information Model.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Product">The product whose records it reads, as people call it.</param>
/// <param name="BuiltIn">The name that it has where it is built in.</param>
/// <param name="IsFiltering">Whether it takes the schema's filters.</param>
/// <param name="Place">Where the schema is named.</param>
public sealed record AsimForm(AsimSchema Schema, string Product, string BuiltIn, bool IsFiltering, SourceSpan Place)
{
    /// <summary>What explains it: title and address.</summary>
    public required ImmutableArray<(string Title, string Link)> References { get; init; }

    /// <summary>Recommended columns that its source does not have.</summary>
    public required ImmutableArray<Spanned<string>> Omitted { get; init; }
}
