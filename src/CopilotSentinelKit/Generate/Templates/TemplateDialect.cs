using System.Collections.Immutable;

namespace CopilotSentinelKit.Generate.Templates;

/// <summary>The language that a template writes: the filters that make a value a part of it. Every output ends in one of them, so no value can be
/// anything but a value there.</summary>
/// <param name="Filters">The filters by name.</param>
/// <param name="FilterAdvice">For findings: which filter is for what. A sentence.</param>
/// <param name="NameAdvice">For findings about a name that is not defined: what to do. A sentence.</param>
internal sealed record TemplateDialect(ImmutableSortedDictionary<string, TemplateFunction> Filters, string FilterAdvice, string NameAdvice)
{
    /// <summary>Queries: those of specs, archetypes and parsers.</summary>
    public static TemplateDialect Kql { get; } = new(
        TemplateFunctions.Of(
            ("kql", new(1, 0, call => KqlFilters.Literal(call.Value(0)))),
            ("kql_name", new(1, 0, call => KqlFilters.Name(call.Value(0))))),
        "End an output in \"| kql\" for a literal or in \"| kql_name\" for a name, so that no value can change the query.",
        "Declare it under \"parameters\", or correct the name.");

    /// <summary>All functions that a template of it may call, as it writes them: <c>kql</c>, <c>string.upcase</c>, ...</summary>
    public ImmutableArray<string> Names { get; } = [.. Filters.Keys, .. TemplateFunctions.Names];

    /// <summary>Whether a filter of this name ends an output.</summary>
    public bool Writes(string name) => Filters.ContainsKey(name);
}
