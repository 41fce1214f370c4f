using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about the tenant of csk simulate.</summary>
public static class SimulationFindings
{
    /// <summary>CSK1171: a part of the tenant is nowhere.</summary>
    public static Finding Missing(SourceSpan span, string key) => Finding.Error(
        "CSK1171", span, $"The simulation has no \"{key}\", so there is nobody to simulate. Add it, or take it from the shipped rules/simulation.yaml.");

    /// <summary>CSK1172: a role or site that does not exist.</summary>
    public static Finding Unknown(SourceSpan span, string kind, string name, IEnumerable<string> known) => Finding.Error(
        "CSK1172", span, $"The simulation has no {kind} \"{name}\".{Nearest.Hint(name, known)} Correct it, or add the {kind} under \"{kind}s\".");

    /// <summary>CSK1173: a file of records has too few of them.</summary>
    public static Finding TooFewRecords(SourceSpan span, int wanted) => Finding.Error(
        "CSK1173", span, $"The file has fewer than {wanted.ToString(System.Globalization.CultureInfo.InvariantCulture)} audit records, and each record that is made up is one of them with other members. Name a file with as many.");
}
