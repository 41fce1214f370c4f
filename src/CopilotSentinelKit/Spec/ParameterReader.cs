using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>The parameters of a detection.</summary>
internal static class ParameterReader
{
    // What every ARM template of a rule or hunt takes beside these, in any letter case there.
    private static readonly ImmutableArray<string> OfTemplates = ["workspace", "enabled", "severity"];

    // The kit's own values, the functions of templates, and the words that Scriban does not read as variables.
    private static readonly ImmutableArray<string> Reserved =
    [
        "query", "schedule", "parameters", "kql", "kql_name", "array", "math", "regex", "string",
        "true", "false", "null", "empty", "blank", "this", "if", "else", "end", "for", "in", "while", "break", "continue", "case", "when", "capture",
        "func", "ret", "do", "import", "include", "readonly", "tablerow", "with", "wrap",
    ];

    public static ImmutableArray<ParameterSpec> Read(SpecMap detection, ICollection<Finding> findings)
    {
        var parameters = ImmutableArray.CreateBuilder<ParameterSpec>();
        foreach (var (name, keys) in detection.NamedMaps("parameters"))
        {
            CheckName(name, findings, OfTemplates);
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

    /// <summary>Adds a finding for a name that templates cannot use, or that of something else beside it, in any letter case.</summary>
    public static void CheckName(Spanned<string> name, ICollection<Finding> findings, params ImmutableArray<string> beside)
    {
        if (Reserved.Contains(name.Value) || beside.Contains(name.Value, StringComparer.OrdinalIgnoreCase))
        {
            findings.Add(SpecFindings.ReservedParameterName(name.Span, name.Value));
        }
    }
}
