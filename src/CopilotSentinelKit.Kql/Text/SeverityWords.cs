using System.Globalization;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Severities in words.</summary>
public static class SeverityWords
{
    /// <summary>error, warning or note: the words of reports and of the command line.</summary>
    public static string Word(this FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };

    /// <summary>"2 errors, 1 warning, 3 suppressed"; nothing for none.</summary>
    public static string Count(IEnumerable<Finding> findings, int suppressed)
    {
        var counts = findings.CountBy(finding => finding.Severity).OrderByDescending(count => count.Key)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key.Word()}{(count.Value == 1 ? "" : "s")}"));
        return string.Join(", ", suppressed == 0 ? counts : counts.Append(string.Create(CultureInfo.InvariantCulture, $"{suppressed} suppressed")));
    }
}
