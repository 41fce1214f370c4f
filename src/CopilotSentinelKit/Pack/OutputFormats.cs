using System.Collections.Immutable;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>The formats that there are for a project.</summary>
public static class OutputFormats
{
    /// <summary>Those that are built in, then one for each folder of templates/output.</summary>
    public static ImmutableArray<OutputFormat> In(TemplateSet templates) =>
    [
        .. OutputFormat.BuiltIn,
        .. templates.NamesIn("output")
            .Where(name => name.Contains('/', StringComparison.Ordinal))
            .Select(name => new OutputFormat(name.Split('/')[0]))
            .Except(OutputFormat.BuiltIn)
            .OrderBy(format => format.Name, StringComparer.Ordinal),
    ];
}
