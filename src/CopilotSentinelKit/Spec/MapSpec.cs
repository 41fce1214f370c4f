using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A value of an audit record and what other products call it.</summary>
/// <param name="Name">Its name here.</param>
/// <param name="Override">Says that it replaces a map of the pack below it.</param>
/// <param name="Path">Names joined by dots, with [] behind a list; null for what no audit record has.</param>
/// <param name="Note">What a reader must know of it, or empty.</param>
/// <param name="Names">Its names, in the order written.</param>
public sealed record MapSpec(Spanned<string> Name, Spanned<bool>? Override, Spanned<string>? Path, string Note, ImmutableArray<ProductName> Names)
{
    /// <summary>Its name in a product, or null.</summary>
    public string? In(string product) => Names.FirstOrDefault(name => name.Product == product)?.Name.Value;
}

/// <summary>A name in a product.</summary>
/// <param name="Product">The product: splunk, qradar, cef, ...</param>
/// <param name="Name">The name there.</param>
/// <param name="IsProposed">Whether this mapping proposes it; otherwise a published source has it.</param>
public sealed record ProductName(string Product, Spanned<string> Name, bool IsProposed);
