using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Kql.Templates;

/// <summary>What a misspelt name in a template may have meant.</summary>
internal static class UnknownNames
{
    private static readonly ImmutableArray<string> EscapingFilters = ["kql", "kql_name"];

    /// <summary>" Did you mean ...?", or nothing.</summary>
    /// <param name="kind">The kind of the error: variable or filter.</param>
    /// <param name="name">What is unknown.</param>
    /// <param name="values">What the template may name.</param>
    public static string Hint(string kind, string name, JsonObject values) => Nearest.Hint(name, kind switch
    {
        "variable" => Paths(values),
        "filter" => EscapingFilters,
        _ => [],
    });

    // Names of values and of their members: "minAttempts", "schedule", "schedule.every".
    private static IEnumerable<string> Paths(JsonObject values) => values.SelectMany(value => value.Value is JsonObject members
        ? members.Select(member => $"{value.Key}.{member.Key}").Prepend(value.Key)
        : [value.Key]);
}
