using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>The parameters of a detection.</summary>
internal static class ParameterReader
{
    // The kit's own values, and the words that Liquid does not read as variables.
    private static readonly ImmutableArray<string> Reserved =
    [
        "query", "schedule", "parameters", "true", "false", "nil", "null", "undefined", "empty", "blank", "and", "or", "not", "contains", "in",
        "forloop", "tablerowloop",
    ];

    public static ImmutableArray<ParameterSpec> Read(SpecMap detection, ICollection<Finding> findings)
    {
        var parameters = ImmutableArray.CreateBuilder<ParameterSpec>();
        foreach (var (name, keys) in detection.NamedMaps("parameters"))
        {
            if (Reserved.Contains(name.Value))
            {
                findings.Add(SpecFindings.ReservedParameterName(name.Span, name.Value));
            }

            var type = keys.Choice("type", DetectionShape.ParameterTypes);
            var value = keys.Value("default");
            var wrong = type is { } known && value is not null ? ParameterValue.Check(name.Value, known.Value, value) : [];
            foreach (var finding in wrong)
            {
                findings.Add(finding);
            }

            var used = type?.Value ?? ParameterType.String;
            parameters.Add(new(
                name,
                used,
                type is null || value is null || !wrong.IsEmpty ? ParameterValue.Default(used, name.Span) : value,
                keys.Text("description")?.Value ?? ""));
        }

        return parameters.DrainToImmutable();
    }
}
