using System.Collections.Frozen;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>File names that every platform can check out and that stay inside their folder.</summary>
internal static partial class FileNameCheck
{
    // Windows reserves these with any extension and in any letter case.
    private static readonly FrozenSet<string> Devices = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(digit => new[] { $"com{digit}", $"lpt{digit}" })]);

    public static IEnumerable<Diagnostic> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (!Pattern().IsMatch(item.FileName))
        {
            yield return ContentDiagnostics.IllegalFileName(item.Id.Span, item.FileName);
        }
        else if (Devices.Contains(item.FileName))
        {
            yield return ContentDiagnostics.ReservedFileName(item.Id.Span, item.FileName);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z")]
    private static partial Regex Pattern();
}
